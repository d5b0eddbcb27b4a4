import Foundation
import PreferenceData
import Testing

@testable import DatasetFiles

/// The law of conversion on real files: what is written opens by itself as the same pairs, and every
/// other row is counted.
@Suite("Conversions of real files")
struct ConversionSampleTests {
  static let targets = TargetFormats.all.map(\.name)

  static let files =
    SampleTests.formats.map(\.file) + LabelSampleTests.files.map(\.file)
    + ["plain.csv", "community_alignment.csv"]
  static let parquetFiles = [
    "skywork.parquet", "rewardbench1.parquet", "ultrafeedback_binarized.parquet",
    "nectar.parquet", "arena_140k.parquet", "pickapic.parquet",
  ]

  /// One example as it has to come back.
  private struct Expected: Equatable {
    var context: [Turn]
    var sides: [[Turn]]
    var label: PreferenceLabel
  }

  private func expected(_ row: PreferenceRow, in target: String) -> [Expected] {
    if target == "kto" {
      guard let (chosen, rejected) = row.chosenAndRejected else {
        return [Expected(context: row.context, sides: row.sides.map(\.turns), label: row.label)]
      }
      return [(chosen, PreferenceLabel.desirable), (rejected, .undesirable)].map {
        Expected(context: row.context, sides: [row.sides[$0].turns], label: $1)
      }
    }
    return row.pairs.map { pair in
      Expected(
        context: row.context, sides: [pair.better, pair.worse].map { row.sides[$0].turns },
        label: .prefers(0))
    }
  }

  /// The rows of `dataset` in `target`, read again from a file; and how many cannot be written.
  private func convert(
    _ dataset: Dataset, to target: String, name: String, in folder: TemporaryFolder
  ) throws -> (written: [PreferenceRow], refused: [Inexpressible]) {
    let conversion = Conversion(to: try #require(TargetFormats.all.first { $0.name == target }))
    var file = try ObjectFile(path: folder.file(name), protecting: dataset.fingerprints)
    var refused: [Inexpressible] = []
    var written: [PreferenceRow] = []
    for position in 0..<dataset.rowCount {
      let objects = dataset.convertibleRow(at: position).flatMap { row in
        conversion.objects(
          of: row, label: row.row.label, note: RowNote(file: "f", row: position, id: nil))
      }
      switch objects {
      case .success(let objects):
        for object in objects { try file.write(object.text) }
        written.append(try dataset.row(at: position).get())
      case .failure(let reason): refused.append(reason)
      }
    }
    _ = try file.commit()
    return (written, refused)
  }

  private func checkLaw(_ dataset: Dataset, _ file: String, in folder: TemporaryFolder) throws {
    for target in Self.targets {
      let name = "\(target).jsonl"
      let (written, refused) = try convert(dataset, to: target, name: name, in: folder)
      #expect(written.count + refused.count == dataset.rowCount, "\(file) \(target)")
      guard !written.isEmpty else { continue }
      let again = try Dataset.open(.file(folder.file(name)))
      let read = try (0..<again.rowCount).map { try again.row(at: $0).get() }
      let expected = written.flatMap { self.expected($0, in: target) }
      try #require(read.count == expected.count, "\(file) \(target)")
      for (row, expected) in zip(read, expected) {
        guard target != "trl-standard-implicit" else {
          // Where the prompt ends, nobody can say.
          let whole = { (sides: [[Turn]], context: [Turn]) in
            sides.map { (context + $0).map(\.text).joined() }
          }
          #expect(
            whole(row.sides.map(\.turns), row.context) == whole(expected.sides, expected.context))
          continue
        }
        let found = Expected(
          context: row.context, sides: row.sides.map(\.turns), label: row.label)
        #expect(found == expected, "\(file) \(target)")
      }
    }
  }

  @Test("samples come back from every form as the same pairs, or are counted", arguments: files)
  func samples(file: String) throws {
    guard let samples = sharedData("format-samples") else { return }
    let folder = try TemporaryFolder()
    try checkLaw(try Dataset.open(.file(samples + "/" + file)), file, in: folder)
  }

  @Test("so do Parquet samples, where DuckDB is", arguments: parquetFiles)
  func parquetSamples(file: String) throws {
    guard let samples = sharedData("format-samples") else { return }
    let environment = ProcessInfo.processInfo.environment
    guard let duckDB = environment["DEMUR_DUCKDB"] else {
      print("skipped: DEMUR_DUCKDB is not set, so \(file) is not opened")
      return
    }
    let folder = try TemporaryFolder()
    let settings = DatasetReadSettings(duckDB: duckDB, searchPath: environment["PATH"] ?? "")
    let dataset = try Dataset.open(.file(samples + "/" + file), settings: settings)
    try checkLaw(dataset, file, in: folder)
    if file == "pickapic.parquet" {
      // Its sides are pictures, of which the row holds nothing but the size.
      let (written, refused) = try convert(dataset, to: "trl", name: "none.jsonl", in: folder)
      #expect(written.isEmpty && Set(refused) == [.media])
    }
  }

