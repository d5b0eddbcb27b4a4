import Foundation
import Testing

@testable import DatasetFiles

@Suite("Bytes of many rows")
struct ByteReadingTests {
  @Test(
    "rows read together have the bytes that they have alone, whichever they are and however packed",
    arguments: 0..<8, ["rows.jsonl", "rows.jsonl.gz", "folder"])
  func bytes(seed: Int, name: String) throws {
    let folder = try TemporaryFolder()
    var odd = OddRows(seed: seed)
    let file = odd.lines(count: 60, brokenShare: 0.1).file
    let other = odd.array(count: 20).file
    let path = folder.path + "/" + name
    func write(_ bytes: [UInt8], _ name: String) throws {
      let output = try AtomicFile(path: folder.path + "/" + name)
      try output.write(bytes.span)
      try output.commit()
    }
    if name == "folder" {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: false)
      try write(file, "folder/a.jsonl")
      try write(other, "folder/b.json")
    } else {
      try write(file, name)
    }
    let dataset = try Dataset.open(.file(path))
    let rows = (0..<dataset.rowCount).filter { _ in odd.random.chance(0.6) }
    var read: [Int: [UInt8]] = [:]
    try dataset.visitBytes(of: rows[...]) { row, bytes in
      read[row] = bytes.indices.map { bytes[$0] }
    }
    #expect(read.keys.sorted() == rows)
    for row in rows { #expect(try dataset.rowBytes(row) == read[row]) }
  }
}
