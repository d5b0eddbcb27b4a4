import Foundation
import PreferenceData
import Testing

@testable import DatasetFiles

/// Arrow files, read and written by the `pyarrow` and the DuckDB that the machine has.
@Suite("Arrow")
struct ArrowTests {
  /// Settings with which Arrow is read, or nil with a word on what is skipped.
  private func settings() -> DatasetReadSettings? {
    let environment = ProcessInfo.processInfo.environment
    let settings = DatasetReadSettings(
      spoolFolder: NSTemporaryDirectory(), duckDB: environment["DEMUR_DUCKDB"] ?? "duckdb",
      python: environment["DEMUR_PYTHON"] ?? "python3", searchPath: environment["PATH"] ?? "")
    do {
      _ = try DuckDB.check(settings)
      _ = try PyArrow.check(settings)
      return settings
    } catch {
      print("skipped: Arrow takes DuckDB and pyarrow (DEMUR_DUCKDB, DEMUR_PYTHON, PATH)")
      return nil
    }
  }

  /// What `program` prints of the files.
  @discardableResult
  private func python(
    _ program: String, _ paths: [String], _ settings: DatasetReadSettings
  ) throws -> String {
    let pyArrow = try PyArrow(
      named: settings.python, searchPath: settings.searchPath, scratchFolder: settings.spoolFolder)
    let list = paths.map { "'\($0)'" }.joined(separator: ", ")
    var output = try pyArrow.start("paths = [\(list)]\n" + program, [])
    return String(decoding: try output.all(), as: UTF8.self)
  }

  /// Batches of 16 rows with awkward texts and types, in the form that `writer` names: `new_stream` or
  /// `new_file`.
  private func makeFile(
    _ path: String, _ settings: DatasetReadSettings, writer: String, rows: Int = 40
  ) throws {
    try python(
      """
      import datetime, decimal
      message = pa.struct([("role", pa.string()), ("content", pa.string())])
      schema = pa.schema([
          ("id", pa.int64()), ("prompt", pa.large_string()),
          ("chosen", pa.list_(message)), ("rejected", pa.list_(message)),
          ("score_chosen", pa.float64()), ("score_rejected", pa.float64()),
          ("source", pa.dictionary(pa.int8(), pa.string())),
          ("made", pa.timestamp("ms", "UTC")), ("exact", pa.decimal128(9, 3)),
          pa.field("picture", pa.struct([("bytes", pa.binary()), ("path", pa.string())])),
          ("nothing", pa.null()), ("short", pa.float32()), ("days", pa.date32()),
      ], metadata={"huggingface": '{"info": {"features": "\\u00e9"}}'})
      def row(i):
          return {
              "id": i, "prompt": f"what's \\"{i}\\"?", "chosen": [
                  {"role": "user", "content": f"q{i}"},
                  {"role": "assistant", "content": f"\\na,\\u2028{i}"}],
              "rejected": [{"role": "user", "content": f"q{i}"}, {"role": "assistant", "content": None}],
              "score_chosen": 0.1 * i, "score_rejected": i / 3, "source": "ab"[i % 2],
              "made": datetime.datetime(2026, 1, 2), "exact": decimal.Decimal(i),
              "picture": {"bytes": bytes([i, 255]), "path": None}, "nothing": None,
              "short": i / 7, "days": datetime.date(2026, 1, 1)}
      with pa.ipc.\(writer)(paths[0], schema) as out:
          for start in range(0, \(rows), 16):
              part = [row(i) for i in range(start, min(start + 16, \(rows)))]
              out.write_batch(pa.RecordBatch.from_pylist(part, schema=schema))
      """, [path], settings)
  }

  @Test(
    "only the rows that changed differ; schema, metadata, order and values are equal",
    arguments: ["new_stream", "new_file"])
  func changedRows(writer: String) throws {
    guard let settings = settings() else { return }
    let folder = try TemporaryFolder()
    let path = folder.file("made.arrow")
    try makeFile(path, settings, writer: writer)
    let dataset = try Dataset.open(.file(path), settings: settings)
    #expect(dataset.container.description == "arrow")
    #expect(dataset.format.name == "trl-conversational-explicit")
    try #require(dataset.rowCount == 40)
    let out = folder.file("out.arrow")
    let (swapped, omitted) = ([3, 17, 39], [0] + Array(16..<32).filter { $0 != 17 })
    try dataset.export(to: out) {
      swapped.contains($0) ? .swap : omitted.contains($0) ? .omit : .asIs
    }
    // What the file should be, worked out by pyarrow alone.
    let said = try python(
      """
      old, new = [opened(path) for path in paths]
      assert old[0].equals(new[0], check_metadata=True), "schema"
      assert old[2] is new[2], "stream or file"
      old = pa.Table.from_batches(list(old[1]), old[0]).to_pylist()
      new = pa.Table.from_batches(list(new[1]), new[0]).to_pylist()
      for number in \(swapped):
          row = old[number]
          for one, other in [("chosen", "rejected"), ("score_chosen", "score_rejected")]:
              row[one], row[other] = row[other], row[one]
      assert new == [row for number, row in enumerate(old) if number not in \(omitted)], "rows"
      print(len(new))
      """, [path, out], settings)
    #expect(said == "24\n")
  }