  @Test("forms that hold a file's rows hold all of them")
  func nothingIsRefusedWithoutNeed() throws {
    guard let samples = sharedData("format-samples") else { return }
    let folder = try TemporaryFolder()
    let conversations = ["trl", "trl-implicit", "openai", "axolotl", "openrlhf", "kto", "nemo-rl"]
    let cases: [(file: String, targets: [String], refused: [Inexpressible])] = [
      ("hh_rlhf.jsonl", Self.targets.filter { !$0.hasPrefix("trl-standard") }, []),
      ("ultrafeedback_binarized.jsonl", conversations + ["llama-factory", "ms-swift"], []),
      ("llamafactory_sharegpt.json", conversations + ["llama-factory", "ms-swift"], []),
      ("tool_calls.jsonl", ["trl", "trl-implicit", "openai", "kto"], []),
      ("image_blocks.jsonl", ["trl", "trl-implicit", "openai", "ms-swift"], []),
      (
        "trl_standard_explicit.jsonl", conversations + ["trl-standard", "trl-standard-implicit"], []
      ),
      ("axolotl_intel.jsonl", ["trl", "openai", "nemo-rl"], []),
      ("helpsteer3_preference.jsonl", ["trl", "kto"], [.tie]),
      ("kto_unpaired.jsonl", ["kto"], []),
      ("nemo_aligner.jsonl", ["nemo-rl"], []),
    ]
    for (file, targets, expected) in cases {
      let dataset = try Dataset.open(.file(samples + "/" + file))
      for target in targets {
        let refused = try convert(dataset, to: target, name: target, in: folder).refused
        #expect(refused == expected, "\(file) \(target)")
      }
    }
  }

  @Test("text that a reader had to replace is carried exactly, or not at all")
  func damagedText() throws {
    let folder = try TemporaryFolder()
    func convertible(_ row: [UInt8]) throws -> Result<ConvertibleRow, Inexpressible> {
      let dataset = try Dataset.open(.file(try folder.write(row + [0x0A], to: "rows.jsonl")))
      return dataset.convertibleRow(at: 0)
    }
    func line(_ row: [UInt8]) throws -> Result<String, Inexpressible> {
      let conversion = Conversion(
        to: try #require(TargetFormats.all.first { $0.name == "trl-standard" }))
      return try convertible(row).flatMap { row in
        conversion.objects(
          of: row, label: row.row.label, note: RowNote(file: "f", row: 0, id: nil))
      }.map { $0[0].text }
    }
    func row(_ chosen: [UInt8]) -> [UInt8] {
      Array(#"{"prompt":"p","chosen":""#.utf8) + chosen + Array(#"","rejected":"r"}"#.utf8)
    }
    let half = Array(#"a\ud83d"#.utf8)
    #expect(try line(row(half)) == .success(String(decoding: row(half), as: UTF8.self)))
    let replacement = Array("a\u{FFFD}".utf8)
    #expect(
      try line(row(replacement)) == .success(String(decoding: row(replacement), as: UTF8.self)))
    #expect(try line(row([0x61, 0xFF])) == .failure(.damagedText))
    #expect(try line(row(half + Array("\u{10D83D}".utf8))) == .failure(.damagedText))
  }

  @Test("objects are lines, or an array that other readers take, by the name")
  func containers() throws {
    let folder = try TemporaryFolder()
    for (count, name) in [(0, "a.json"), (1, "b.json"), (3, "c.json"), (3, "d.jsonl")] {
      var file = try ObjectFile(path: folder.file(name), protecting: [])
      for number in 0..<count { try file.write(#"{"n":\#(number)}"#) }
      _ = try file.commit()
      let text = String(decoding: try folder.read(name), as: UTF8.self)
      let array =
        name.hasSuffix(".json") ? text : "[\(text.split(separator: "\n").joined(separator: ","))]"
      let read = try JSONSerialization.jsonObject(with: Data(array.utf8)) as? [[String: Int]]
      #expect(read?.compactMap { $0["n"] } == Array(0..<count))
    }
    for name in ["x.csv", "x.tsv.gz", "x.parquet", "x.arrow"] {
      #expect(throws: ExportError.self, "\(name)") {
        try ObjectFile(path: folder.file(name), protecting: [])
      }
    }
  }
}

@Suite("Columns added to rows that stay as they are")
struct AddedMemberTests {
  @Test("members stand behind the others, and nothing else moves", arguments: [false, true])
  func members(isArray: Bool) throws {
    let folder = try TemporaryFolder()
    let rows = [
      #"{"prompt":"p" , "chosen":"a","rejected":"b" }"#, #"{"broken":1}"#,
      #"{"rejected":"d","chosen":"c\u00e9","prompt":"p"}"#,
    ]
    let text = isArray ? "[\(rows.joined(separator: " ,\n"))]\n" : rows.joined(separator: "\r\n")
    let path = try folder.write(text, to: "rows")
    let dataset = try Dataset.open(.file(path))
    try dataset.export(
      to: folder.file("out"), adding: { [.init("n", .integer($0)), .init("note", .null)] }
    ) { $0 == 2 ? .swap : .asIs }
    let expected = [
      #"{"prompt":"p" , "chosen":"a","rejected":"b","n":0,"note":null }"#,
      #"{"broken":1,"n":1,"note":null}"#,
      #"{"rejected":"c\u00e9","chosen":"d","prompt":"p","n":2,"note":null}"#,
    ]
    let whole =
      isArray ? "[\(expected.joined(separator: " ,\n"))]\n" : expected.joined(separator: "\r\n")
    #expect(String(decoding: try folder.read("out"), as: UTF8.self) == whole)
  }

  @Test("a column that is there already, and a table, are refused, and nothing is written")
  func refusals() throws {
    let folder = try TemporaryFolder()
    let dataset = try Dataset.open(.file(try folder.write(plainRow + "\n", to: "rows.jsonl")))
    #expect(throws: ExportError.columnExists("chosen")) {
      try dataset.export(to: folder.file("out"), adding: { _ in [.init("chosen", .null)] }) { _ in
        .asIs
      }
    }
    let csv = "prompt,chosen,rejected\np,a,b\np,c,d\n"
    let table = try Dataset.open(.file(try folder.write(csv, to: "rows.csv")))
    #expect(throws: ExportError.cannotAddColumns) {
      try table.export(to: folder.file("out"), adding: { _ in [] }) { _ in .asIs }
    }
    #expect(try folder.names() == ["rows.csv", "rows.jsonl"])
  }
}
