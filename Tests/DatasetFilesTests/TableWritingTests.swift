import Foundation
import PreferenceData
import Testing

@testable import DatasetFiles

/// Objects that are written as tables, read again by Demur itself.
@Suite("Tables of objects")
struct TableWritingTests {
  private func type(_ values: [String]) throws -> ColumnType {
    try values.reduce(.empty) { type, text in
      type.joined(with: ColumnType(try JSONDocument(lenient: Array(text.utf8).span).root))
    }
  }

  @Test(
    "a column's type is the narrowest that holds all its values, in whatever order they come",
    arguments: [
      (["null"], "VARCHAR"), (["1", "null"], "BIGINT"), (["1", "2.5"], "DOUBLE"),
      (["123456789012345678901234567890"], "DOUBLE"), (["true", "1"], "JSON"),
      (["\"2024-01-01\"", "null"], "VARCHAR"), (["[]", "[1]", "[2.5,null]"], "DOUBLE[]"),
      ([#"[{"a":1}]"#, #"[{"a":null}]"#, "[]"], #"STRUCT("a" BIGINT)[]"#),
      ([#"{"a":"x"}"#, #"{"b \" c":[true]}"#], ""), (["{}"], "JSON"),
      ([#"{"a":1,"A":2}"#], "JSON"), (["[1]", "\"x\""], "JSON"),
    ])
  func types(values: [String], sql: String) throws {
    let forward = try type(values)
    let backward = try type(values.reversed())
    if sql.isEmpty {
      let members = [#""a" VARCHAR"#, #""b "" c" BOOLEAN[]"#]
      #expect(forward.sql == "STRUCT(\(members.joined(separator: ", ")))")
      #expect(backward.sql == "STRUCT(\(members.reversed().joined(separator: ", ")))")
    } else {
      #expect(forward.sql == sql && backward.sql == sql)
    }
    #expect(
      forward.isNested
        == (sql.contains("JSON") || sql.contains("[]") || sql.contains("ST")
          || sql.isEmpty))
  }

  private func tools(_ folder: TemporaryFolder) -> DatasetReadSettings? {
    guard let duckDB = ProcessInfo.processInfo.environment["DEMUR_DUCKDB"] else {
      print("skipped: DEMUR_DUCKDB is not set, so no table is written")
      return nil
    }
    return DatasetReadSettings(spoolFolder: folder.path, duckDB: duckDB)
  }

  @Test(
    "texts come back from a table as they were", arguments: ["parquet", "csv", "tsv", "csv.gz"])
  func texts(container: String) throws {
    let folder = try TemporaryFolder()
    guard let tools = tools(folder) else { return }
    let odd = [
      "plain", "2024-01-01", "1e3", "a, \"b\"\tc", "two\nlines\r\nthree", "é 漢 🙂 \u{2028}", " x ",
      "NULL", "true", "'; DROP TABLE x; --",
    ]
    let path = folder.file("out." + container)
    var file = try ObjectFile(path: path, protecting: [], tools: tools)
    for text in odd {
      let object: JSONValue = [
        "prompt": .string(text), "chosen": .string(text + "c"), "rejected": "r",
      ]
      try file.write(object.text)
    }
    _ = try file.commit()
    let again = try Dataset.open(.file(path), settings: tools)
    let rows = try (0..<again.rowCount).map { try again.row(at: $0).get() }
    #expect(rows.map(\.contextText) == odd.map { "user: " + $0 })
    #expect(rows.map { $0.sides[0].text } == odd.map { $0 + "c" })
  }

  @Test("messages stand in Parquet as lists of records, and a table of texts refuses them")
  func messages() throws {
    let folder = try TemporaryFolder()
    guard let tools = tools(folder) else { return }
    func turns(_ role: String, _ text: String) -> JSONValue {
      [["role": .string(role), "content": .string(text)]]
    }
    let objects = (0..<30).map { number -> JSONValue in
      [
        "prompt": turns("user", "q\(number)\u{0}"), "chosen": turns("assistant", "c"),
        "rejected": turns("assistant", "r"), "margin": .number(Double(number) / 4),
      ]
    }
    var file = try ObjectFile(path: folder.file("out.parquet"), protecting: [], tools: tools)
    for object in objects { try file.write(object.text) }
    _ = try file.commit()
    let again = try Dataset.open(.file(folder.file("out.parquet")), settings: tools)
    #expect(again.format.name == "trl-conversational-explicit" && again.rowCount == 30)
    #expect(try again.row(at: 7).get().context == [Turn(.user, "q7\u{0}")])
    var table = try ObjectFile(path: folder.file("out.csv"), protecting: [], tools: tools)
    try table.write(objects[0].text)
    #expect(throws: ExportError.nestedColumn("prompt")) { try table.commit() }
    #expect(!FileManager.default.fileExists(atPath: folder.file("out.csv")))
  }

  @Test("without DuckDB a table is refused before anything is written")
  func missing() throws {
    let folder = try TemporaryFolder()
    let tools = DatasetReadSettings(spoolFolder: folder.path, duckDB: "no-such-program")
    #expect(throws: ExportError.reading(.duckDB(.missing))) {
      _ = try ObjectFile(path: folder.file("out.parquet"), protecting: [], tools: tools)
    }
  }
}
