import Foundation
import PreferenceData
import Testing

@testable import DatasetFiles

let compressions = DatasetContainer.Compression.allCases

/// `bytes` as one member of a compressed file.
func packed(
  _ bytes: [UInt8], _ compression: DatasetContainer.Compression, _ folder: TemporaryFolder
) throws -> [UInt8] {
  let name = "packed." + compression.rawValue
  let file = try AtomicFile(path: folder.file(name))
  try file.write(bytes.span)
  try file.commit()
  return try folder.read(name)
}

@Suite("Compression")
struct CompressionTests {
  @Test(
    "a name in .gz, .zst or .xz is compressed, and unpacks to what was written",
    arguments: compressions, 0..<8)
  func byName(compression: DatasetContainer.Compression, seed: Int) throws {
    let folder = try TemporaryFolder()
    var random = SeededGenerator(seed: seed)
    let file = try AtomicFile(path: folder.file("file." + compression.rawValue))
    var expected: [UInt8] = []
    for _ in 0..<Int.random(in: 0..<40, using: &random) {
      let part = (0..<Int.random(in: 0..<9000, using: &random)).map { _ in
        UInt8.random(in: 0...(seed.isMultiple(of: 2) ? 3 : 255), using: &random)
      }
      try file.write(part.span)
      expected += part
    }
    let written = try file.commit()
    let packed = try folder.read("file." + compression.rawValue)
    #expect(packed.count == written.byteCount)
    #expect(ContentKind(packed) == .compressed(compression))
    let unpacked = try unpack(packed, compression, folder)
    #expect(unpacked.bytes == expected)
    #expect(unpacked.failure == nil)
  }

  @Test(
    "a compressed file has the rows of the plain one, in one member or many",
    arguments: compressions, 0..<8)
  func membersFollowEachOther(compression: DatasetContainer.Compression, seed: Int) throws {
    let folder = try TemporaryFolder()
    var odd = OddRows(seed: seed)
    let (file, rows) = odd.lines(count: 40)
    var members: [UInt8] = []
    var done = 0
    while done < file.count {
      let end = min(file.count, done + Int.random(in: 3..<900, using: &odd.random))
      members += try packed(Array(file[done..<end]), compression, folder)
      done = end
    }
    if seed.isMultiple(of: 2), compression != .zstd { members += [0, 0, 0, 0] }
    let path = try folder.write(members, to: "rows.jsonl." + compression.rawValue)
    let dataset = try Dataset.open(.file(path), mapping: .plain)
    #expect(dataset.container.description == "jsonl." + compression.rawValue)
    #expect(dataset.rowCount == rows.count)
    #expect(dataset.byteCount == file.count)
    try dataset.export(to: folder.file("out." + compression.rawValue)) { _ in .asIs }
    #expect(
      try unpack(folder.read("out." + compression.rawValue), compression, folder).bytes == file)
  }

  @Test(
    "wherever a compressed file is cut off, its whole rows stay, and the loss is a problem",
    arguments: compressions, 0..<8)
  func cutOffFiles(compression: DatasetContainer.Compression, seed: Int) throws {
    let folder = try TemporaryFolder()
    var random = SeededGenerator(seed: seed)
    // Random words: what cannot be packed much is written in many blocks.
    let rows = (0..<20_000).map { _ in
      plainRow.replacing("blue", with: String(random.next(), radix: 36))
    }
    let whole = try packed(
      Array(rows.map { $0 + "\n" }.joined().utf8), compression, folder)
    // Smaller than the first block there is nothing to read.
    let cut = Int.random(in: (whole.count * 9 / 10)..<whole.count, using: &random)
    let path = try folder.write(Array(whole[..<cut]), to: "cut")
    let dataset = try Dataset.open(.file(path))
    let last = dataset.rowCount - 1
    #expect(dataset.row(at: last).problem?.reason == .damaged)
    #expect(dataset.row(at: last).problem?.line == last + 1)
    var read = 0
    while read < last, try dataset.rowBytes(read) == Array(rows[read].utf8) { read += 1 }
    // At most the row in which the data ends is not whole.
    #expect(read >= last - 1 && read > 0)
    if read < last { #expect(dataset.row(at: read).problem?.reason == .truncated) }
    try dataset.export(to: folder.file("out")) { _ in .asIs }
    #expect(try folder.read("out").count == dataset.byteCount)
  }

  @Test("a checksum that does not fit is damage, and so are bytes behind the end")
  func damagedEnds() throws {
    let folder = try TemporaryFolder()
    let text = Array((plainRow + "\n" + plainRow + "\n").utf8)
    for compression in compressions {
      let packed = try packed(text, compression, folder)
      for bytes in [Array(packed.dropLast(3)), packed + [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]] {
        let dataset = try Dataset.open(.file(try folder.write(bytes, to: "damaged")))
        #expect(dataset.rowCount == 3)
        #expect(dataset.row(at: 1).problem == nil)
        #expect(dataset.row(at: 2).problem?.reason == .damaged)
      }
    }
  }

  private func unpack(
    _ bytes: [UInt8], _ compression: DatasetContainer.Compression, _ folder: TemporaryFolder
  ) throws -> (bytes: [UInt8], failure: DatasetReadError?) {
    let file = try OpenFile(path: try folder.write(bytes, to: "to unpack"), flags: O_RDONLY)
    let source = UnpackedSource(ByteSource(file, size: bytes.count), compression)
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 777)
    while true {
      let count = try source.read(into: &buffer)
      guard count > 0 else { return (all, source.failure) }
      all += buffer[..<count]
    }
  }
}
