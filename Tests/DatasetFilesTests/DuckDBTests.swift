import Foundation
import PreferenceData
import Testing

@testable import DatasetFiles

/// What becomes of the program that reads Parquet, tried with scripts in its place.
@Suite("DuckDB as a program")
struct DuckDBTests {
  /// A folder with a script that answers as DuckDB would, and a Parquet file for it.
  private struct Stage {
    let folder: TemporaryFolder
    let parquet: String
    let script: String

    /// `version` is what `--version` prints, `rows` what the script does where rows are asked for.
    init(version: String = "v9.9.9 (Script) 0123456789", rows: String) throws {
      folder = try TemporaryFolder()
      parquet = try folder.write("PAR1 and so on", to: "rows.parquet")
      let text = try folder.write(
        """
        #!/bin/sh
        if [ "$1" = --version ]; then echo '\(version)'; exit 0; fi
        sql=$(cat)
        here=$(dirname "$0")
        case $sql in
          *DESCRIBE*)
            for name in prompt chosen rejected; do
              echo "{\\"column_name\\":\\"$name\\",\\"column_type\\":\\"VARCHAR\\"}"
            done ;;
          *) \(rows) ;;
        esac

        """, to: "text")
      // A program must not be open for writing when it starts, not even in a process that another
      // test is just starting: so another process writes it.
      script = folder.file("duckdb")
      let copying = try Process.run(
        URL(fileURLWithPath: "/bin/sh"),
        arguments: ["-c", "cp \"$0\" \"$1\" && chmod 755 \"$1\" && rm \"$0\"", text, script])
      copying.waitUntilExit()
    }

    func open(
      named name: String? = nil, observe: (OpenProgress) -> Bool = { _ in true }
    ) throws(DatasetReadError) -> Dataset {
      let settings = DatasetReadSettings(
        spoolFolder: folder.path, duckDB: name ?? script, searchPath: "/nowhere:" + folder.path)
      return try Dataset.open(.file(parquet), settings: settings, observe: observe)
    }
  }

  @Test(
    "the rows that it copies are rows of the data set, and have no lines",
    arguments: [nil, "duckdb"])
  func rows(name: String?) throws {
    let stage = try Stage(rows: "cat $here/rows.jsonl")
    try stage.folder.write(plainRow + "\n" + plainRow + "\n{oops\n", to: "rows.jsonl")
    let dataset = try stage.open(named: name)
    #expect(dataset.container.description == "parquet")
    #expect(dataset.rowCount == 3)
    #expect(try dataset.row(at: 1).get().sides[0].text == " blue")
    #expect(dataset.row(at: 2).problem?.line == nil)
    #expect(try stage.folder.names() == ["duckdb", "rows.jsonl", "rows.parquet"])
  }

  @Test("a Parquet file nobody changed is copied, and becomes JSON lines under another name")
  func untouched() throws {
    let stage = try Stage(rows: "cat $here/rows.jsonl")
    try stage.folder.write(plainRow + "\n", to: "rows.jsonl")
    let dataset = try stage.open()
    try dataset.export(to: stage.folder.file("out.parquet")) { _ in .asIs }
    #expect(try stage.folder.read("out.parquet") == stage.folder.read("rows.parquet"))
    try dataset.export(to: stage.folder.file("out.jsonl")) { _ in .asIs }
    #expect(try stage.folder.read("out.jsonl") == stage.folder.read("rows.jsonl"))
  }

