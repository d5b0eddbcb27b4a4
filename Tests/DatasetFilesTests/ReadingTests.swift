import Foundation
import PreferenceData
import Testing

@testable import DatasetFiles

@Suite("Reading")
struct ReadingTests {
  @Test("every line that is not blank is a row, whatever stands between them", arguments: 0..<48)
  func linesAreRows(seed: Int) throws {
    let folder = try TemporaryFolder()
    var odd = OddRows(seed: seed)
    let (file, rows) = odd.lines(count: Int.random(in: 1..<60, using: &odd.random))
    let dataset = try Dataset.open(
      .file(try folder.write(file, to: "rows.jsonl")), mapping: .plain)
    #expect(dataset.container == DatasetContainer(arrangement: .lines))
    try #require(dataset.rowCount == rows.count)
    let lines = file.split(separator: 0x0A, omittingEmptySubsequences: false)
    for row in rows.indices {
      let bytes = try dataset.rowBytes(row)
      #expect(bytes.filter { $0 != 0x0D } == rows[row].filter { $0 != 0x0D })
      #expect(lines[dataset.line(of: row) - 1].suffix(bytes.count).elementsEqual(bytes))
    }
  }

  @Test("every element of an array is a row", arguments: 0..<48)
  func elementsAreRows(seed: Int) throws {
    let folder = try TemporaryFolder()
    var odd = OddRows(seed: seed)
    let (file, rows) = odd.array(count: Int.random(in: 1..<40, using: &odd.random))
    let dataset = try Dataset.open(
      .file(try folder.write(file, to: "rows.json")), mapping: .plain)
    #expect(dataset.container == DatasetContainer(arrangement: .array))
    #expect(try (0..<dataset.rowCount).map { try dataset.rowBytes($0) } == rows)
  }

  @Test("where parts of a file end does not matter to what is found in it", arguments: 0..<48)
  func partsDoNotMatter(seed: Int) throws {
    var odd = OddRows(seed: seed)
    let isArray = seed.isMultiple(of: 2)
    let (file, _) = isArray ? odd.array(count: 12) : odd.lines(count: 20)
    func spans(partSize: (inout SeededGenerator) -> Int) throws -> [Range<Int>] {
      var scanner: any RowScanner = isArray ? ArrayScanner() : LineScanner(start: 0)
      var done = isArray && file.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      while done < file.count {
        let end = min(file.count, done + partSize(&odd.random))
        let part = Array(file[done..<end])
        try scanner.scan(part.span, at: done)
        done = end
      }
      scanner.finish(at: file.count)
      return scanner.layout.spans
    }
    let whole = try spans { _ in file.count }
    #expect(try spans { _ in 1 } == whole)
    #expect(try spans { Int.random(in: 1..<40, using: &$0) } == whole)
  }

