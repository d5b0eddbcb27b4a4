import Foundation
import PreferenceData
import Testing

@testable import DatasetFiles

@Suite("Tables")
struct TableTests {
  private func opened(_ table: OddTable, _ folder: TemporaryFolder) throws -> Dataset {
    try Dataset.open(.file(try folder.write(table.file, to: "rows.csv")), mapping: .plain)
  }

  @Test("every record is a row, its cells are texts, and its line is known", arguments: 0..<96)
  func recordsAreRows(seed: Int) throws {
    let folder = try TemporaryFolder()
    let table = OddTable(seed: seed, rowCount: 40)
    let dataset = try opened(table, folder)
    #expect(dataset.container.arrangement == .table(table.delimiter))
    try #require(dataset.rowCount == table.rows.count)
    for row in table.rows.indices {
      #expect(dataset.line(of: row) == table.lines[row])
      let cells = try dataset.document(row).get().root.children
      #expect(cells.map(\.key) == table.header)
      #expect(cells.map { $0.scalarText ?? "" } == table.rows[row])
    }
  }

  @Test("where parts of a table end does not matter to what is found in it", arguments: 0..<48)
  func partsDoNotMatter(seed: Int) throws {
    let table = OddTable(seed: seed, rowCount: 15, raggedShare: 0.2)
    var random = SeededGenerator(seed: seed)
    let dialect = TableDialect(delimiter: table.delimiter, isQuoted: table.isQuoted)
    let none: [UInt8] = []
    func spans(partSize: (inout SeededGenerator) -> Int) -> [Range<Int>] {
      var scanner = TableScanner(TableShape(header: none.span, dialect: dialect), start: 0)
      var done = 0
      while done < table.file.count {
        let end = min(table.file.count, done + partSize(&random))
        let part = Array(table.file[done..<end])
        scanner.scan(part.span, at: done)
        done = end
      }
      scanner.finish(at: table.file.count)
      return scanner.layout.spans
    }
    let whole = spans { _ in table.file.count }
    #expect(whole.count == table.rows.count)
    #expect(spans { _ in 1 } == whole)
    #expect(spans { Int.random(in: 1..<20, using: &$0) } == whole)
  }

  @Test("a table nobody changed comes out byte for byte", arguments: 0..<48)
  func untouchedIsUntouched(seed: Int) throws {
    let folder = try TemporaryFolder()
    let table = OddTable(seed: seed, rowCount: 30, raggedShare: 0.1)
    try opened(table, folder).export(to: folder.file("out")) { _ in .asIs }
    #expect(try folder.read("out") == table.file)
  }

  @Test(
    "a swap exchanges two cells and nothing else, and twice is the first table", arguments: 0..<48)
  func swapping(seed: Int) throws {
    let folder = try TemporaryFolder()
    let table = OddTable(seed: seed, rowCount: 30)
    let dataset = try opened(table, folder)
    try dataset.export(to: folder.file("once")) { _ in .swap }
    let once = try Dataset.open(.file(folder.file("once")), mapping: .plain)
    let chosen = try #require(table.header.firstIndex(of: "chosen"))
    let rejected = try #require(table.header.firstIndex(of: "rejected"))
    for row in table.rows.indices {
      var expected = table.rows[row]
      expected.swapAt(chosen, rejected)
      let cells = try once.document(row).get().root.children
      #expect(cells.map { $0.scalarText ?? "" } == expected)
    }
    try once.export(to: folder.file("twice")) { _ in .swap }
    #expect(try folder.read("twice") == table.file)
  }