  @Test("without it, with an old one, or with something else, the reason is said")
  func unusable() throws {
    let stage = try Stage(rows: "true")
    #expect(throws: DatasetReadError.duckDB(.missing)) { try stage.open(named: "nothing") }
    #expect(throws: DatasetReadError.duckDB(.missing)) { try stage.open(named: "/nowhere/duckdb") }
    #expect(throws: DatasetReadError.duckDB(.missing)) { try stage.open(named: stage.folder.path) }
    #expect(throws: DatasetReadError.duckDB(.tooOld(version: "1.3.2", oldest: "1.4"))) {
      try Stage(version: "v1.3.2 (Ossivalis) 0b83e5d2f6", rows: "true").open()
    }
    let other = try Stage(version: "GNU bash 5.2", rows: "true")
    #expect(throws: DatasetReadError.duckDB(.notDuckDB(path: other.script))) { try other.open() }
  }

  @Test("why it failed is said in its own words, but never with text of the data")
  func failure() throws {
    let stage = try Stage(
      rows: "echo 'Invalid Input Error: the string \"secret\" is not UTF-8' >&2; exit 1")
    let reason = "Invalid Input Error: the string ... is not UTF-8"
    #expect(throws: DatasetReadError.duckDB(.failed(reason))) { try stage.open() }
    let killed = try Stage(rows: "kill -9 $$")
    #expect(throws: DatasetReadError.duckDB(.failed("no word on why"))) { try killed.open() }
  }

  @Test("rows that come before it fails are not taken for the whole")
  func halfAnAnswer() throws {
    let stage = try Stage(rows: "cat $here/rows.jsonl; exit 1")
    try stage.folder.write(plainRow + "\n", to: "rows.jsonl")
    #expect(throws: DatasetReadError.self) { try stage.open() }
  }

  @Test("it ends with the job, and so does what it has started, even while it says nothing")
  func cancelling() throws {
    let stage = try Stage(
      rows: "sleep 1000 & echo $$ $! >$here/pids; wait")
    var asked = 0
    #expect(throws: DatasetReadError.cancelled) {
      try stage.open { _ in
        asked += 1
        return !FileManager.default.fileExists(atPath: stage.folder.file("pids"))
      }
    }
    #expect(asked > 0)
    let text = String(decoding: try stage.folder.read("pids"), as: UTF8.self)
    let pids = text.split(whereSeparator: \.isWhitespace).compactMap { pid_t($0) }
    #expect(pids.count == 2)
    #expect(kill(pids[0], 0) != 0)
    // What it had started belongs to nobody now: it is gone as soon as somebody takes note.
    let deadline = ContinuousClock.now + .seconds(20)
    while isRunning(pids[1]), ContinuousClock.now < deadline { sched_yield() }
    #expect(!isRunning(pids[1]))
  }

  private func isRunning(_ process: pid_t) -> Bool {
    guard
      let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
    else { return false }
    return !status.contains("State:\tZ") && !status.contains("State:\tX")
  }

  @Test("texts and names cannot leave their quotation marks")
  func quoting() {
    #expect(DuckDB.literal("it's; DROP") == "'it''s; DROP'")
    #expect(DuckDB.column("a\"b") == "\"a\"\"b\"")
  }
}

/// Parquet files, read and written by the DuckDB that the machine has.
@Suite("Parquet")
struct ParquetTests {
  /// Settings with which Parquet is read, or nil with a word on what is skipped.
  private func settings() -> DatasetReadSettings? {
    let environment = ProcessInfo.processInfo.environment
    let settings = DatasetReadSettings(
      spoolFolder: NSTemporaryDirectory(), duckDB: environment["DEMUR_DUCKDB"] ?? "duckdb",
      searchPath: environment["PATH"] ?? "")
    do {
      _ = try duckDB(settings)
      return settings
    } catch {
      print("skipped: there is no DuckDB that could read Parquet (DEMUR_DUCKDB, PATH)")
      return nil
    }
  }

  private func duckDB(_ settings: DatasetReadSettings) throws -> DuckDB {
    try DuckDB(
      named: settings.duckDB, searchPath: settings.searchPath, scratchFolder: settings.spoolFolder)
  }

  /// A Parquet file of rows with awkward texts, names and types.
  private func makeFile(
    _ folder: TemporaryFolder, _ settings: DatasetReadSettings, rows: Int = 40
  ) throws -> String {
    let path = folder.file("made's [*].parquet")
    var output = try duckDB(settings).start(
      """
      COPY (
        SELECT i AS id, 'what''s "' || i || '"?' AS prompt,
          [{role: 'user', content: 'q' || i},
           {role: 'assistant', content: chr(10) || 'a,' || chr(8232) || i}] AS chosen,
          [{role: 'user', content: 'q' || i}, {role: 'assistant', content: NULL}] AS rejected,
          (0.1 * i)::DOUBLE AS score_chosen, i / 3 AS score_rejected,
          (i % 7)::DECIMAL(9,3) AS "odd ""na""me", TIMESTAMP '2026-01-02 03:04:05' AS made,
          '\\xAA\\x00'::BLOB AS picture, NULL::INTEGER AS nothing, MAP {'k': i} AS more
        FROM range(\(rows)) AS r(i)
      ) TO \(DuckDB.literal(path))
      (FORMAT parquet, COMPRESSION gzip, ROW_GROUP_SIZE 2048,
       KV_METADATA {huggingface: '{"info": "it''s"}', other: 'é'})
      """)
    _ = try output.all()
    return path
  }

