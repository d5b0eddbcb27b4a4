import Foundation
import PreferenceData
import Testing

@testable import DatasetFiles

@Suite("Export")
struct ExportTests {
  /// A generated file, compressed or not, and what is in it.
  private func makeCase(
    seed: Int, in folder: TemporaryFolder
  ) throws -> (path: String, file: [UInt8], isArray: Bool) {
    var odd = OddRows(seed: seed)
    let isArray = odd.random.chance(0.5)
    let count = Int.random(in: 1..<30, using: &odd.random)
    let file = isArray ? odd.array(count: count).file : odd.lines(count: count).file
    let isPacked = odd.random.chance(0.3)
    let bytes = isPacked ? try gzipped(file, folder) : file
    return (try folder.write(bytes, to: "input"), file, isArray)
  }

  @Test("a file nobody changed comes out byte for byte", arguments: 0..<64)
  func untouchedIsUntouched(seed: Int) throws {
    let folder = try TemporaryFolder()
    let (path, file, _) = try makeCase(seed: seed, in: folder)
    let dataset = try Dataset.open(.file(path), mapping: .plain)
    let summary = try dataset.export(to: folder.file("out")) { _ in .asIs }
    #expect(try folder.read("out") == file)
    #expect(summary.asIs == dataset.rowCount)
    #expect(summary.file.byteCount == file.count)
    #expect(
      summary.file.sha256
        == (try Dataset.open(.file(folder.file("out")), mapping: .plain).contentDigest()))
  }

  @Test("swapping every row twice is the first file, and once is another label", arguments: 0..<64)
  func swappingTwiceIsIdentity(seed: Int) throws {
    let folder = try TemporaryFolder()
    let (path, file, _) = try makeCase(seed: seed, in: folder)
    let dataset = try Dataset.open(.file(path), mapping: .plain)
    func swapIfReadable(_ dataset: Dataset) -> (Int) -> RowDisposition {
      { if case .success = dataset.row(at: $0) { .swap } else { .asIs } }
    }
    try dataset.export(to: folder.file("once"), disposition: swapIfReadable(dataset))
    let once = try Dataset.open(.file(folder.file("once")), mapping: .plain)
    try #require(once.rowCount == dataset.rowCount)
    for row in 0..<dataset.rowCount {
      guard case .success(let before) = dataset.row(at: row) else { continue }
      let after = try once.row(at: row).get()
      #expect(after.context == before.context)
      #expect(after.sides.map(\.turns) == before.sides.reversed().map(\.turns))
      #expect(after.pairID == before.pairID)
    }
    try once.export(to: folder.file("twice"), disposition: swapIfReadable(once))
    #expect(try folder.read("twice") == file)
  }

  @Test("rows are left out whichever they are, and the rest stays as it was", arguments: 0..<96)
  func omittingKeepsTheRest(seed: Int) throws {
    let folder = try TemporaryFolder()
    let (path, _, isArray) = try makeCase(seed: seed, in: folder)
    let dataset = try Dataset.open(.file(path), mapping: .plain)
    var random = SeededGenerator(seed: seed)
    let share = random.one(of: [0.1, 0.5, 0.9, 1])
    let kept = (0..<dataset.rowCount).filter { _ in !random.chance(share) }
    let summary = try dataset.export(to: folder.file("out")) { kept.contains($0) ? .asIs : .omit }
    #expect(summary.omitted == dataset.rowCount - kept.count)
    let output = try folder.read("out")
    #expect(try rows(of: output, isArray: isArray) == kept.map { try dataset.rowBytes($0) })
    if isArray, !output.contains(where: { $0 > 0x7F }), !output.starts(with: [0xEF]) {
      #expect(bracketsAndCommasAreRight(output, elements: kept.count))
    }
  }

  @Test("first, last or all elements left out leave an array that other readers take")
  func arraysStayArrays() throws {
    let folder = try TemporaryFolder()
    let text = "[\n  \(plainRow),\n  \(plainRow) ,\n  \(plainRow)\n]\n"
    let dataset = try Dataset.open(.file(try folder.write(text, to: "rows.json")))
    for omitted in [[0], [2], [0, 1], [1, 2], [0, 2], [1], [0, 1, 2], []] as [[Int]] {
      try dataset.export(to: folder.file("out")) { omitted.contains($0) ? .omit : .asIs }
      let data = Data(try folder.read("out"))
      let array = try #require(try JSONSerialization.jsonObject(with: data) as? [Any])
      #expect(array.count == 3 - omitted.count)
    }
  }

  @Test("a margin changes its sign, companions change places, and nothing else moves")
  func swappedBytes() throws {
    let folder = try TemporaryFolder()
    let row =
      #"{"id":7, "chosen" :"a", "chosen_model":"m", "margin": 1.50,"rejected":"\u0062","#
      + #" "rejected_model":null,"x":[1]}"#
    let swapped =
      #"{"id":7, "chosen" :"\u0062", "chosen_model":null, "margin": -1.50,"#
      + #""rejected":"a", "rejected_model":"m","x":[1]}"#
    let dataset = try Dataset.open(.file(try folder.write(row, to: "rows.jsonl")), mapping: .sides)
    try dataset.export(to: folder.file("out")) { _ in .swap }
    #expect(String(decoding: try folder.read("out"), as: UTF8.self) == swapped)
  }

  @Test("a row without a label to swap is said by its number, and nothing is written")
  func cannotSwapProblems() throws {
    let folder = try TemporaryFolder()
    let text = plainRow + "\n{\"prompt\":1}\n" + plainRow
    let dataset = try Dataset.open(.file(try folder.write(text, to: "rows.jsonl")))
    #expect(throws: ExportError.cannotSwap(row: 1)) {
      try dataset.export(to: folder.file("out")) { _ in .swap }
    }
    #expect(try folder.names() == ["rows.jsonl"])
  }

  @Test("the data set itself is never written over, by whatever name")
  func inputIsProtected() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(plainRow, to: "rows.jsonl")
    let dataset = try Dataset.open(.file(path))
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("link"), withDestinationPath: path)
    try FileManager.default.linkItem(atPath: path, toPath: folder.file("hard"))
    for name in [
      "rows.jsonl", "link", "hard", "../\(folder.path.split(separator: "/").last ?? "")/rows.jsonl",
    ] {
      #expect(throws: ExportError.isInput) {
        try dataset.export(to: folder.file(name)) { _ in .asIs }
      }
    }
    #expect(try folder.read("rows.jsonl") == Array(plainRow.utf8))
  }

  @Test("a data set that changed since it was opened is not exported")
  func changedInputIsRefused() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(plainRow, to: "rows.jsonl")
    let dataset = try Dataset.open(.file(path))
    try folder.write(plainRow + "\n" + plainRow, to: "rows.jsonl")
    #expect(throws: ExportError.self) { try dataset.export(to: folder.file("out")) { _ in .asIs } }
    #expect(try folder.names() == ["rows.jsonl"])
  }

  @Test("an export that is cancelled leaves the old file and nothing else")
  func cancelling() throws {
    let folder = try TemporaryFolder()
    let text = String(repeating: plainRow + "\n", count: 60_000)
    let dataset = try Dataset.open(.file(try folder.write(text, to: "rows.jsonl")))
    try folder.write("old", to: "out")
    #expect(throws: ExportError.cancelled) {
      try dataset.export(to: folder.file("out"), observe: { _ in false }) { _ in .asIs }
    }
    #expect(try folder.read("out") == Array("old".utf8))
    #expect(try folder.names() == ["out", "rows.jsonl"])
  }

  /// The rows of an output file, found without the scanners under test.
  private func rows(of output: [UInt8], isArray: Bool) throws -> [[UInt8]] {
    let bytes = output.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(output.dropFirst(3)) : output
    guard isArray else {
      return bytes.split(separator: 0x0A).map(Array.init).filter { line in
        line.contains { ![0x20, 0x09, 0x0D].contains($0) }
      }
    }
    let root = try JSONDocument(lenient: bytes.span).root
    return root.children.map { Array(bytes[$0.span]) }
  }

  private func bracketsAndCommasAreRight(_ output: [UInt8], elements: Int) -> Bool {
    guard let document = try? JSONDocument(lenient: output.span) else { return false }
    return document.root.kind == .array && document.root.children.count == elements
  }
}

extension FieldMapping {
  static var sides: FieldMapping {
    FieldMapping(
      prompt: nil, chosen: FieldPath(key: "chosen"), rejected: FieldPath(key: "rejected"))
  }
}