  @Test("a file nobody changed is copied, and becomes JSON lines under another name")
  func untouched() throws {
    guard let settings = settings() else { return }
    let folder = try TemporaryFolder()
    try makeFile(folder.file("made.arrow"), settings, writer: "new_stream", rows: 5)
    let dataset = try Dataset.open(.file(folder.file("made.arrow")), settings: settings)
    try dataset.export(to: folder.file("out.arrow")) { _ in .asIs }
    #expect(try folder.read("out.arrow") == folder.read("made.arrow"))
    try dataset.export(to: folder.file("out.jsonl")) { $0 == 1 ? .omit : .asIs }
    #expect(try Dataset.open(.file(folder.file("out.jsonl"))).rowCount == 4)
  }

  /// What `datasets` says of two splits, and of one that stands elsewhere.
  private static func info(train: Int, test: Int = 3, bytes: String, all: String) -> String {
    """
    {
      "dataset_size": \(all), "download_size": 1049, "features": {"num_examples": {"dtype": "string"}},
      "size_in_bytes": \(all),
      "splits": {
        "train": {"name": "train", "num_bytes": \(bytes), "num_examples": \(train)},
        "test": {"name": "test", "num_bytes": \(bytes), "num_examples": \(test)},
        "other": {"name": "other", "num_bytes": 77, "num_examples": 9}
      }
    }
    """
  }

  @Test("only what the state lists is data, and all that load_from_disk needs goes along")
  func savedFolder() throws {
    guard let settings = settings() else { return }
    let folder = try TemporaryFolder()
    for (split, rows) in [("test", 3), ("train", 5)] {
      try FileManager.default.createDirectory(
        atPath: folder.file("set/" + split), withIntermediateDirectories: true)
      let name = "data-00000-of-00001.arrow"
      try makeFile(
        folder.file("set/\(split)/\(name)"), settings, writer: "new_stream", rows: rows)
      try folder.write(
        "{\"_data_files\": [{\"filename\": \"\(name)\"}],\n \"_fingerprint\": \"0f\", \"_split\": \"\(split)\"}",
        to: "set/\(split)/state.json")
      try folder.write(
        Self.info(train: 5, bytes: "390", all: "512"), to: "set/\(split)/dataset_info.json")
      // What `map` left there.
      try makeFile(
        folder.file("set/\(split)/cache-1a2b.arrow"), settings, writer: "new_stream", rows: 7)
    }
    try folder.write("{\"splits\": [\"train\", \"test\"]}", to: "set/dataset_dict.json")
    let dataset = try Dataset.open(.file(folder.file("set")), settings: settings)
    #expect(
      dataset.files.map(\.name) == ["test", "train"].map { $0 + "/data-00000-of-00001.arrow" })
    #expect(dataset.rowCount == 8)

    try dataset.export(to: folder.file("same")) { _ in .asIs }
    try dataset.export(to: folder.file("out")) { $0 == 1 ? .omit : .asIs }
    let kept = ["dataset_dict.json"]
    let infos = ["test/dataset_info.json", "train/dataset_info.json"]
    let states = ["test/state.json", "train/state.json"]
    for name in kept + infos + states + dataset.files.map(\.name) {
      #expect(try folder.read("same/" + name) == folder.read("set/" + name), "\(name)")
    }
    for name in kept {
      #expect(try folder.read("out/" + name) == folder.read("set/" + name), "\(name)")
    }
    // The row that was left out is of the test split; the sizes of the tables are not known.
    for name in infos {
      let text = String(decoding: try folder.read("out/" + name), as: UTF8.self)
      #expect(text == Self.info(train: 5, test: 2, bytes: "null", all: "null"))
    }
    var prints: Set<String> = []
    for name in states {
      let bytes = try folder.read("out/" + name)
      let print = try #require(try JSONDocument(lenient: bytes.span).root["_fingerprint"]?.string)
      let before = String(decoding: try folder.read("set/" + name), as: UTF8.self)
      let expected = before.replacing("\"0f\"", with: "\"\(print)\"")
      #expect(String(decoding: bytes, as: UTF8.self) == expected)
      #expect(print.count == 16)
      prints.insert(print)
    }
    #expect(prints.count == 2)
    let output = try Dataset.open(.file(folder.file("out")), settings: settings)
    #expect(output.files.map(\.rowCount) == [2, 5])
    #expect(try !folder.names().contains { $0.contains("partial") })
  }

  @Test("a file that is damaged, and a Python without pyarrow, are said to be")
  func damaged() throws {
    guard let settings = settings() else { return }
    let folder = try TemporaryFolder()
    try makeFile(folder.file("made.arrow"), settings, writer: "new_stream")
    let bytes = try folder.read("made.arrow")
    let cut = try folder.write(Array(bytes.prefix(bytes.count / 2)), to: "cut.arrow")
    do {
      _ = try Dataset.open(.file(cut), settings: settings)
      Issue.record("half an Arrow file opened")
    } catch DatasetReadError.pyArrow(.failed(let reason)) {
      #expect(!reason.isEmpty)
    }
    for (python, failure) in [
      ("/nowhere/python3", PyArrow.Failure.missing),
      ("/bin/false", .notInstalled(python: "/bin/false")),
    ] {
      let other = DatasetReadSettings(
        spoolFolder: settings.spoolFolder, duckDB: settings.duckDB, python: python,
        searchPath: settings.searchPath)
      #expect(throws: DatasetReadError.pyArrow(failure)) {
        try Dataset.open(.file(cut), settings: other)
      }
    }
  }

  @Test("modules of the current folder, which may be that of a data set, are not run")
  func foreignModules() throws {
    guard let settings = settings() else { return }
    let said = try python("print([folder for folder in sys.path if not folder])", [], settings)
    #expect(said == "[]\n")
  }
}
