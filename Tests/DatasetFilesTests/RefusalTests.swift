import Foundation
import PreferenceData
import Testing

@testable import DatasetFiles

@Suite("What is refused, and how")
struct RefusalTests {
  private func refusal(
    of content: String, named name: String = "rows.jsonl", mapping: FieldMapping? = nil,
    settings: DatasetReadSettings = .init()
  ) throws -> DatasetReadError? {
    try refusal(of: Array(content.utf8), named: name, mapping: mapping, settings: settings)
  }

  private func refusal(
    of content: [UInt8], named name: String = "rows.jsonl", mapping: FieldMapping? = nil,
    settings: DatasetReadSettings = .init()
  ) throws -> DatasetReadError? {
    let folder = try TemporaryFolder()
    let path = try folder.write(content, to: name)
    do throws(DatasetReadError) {
      _ = try Dataset.open(.file(path), mapping: mapping, settings: settings)
      return nil
    } catch {
      return error
    }
  }

  @Test("no file, no bytes, no rows, a folder")
  func nothingThere() throws {
    let folder = try TemporaryFolder()
    #expect(throws: DatasetReadError.missing) { try Dataset.open(.file(folder.file("none"))) }
    #expect(throws: DatasetReadError.noDataFiles) { try Dataset.open(.file(folder.path)) }
    #expect(try refusal(of: "") == .empty)
    #expect(try refusal(of: "\n\r\n  \n") == .noRows)
    #expect(try refusal(of: " [ ] ") == .noRows)
  }

  @Test("a file that may not be read")
  func unreadable() throws {
    guard geteuid() != 0 else {
      print("skipped: everything may be read by root")
      return
    }
    let folder = try TemporaryFolder()
    let path = try folder.write(plainRow, to: "rows.jsonl")
    unsafe chmod(path, 0)
    #expect(throws: DatasetReadError.notPermitted) { try Dataset.open(.file(path)) }
  }

  @Test("other containers are named, and unknown bytes are not text")
  func otherContainers() throws {
    #expect(try refusal(of: "version https://git-lfs.github.com/spec/v1\noid") == .gitLFSPointer)
    #expect(try refusal(of: "PAR1....") == .duckDB(.missing))
    #expect(try refusal(of: "ARROW1..") == .duckDB(.missing))
    #expect(try refusal(of: [0xFF, 0xFF, 0xFF, 0xFF, 8, 0]) == .duckDB(.missing))
    #expect(try refusal(of: [0xFF, 0xFE, 0x7B, 0x00]) == .unsupported(container: "utf-16"))
    #expect(try refusal(of: [0x7F, 0x45, 0x4C, 0x46, 0, 0, 0]) == .notText)
  }

  @Test("compressed data without a whole row, or no text inside", arguments: compressions)
  func badCompression(compression: DatasetContainer.Compression) throws {
    let folder = try TemporaryFolder()
    let packed = try packed(Array((plainRow + "\n").utf8), compression, folder)
    guard case .damagedCompression = try refusal(of: Array(packed.prefix(packed.count / 3))) else {
      Issue.record("a third of a file holds no row")
      return
    }
    func inside(_ bytes: [UInt8]) throws -> DatasetReadError? {
      try refusal(of: try DatasetFilesTests.packed(bytes, compression, folder))
    }
    #expect(try inside([1, 0, 2, 0]) == .notText)
    #expect(try inside([]) == .empty)
    #expect(try inside(Array("PAR1....".utf8)) == .unsupported(container: "parquet"))
    #expect(
      try inside(try DatasetFilesTests.packed([1, 2, 3], .gzip, folder))
        == .unsupported(container: "gz"))
  }

  @Test("a stream that takes much memory to unpack is not unpacked")
  func wideWindow() throws {
    // RFC 8878, section 3.1.1: a frame header whose window descriptor asks for 2 GiB.
    let frame: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0xA8, 0x09, 0, 0, 0x41]
    #expect(try refusal(of: frame) == .unpackingTakesMemory(limit: 128 << 20))
  }

  @Test("rows without pairs list their keys and never their text")
  func noPairs() throws {
    guard case .noPairs(let seen) = try refusal(of: #"{"secret key":"secret text"}"#) else {
      Issue.record("a row without sides holds no pair")
      return
    }
    #expect(seen.keys.map(\.name) == ["secret key"])
    #expect(!"\(seen)".contains("secret text"))
    guard case .noPairs(let lines) = try refusal(of: "some prose\nand more") else {
      Issue.record("prose holds no pair")
      return
    }
    #expect(lines.objectCount == 0)
    #expect(lines.rowCount == 2)
  }

  @Test("a file of two formats is unclear")
  func twoFormats() throws {
    let other =
      #"{"chosen":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],"#
      + #""rejected":[{"role":"user","content":"q"},{"role":"assistant","content":"b"}]}"#
    let text = (0..<40).map { $0 % 2 == 0 ? plainRow : other }.joined(separator: "\n")
    guard case .unclearFormat(let seen) = try refusal(of: text) else {
      Issue.record("half of the rows have another shape")
      return
    }
    #expect(seen.readings.map(\.fitting) == [20, 20])
  }

  @Test("what stands behind an array is not silently lost")
  func contentBehindArray() throws {
    #expect(try refusal(of: "[\(plainRow)]\n[\(plainRow)]") == .contentBehindArray(line: 2))
  }

  @Test("a spool has a bound")
  func spoolIsBounded() throws {
    let folder = try TemporaryFolder()
    let packed = try gzipped(Array(String(repeating: plainRow + "\n", count: 900).utf8), folder)
    #expect(
      try refusal(of: packed, settings: .init(spoolLimit: 10_000)) == .spoolTooLarge(limit: 10_000))
    #expect(
      try refusal(of: packed, settings: .init(spoolReserve: .max))
        == .spoolDiskFull(folder: "/var/tmp"))
  }

  @Test("opening ends when it is told to")
  func cancelling() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(plainRow, to: "rows.jsonl")
    #expect(throws: DatasetReadError.cancelled) {
      try Dataset.open(.file(path), observe: { _ in false })
    }
  }
}
