import Foundation
import PreferenceData
import Testing

@testable import DatasetFiles

@Suite("Files that change while they are open")
struct ChangeTests {
  private func opened(_ folder: TemporaryFolder, rows: Int = 5000) throws -> Dataset {
    let text = String(repeating: plainRow + "\n", count: rows)
    return try Dataset.open(.file(try folder.write(text, to: "rows.jsonl")))
  }

  @Test("what happened to the file is told apart")
  func changesAreNamed() throws {
    let folder = try TemporaryFolder()
    let dataset = try opened(folder)
    let path = folder.file("rows.jsonl")
    #expect(try dataset.change() == nil)
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("x\n".utf8))
    #expect(try dataset.change() == .appended(bytes: 2))
    try handle.truncate(atOffset: 100)
    #expect(try dataset.change() == .truncated(bytes: dataset.byteCount - 100))
    try handle.truncate(atOffset: UInt64(dataset.byteCount))
    #expect(try dataset.change() == .touched)
    try FileManager.default.removeItem(atPath: path)
    #expect(try dataset.change() == .removed)
    try folder.write(plainRow, to: "rows.jsonl")
    #expect(try dataset.change() == .replaced)
  }

  @Test("rows of a file that became shorter are problems, not a crash")
  func truncatedFile() throws {
    let folder = try TemporaryFolder()
    // Larger than all windows of the readers: what stands in one of them would still be read.
    let dataset = try opened(folder, rows: 200_000)
    let handle = try #require(FileHandle(forWritingAtPath: folder.file("rows.jsonl")))
    try handle.truncate(atOffset: 1000)
    let gone = 60_000
    #expect(dataset.row(at: 0).problem == nil)
    #expect(dataset.row(at: gone).problem?.reason == .truncated)
    #expect(throws: DatasetReadError.changedWhileReading) { try dataset.rowBytes(gone) }
    #expect(throws: DatasetReadError.changedWhileReading) { try dataset.contentDigest() }
  }

  @Test("rows of a file that was replaced or removed can still be read")
  func replacedFile() throws {
    let folder = try TemporaryFolder()
    let dataset = try opened(folder)
    let before = dataset.row(at: 4000)
    try FileManager.default.removeItem(atPath: folder.file("rows.jsonl"))
    #expect(dataset.row(at: 4000) == before)
  }
}