  @Test("rows are left out, and the header and the rest stay as they were", arguments: 0..<48)
  func omitting(seed: Int) throws {
    let folder = try TemporaryFolder()
    let table = OddTable(seed: seed, rowCount: 20)
    let dataset = try opened(table, folder)
    var random = SeededGenerator(seed: seed)
    let kept = table.rows.indices.filter { _ in random.chance(0.5) }
    guard !kept.isEmpty else { return }
    try dataset.export(to: folder.file("out")) { kept.contains($0) ? .asIs : .omit }
    let output = try Dataset.open(.file(folder.file("out")), mapping: .plain)
    #expect(
      try (0..<output.rowCount).map { try output.rowBytes($0) }
        == kept.map { try dataset.rowBytes($0) })
  }

  @Test("a record with too few or too many cells is a problem with its line, and no more")
  func raggedRecords() throws {
    let folder = try TemporaryFolder()
    let text = "prompt,chosen,rejected\na,b,c\na,b\n\"x\ny\",b,c\na,b,c,d\na,b,c\n"
    let dataset = try Dataset.open(.file(try folder.write(text, to: "rows.csv")), mapping: .plain)
    #expect(
      (0..<5).map { dataset.row(at: $0).problem?.reason } == [
        nil, .raggedRecord(cells: 2, expected: 3), nil, .raggedRecord(cells: 4, expected: 3), nil,
      ])
    #expect((0..<5).map { dataset.line(of: $0) } == [2, 3, 4, 6, 7])
    try dataset.export(to: folder.file("out")) { _ in .asIs }
    #expect(try folder.read("out") == Array(text.utf8))
  }

  @Test("a quotation mark that is never closed is said, with the line in which it stands")
  func unclosedQuote() throws {
    let folder = try TemporaryFolder()
    let text = "prompt,chosen,rejected\na,b,c\na,b,c\na,\"b,c\na,b,c\n"
    let dataset = try Dataset.open(.file(try folder.write(text, to: "rows.csv")), mapping: .plain)
    #expect(dataset.rowCount == 3)
    #expect(
      dataset.row(at: 2).problem == RowProblem(row: 2, line: 4, reason: .unclosedQuote))
  }

  @Test(
    "the delimiter that parts all records alike is found",
    arguments: [
      ("a,b\n1,2\n", "csv"), ("a\tb\n1,1\t2\n", "tsv"), ("a;b\n1,5;2\n", "csv with semicolons"),
      ("a|b\n1;5|2\n", "csv with bars"), ("a,b,c\n\"x;y;z\",2,3\n", "csv"),
      ("\"a\",\"b\"\r\n\"1\",\"2\"", "csv"), ("a\tb\n\"1\n1\"\t2\n", "tsv"),
    ])
  func delimiters(text: String, container: String) throws {
    let table = try #require(TableShape(detectedIn: Array(text.utf8), isWhole: true))
    let arrangement = DatasetContainer.Arrangement.table(table.dialect.delimiter)
    #expect(DatasetContainer(arrangement: arrangement).description == container)
  }

  @Test(
    "other text is no table",
    arguments: [
      "some prose\nand more", "Once, there was prose.\nIt went on\nand on,\nand ended.\n",
      plainRow + "\n" + plainRow, "[" + plainRow + "]",
      "his line, \"is\": cut}\n" + plainRow + "\n" + plainRow, "one column\nof\nwords\n",
      ",,\n,,\n",
    ])
  func otherText(text: String) {
    #expect(TableShape(detectedIn: Array(text.utf8), isWhole: true) == nil)
  }

  @Test("columns of numbers and flags are read as such, unless they are answers")
  func typedColumns() throws {
    let folder = try TemporaryFolder()
    let text = """
      prompt,chosen,rejected,margin,is_safe,id
      1+1,2,3,1.50,True,007
      1+2,3,4,-2,False,008
      1+3,4,5,,,009

      """
    let dataset = try Dataset.open(.file(try folder.write(text, to: "rows.csv")))
    #expect(dataset.format.name == "trl-standard-explicit")
    #expect(try dataset.row(at: 0).get().sides.map(\.text) == ["2", "3"])
    let words = text.replacing(",2,3,", with: ",two,three,")
    let typed = try Dataset.open(.file(try folder.write(words, to: "rows.csv")))
    let cells = try (0..<3).map { try typed.document($0).get().root }
    #expect(cells.map { $0["margin"]?.number } == [1.5, -2, nil])
    #expect(cells.map { $0["is_safe"]?.bool } == [true, false, nil])
    #expect(cells[2]["margin"]?.isNull == true)
    #expect(cells.map { $0["id"]?.string } == ["007", "008", "009"])
  }

  @Test(
    "a value that is set is quoted where it must be or was, and spelled as before",
    arguments: [
      ("a,b", #""x""#, "x,b"), (#""a",b"#, #""x""#, #""x",b"#), ("a,b", #""x, y""#, #""x, y",b"#),
      ("a,b", #""say \"x\"""#, #"say "x",b"#), ("a,b", #""\"x""#, #""""x",b"#),
      ("1,b", "-2", "-2,b"), ("1,b", "null", ",b"), ("True,b", "false", "False,b"),
      ("TRUE,b", "false", "FALSE,b"), ("true,b", "false", "false,b"),
      ("a,b", #""x\ny""#, "\"x\ny\",b"),
      ("a,b", #"["x"]"#, #"["x"],b"#),
    ])
  func settingValues(record: String, value: String, expected: String) throws {
    let dialect = TableDialect(delimiter: .comma, isQuoted: true)
    let bytes = Array(record.utf8)
    let shape = TableShape(header: Array("l,m".utf8).span, dialect: dialect)
    let cell = try shape.document(bytes.span).get().root.children[0].span
    let edits = try #require(shape.cellEdits([.replace(cell, with: Array(value.utf8))], in: bytes))
    #expect(String(decoding: LabelEdit.apply(edits, to: bytes), as: UTF8.self) == expected)
  }

  @Test("a table without quotation has no way to write a delimiter in a cell")
  func unwritableValue() {
    let dialect = TableDialect(delimiter: .tab, isQuoted: false)
    #expect(dialect.cell(Array("a\tb".utf8), inPlaceOf: []) == nil)
    #expect(dialect.cell(Array("\"a, b".utf8), inPlaceOf: []) == Array("\"a, b".utf8))
  }

  @Test("a margin in a cell changes its sign, and companions change places")
  func swappedBytes() throws {
    let folder = try TemporaryFolder()
    let head = "prompt,chosen,rejected,margin,score_chosen,score_rejected\r\n"
    let text = head + "q,\"a, b\",c,\"1.50\",2,0.10\r\nq,d,e,-1,1,2\r\n"
    let dataset = try Dataset.open(.file(try folder.write(text, to: "rows.csv")))
    try dataset.export(to: folder.file("out")) { $0 == 0 ? .swap : .asIs }
    #expect(
      String(decoding: try folder.read("out"), as: UTF8.self)
        == head + "q,c,\"a, b\",\"-1.50\",0.10,2\r\nq,d,e,-1,1,2\r\n")
  }

  @Test(
    "real tables open with all their rows",
    arguments: [
      ("format-samples/plain.csv", "csv", 10, 3), ("format-samples/arena_55k.csv", "csv", 10, 9),
      ("format-samples/community_alignment.csv", "csv", 10, 11),
      ("ukpconvarg1/original-sample/strict-csv_evolution.csv", "tsv", 426, 4),
    ])
  func realTables(file: String, container: String, rows: Int, columns: Int) throws {
    guard let data = sharedData(file) else { return }
    let sides: [String: FieldMapping] = [
      "ukpconvarg1/original-sample/strict-csv_evolution.csv": .named("a1", "a2"),
      "format-samples/arena_55k.csv": .named("response_a", "response_b"),
      "format-samples/community_alignment.csv":
        .named("first_turn_response_a", "first_turn_response_b"),
    ]
    let folder = try TemporaryFolder()
    let dataset = try Dataset.open(.file(data), mapping: sides[file] ?? .plain)
    #expect(dataset.container.description == container)
    #expect(dataset.rowCount == rows)
    for row in 0..<dataset.rowCount {
      #expect(try dataset.document(row).get().root.children.count == columns)
    }
    try dataset.export(to: folder.file("out")) { _ in .asIs }
    #expect(try folder.read("out") == Array(try Data(contentsOf: URL(fileURLWithPath: data))))
  }
}

extension FieldMapping {
  fileprivate static func named(_ first: String, _ second: String) -> FieldMapping {
    FieldMapping(prompt: nil, chosen: FieldPath(key: first), rejected: FieldPath(key: second))
  }
}