  @Test("a data set is found by its bytes, not by its name")
  func namesDoNotMatter() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("[\(plainRow), \(plainRow)]", to: "rows.jsonl")
    #expect(try Dataset.open(.file(path)).container.arrangement == .array)
    let other = try folder.write("\(plainRow)\n\(plainRow)", to: "rows.json")
    #expect(try Dataset.open(.file(other)).container.arrangement == .lines)
  }

  @Test("a pipe is read to its end", arguments: [false, true])
  func pipesAreRead(isCompressed: Bool) throws {
    let folder = try TemporaryFolder()
    let text = Array((0..<3000).map { _ in plainRow + "\n" }.joined().utf8)
    let bytes = isCompressed ? try gzipped(text, folder) : text
    let pipe = Pipe()
    let writer = Thread {
      pipe.fileHandleForWriting.write(Data(bytes)); try? pipe.fileHandleForWriting.close()
    }
    writer.start()
    let dataset = try Dataset.open(
      .standardInput(descriptor: pipe.fileHandleForReading.fileDescriptor))
    #expect(dataset.rowCount == 3000)
    #expect(dataset.fingerprints.isEmpty)
    #expect(dataset.name == "standard input")
    #expect(try dataset.change() == nil)
    #expect(try dataset.rowBytes(2999) == Array(plainRow.utf8))
  }

  @Test("the rows of the first megabyte come once, and are the first rows of the whole")
  func firstRowsComeEarly() throws {
    let folder = try TemporaryFolder()
    let row = plainRow.replacing("blue", with: String(repeating: "blue ", count: 200))
    let path = try folder.write((0..<4000).map { _ in row + "\n" }.joined(), to: "rows.jsonl")
    var first: [Dataset] = []
    var progress: [OpenProgress] = []
    let whole = try Dataset.open(.file(path)) {
      progress.append($0)
      return true
    } firstRows: {
      first.append($0)
    }
    #expect(first.count == 1)
    let early = try #require(first.first)
    #expect((1..<whole.rowCount).contains(early.rowCount))
    #expect(!early.isComplete && whole.isComplete)
    for position in [0, early.rowCount - 1] {
      #expect(early.row(at: position) == whole.row(at: position))
    }
    #expect(progress.map(\.rows) == progress.map(\.rows).sorted())
    #expect(progress.last?.bytesRead == whole.byteCount)
  }

  @Test("rows read by many threads at once are the rows read by one")
  func readingIsConcurrent() async throws {
    let folder = try TemporaryFolder()
    var odd = OddRows(seed: 3)
    let (file, _) = odd.lines(count: 4000)
    let dataset = try Dataset.open(
      .file(try folder.write(file, to: "rows.jsonl")), mapping: .plain)
    let expected = (0..<dataset.rowCount).map { dataset.row(at: $0) }
    await withTaskGroup(of: [Int].self) { group in
      for worker in 0..<6 {
        group.addTask {
          let rows = 0..<dataset.rowCount
          let order = worker.isMultiple(of: 2) ? Array(rows) : rows.reversed()
          return order.filter { dataset.row(at: $0) != expected[$0] }
        }
      }
      for await different in group { #expect(different.isEmpty) }
    }
  }

  @Test("a problem says row, line and column")
  func problemsAreLocated() throws {
    let folder = try TemporaryFolder()
    let text = plainRow + "\n\n{\"prompt\": oops}\n" + plainRow + "\n{\"prompt\":1,"
    let dataset = try Dataset.open(.file(try folder.write(text, to: "rows.jsonl")))
    #expect(
      dataset.row(at: 1)
        == .failure(RowProblem(row: 1, line: 3, column: 12, reason: .malformed("no value"))))
    #expect(
      dataset.row(at: 3) == .failure(RowProblem(row: 3, line: 5, column: 13, reason: .truncated)))
  }

  @Test("a row beyond the limit is a problem and is not parsed")
  func longRowsAreProblems() throws {
    let folder = try TemporaryFolder()
    let long = plainRow.replacing("blue", with: String(repeating: "x", count: 2_000_000))
    let path = try folder.write(plainRow + "\n" + long + "\n" + plainRow, to: "rows.jsonl")
    let bounded = try Dataset.open(.file(path), settings: .init(rowLimit: 1_000_000))
    #expect(
      bounded.document(1).problem?.reason == .tooLong(bytes: long.utf8.count))
    let whole = try Dataset.open(.file(path))
    #expect(try whole.row(at: 1).get().sides[0].text.utf8.count == 2_000_001)
  }

  @Test("the digest is the SHA-256 of the file as it is on disk")
  func digestIsOfTheFile() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(plainRow, to: "rows.jsonl")
    // sha256sum of the same bytes (GNU coreutils 9.1).
    let expected = "26406966cca16160e0a04db9d04b05147e07595e3ecc4b90b37edeb78aee4e53"
    #expect(try Dataset.open(.file(path)).contentDigest() == expected)
  }
}

let plainRow = #"{"prompt": "The sky is", "chosen": " blue", "rejected": " green"}"#

extension FieldMapping {
  /// The fields that `OddRows` writes.
  static var plain: FieldMapping {
    FieldMapping(
      prompt: FieldPath(key: "prompt"), chosen: FieldPath(key: "chosen"),
      rejected: FieldPath(key: "rejected"))
  }
}

extension Result where Failure == RowProblem {
  var problem: RowProblem? {
    if case .failure(let problem) = self { problem } else { nil }
  }
}

/// `bytes` as one gzip member.
func gzipped(_ bytes: [UInt8], _ folder: TemporaryFolder) throws -> [UInt8] {
  try packed(bytes, .gzip, folder)
}