  private func count(_ query: String, _ settings: DatasetReadSettings) throws -> Int {
    let root = try duckDB(settings).rows(of: "SELECT count(*) AS n FROM (\(query))").first?.root
    return Int(try #require(root?["n"]?.number))
  }

  private func facts(_ path: String, _ settings: DatasetReadSettings) throws -> [String] {
    let file = DuckDB.literal(path.replacing("[", with: "[[]"))
    let duckDB = try duckDB(settings)
    let queries = [
      "SELECT * FROM (DESCRIBE SELECT * FROM read_parquet(\(file)))",
      "SELECT decode(key) AS k, decode(value) AS v FROM parquet_kv_metadata(\(file)) ORDER BY k",
      "SELECT DISTINCT compression FROM parquet_metadata(\(file))",
      "SELECT name, type, repetition_type FROM parquet_schema(\(file)) OFFSET 1",
    ]
    return try queries.flatMap { query in
      try duckDB.rows(of: query).map { document in
        document.root.children.map { $0.scalarText ?? "null" }.joined(separator: " ")
      }
    }
  }

  @Test("only the rows that changed differ; schema, order, metadata and compression are equal")
  func changedRows() throws {
    guard let settings = settings() else { return }
    let folder = try TemporaryFolder()
    let path = try makeFile(folder, settings)
    let dataset = try Dataset.open(.file(path), settings: settings)
    #expect(dataset.format.name == "trl-conversational-explicit")
    try #require(dataset.rowCount == 40)
    let (swapped, omitted) = ([3, 17, 39], [0, 20])
    let out = folder.file("out.parquet")
    try dataset.export(to: out) {
      swapped.contains($0) ? .swap : omitted.contains($0) ? .omit : .asIs
    }
    #expect(try facts(out, settings) == facts(path, settings))
    let (old, new) = (
      "FROM read_parquet(\(DuckDB.literal(path.replacing("[", with: "[[]"))))",
      "FROM read_parquet(\(DuckDB.literal(out)))"
    )
    #expect(try count("\(old) EXCEPT ALL \(new)", settings) == swapped.count + omitted.count)
    #expect(try count("\(new) EXCEPT ALL \(old)", settings) == swapped.count)
    let ids = try duckDB(settings).rows(of: "SELECT id \(new)").map { $0.root["id"]?.number ?? -1 }
    #expect(ids == (0..<40).filter { !omitted.contains($0) }.map(Double.init))

    let output = try Dataset.open(.file(out), settings: settings)
    for (before, after) in [(3, 2), (17, 16), (39, 37)] {
      let (old, new) = (try dataset.document(before).get(), try output.document(after).get())
      for (from, to) in [
        ("chosen", "rejected"), ("rejected", "chosen"), ("score_chosen", "score_rejected"),
      ] {
        let (was, now) = (try #require(old.root[from]), try #require(new.root[to]))
        #expect(try dataset.rowBytes(before)[was.span] == output.rowBytes(after)[now.span])
      }
    }
  }

  @Test("a change of pictures, which stand in no row, is refused")
  func pictures() throws {
    guard let settings = settings() else { return }
    let folder = try TemporaryFolder()
    let path = folder.file("pictures.parquet")
    var output = try duckDB(settings).start(
      """
      COPY (SELECT 'p' AS prompt, 'c' AS chosen, 'r' AS rejected,
        'x'::BLOB AS picture_chosen, 'yy'::BLOB AS picture_rejected, 'zzz'::BLOB AS other)
      TO \(DuckDB.literal(path)) (FORMAT parquet)
      """)
    _ = try output.all()
    let dataset = try Dataset.open(.file(path), settings: settings)
    #expect(try dataset.document(0).get().root["other"]?.string == "[other: 3 bytes]")
    #expect(throws: ExportError.cannotSwap(row: 0)) {
      try dataset.export(to: folder.file("out.parquet")) { _ in .swap }
    }
    #expect(try folder.names() == ["pictures.parquet"])
  }

  @Test("values that would move to a column of another type are refused")
  func otherTypes() throws {
    guard let settings = settings() else { return }
    let folder = try TemporaryFolder()
    let path = folder.file("types.parquet")
    var output = try duckDB(settings).start(
      """
      COPY (SELECT 'p' AS prompt, 'c' AS chosen, 'r' AS rejected,
        0.5::DOUBLE AS score_chosen, 3::BIGINT AS score_rejected)
      TO \(DuckDB.literal(path)) (FORMAT parquet)
      """)
    _ = try output.all()
    let dataset = try Dataset.open(.file(path), settings: settings)
    #expect(throws: ExportError.cannotSwap(row: 0)) {
      try dataset.export(to: folder.file("out.parquet")) { _ in .swap }
    }
  }

  @Test("a file that is damaged is said to be")
  func damaged() throws {
    guard let settings = settings() else { return }
    let folder = try TemporaryFolder()
    let path = try makeFile(folder, settings)
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    try folder.write(Array(bytes.prefix(bytes.count / 2)), to: "cut.parquet")
    do {
      _ = try Dataset.open(.file(folder.file("cut.parquet")), settings: settings)
      Issue.record("half a Parquet file opened")
    } catch DatasetReadError.duckDB(.failed(let reason)) {
      #expect(!reason.isEmpty)
    }
  }

  @Test(
    "samples in Parquet open with all their rows, and swapping all twice gives the same rows",
    arguments: [
      ("ultrafeedback_binarized.parquet", "trl-conversational-explicit", 20),
      ("ultrafeedback_binarized.zstd.parquet", "trl-conversational-explicit", 20),
      ("skywork.parquet", "trl-conversational-implicit", 20),
      ("rewardbench1.parquet", "trl-standard-explicit", 10),
    ])
  func samples(file: String, format: String, rows: Int) throws {
    guard let settings = settings(), let samples = sharedData("format-samples") else { return }
    let folder = try TemporaryFolder()
    let path = samples + "/" + file
    func swap(_ path: String, to name: String) throws -> Dataset {
      let dataset = try Dataset.open(.file(path), settings: settings)
      try dataset.export(to: folder.file(name)) {
        if case .success = dataset.row(at: $0) { .swap } else { .asIs }
      }
      return dataset
    }
    let dataset = try swap(path, to: "once.parquet")
    #expect(dataset.format.name == format)
    #expect(dataset.rowCount == rows)
    _ = try swap(folder.file("once.parquet"), to: "twice.parquet")
    let twice = folder.file("twice.parquet")
    #expect(try facts(twice, settings) == facts(path, settings))
    let (old, new) = ("FROM \(DuckDB.literal(path))", "FROM \(DuckDB.literal(twice))")
    #expect(try count("\(old) EXCEPT ALL \(new)", settings) == 0)
    #expect(try count("\(new) EXCEPT ALL \(old)", settings) == 0)
    let once = "FROM \(DuckDB.literal(folder.file("once.parquet")))"
    #expect(try count("\(old) EXCEPT ALL \(once)", settings) == rows)
  }

  @Test("a folder of Parquet shards is one data set, and becomes such a folder")
  func shards() throws {
    guard let settings = settings(), let samples = sharedData("format-samples") else { return }
    let folder = try TemporaryFolder()
    let source = samples + "/ultrafeedback_binarized.parquet"
    try FileManager.default.createDirectory(
      atPath: folder.file("set/data"), withIntermediateDirectories: true)
    for number in 0..<3 {
      try FileManager.default.copyItem(
        atPath: source, toPath: folder.file("set/data/train-0000\(number)-of-00003.parquet"))
    }
    let dataset = try Dataset.open(.file(folder.file("set")), settings: settings)
    #expect(dataset.rowCount == 60)
    #expect(try dataset.rowBytes(7) == dataset.rowBytes(47))
    let none = folder.file("set/data/train-00003.parquet")
    var empty = try duckDB(settings).start(
      "COPY (FROM \(DuckDB.literal(source)) LIMIT 0) TO \(DuckDB.literal(none)) (FORMAT parquet)")
    _ = try empty.all()
    let whole = try Dataset.open(.file(folder.file("set")), settings: settings)
    try whole.export(to: folder.file("out")) { $0 == 25 ? .omit : .asIs }
    let output = try Dataset.open(.file(folder.file("out")), settings: settings)
    #expect(output.files.map(\.rowCount) == [20, 19, 20, 0])
    try dataset.export(to: folder.file("out.jsonl.gz")) { _ in .asIs }
    #expect(try Dataset.open(.file(folder.file("out.jsonl.gz"))).rowCount == 60)
  }
}
