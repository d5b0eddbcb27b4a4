import Foundation
import Testing

@testable import DatasetFiles

@Suite("Atomic files")
struct AtomicFileTests {
  @Test("before the commit the old file stands, after it the new one")
  func oldOrNew() throws {
    let folder = try TemporaryFolder()
    try folder.write("old", to: "file")
    let file = try AtomicFile(path: folder.file("file"))
    try file.write("ne")
    try file.write(Array("w".utf8).span)
    #expect(try folder.read("file") == Array("old".utf8))
    let written = try file.commit()
    #expect(try folder.read("file") == Array("new".utf8))
    #expect(try folder.names() == ["file"])
    // sha256sum of "new" (GNU coreutils 9.1).
    #expect(
      written
        == .init(
          byteCount: 3, sha256: "11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437"))
  }

  @Test("a file that is given up leaves nothing")
  func givenUp() throws {
    let folder = try TemporaryFolder()
    do {
      let file = try AtomicFile(path: folder.file("file"))
      try file.write("half")
    }
    #expect(try folder.names() == [])
  }

  @Test("two writers of one name exclude each other, and the next one may")
  func writersExcludeEachOther() throws {
    let folder = try TemporaryFolder()
    let first = try AtomicFile(path: folder.file("file"))
    #expect(throws: ExportError.busy) { try AtomicFile(path: folder.file("file")) }
    try first.write("first")
    try first.commit()
    let second = try AtomicFile(path: folder.file("file"))
    try second.write("second")
    try second.commit()
    #expect(try folder.read("file") == Array("second".utf8))
  }

  @Test("what a killed writer left is taken over")
  func leftoversAreTakenOver() throws {
    let folder = try TemporaryFolder()
    try folder.write("a much longer half of a file", to: ".file.demur-partial")
    let file = try AtomicFile(path: folder.file("file"))
    try file.write("new")
    try file.commit()
    #expect(try folder.read("file") == Array("new".utf8))
    #expect(try folder.names() == ["file"])
  }

  @Test("the permissions of the replaced file stay, and so does a symbolic link")
  func replacedFileKeepsItsPlace() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("old", to: "file")
    unsafe chmod(path, 0o640)
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("link"), withDestinationPath: path)
    let file = try AtomicFile(path: folder.file("link"))
    try file.write("new")
    try file.commit()
    #expect(try folder.read("file") == Array("new".utf8))
    let kind = try FileManager.default.attributesOfItem(atPath: folder.file("link"))[.type]
    #expect(kind as? FileAttributeType == .typeSymbolicLink)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
    #expect(mode as? Int == 0o640)
  }

  @Test("what cannot be written to is said before a byte is written")
  func refusals() throws {
    let folder = try TemporaryFolder()
    #expect(throws: ExportError.isFolder) { try AtomicFile(path: folder.path) }
    #expect(throws: ExportError.folderMissing) { try AtomicFile(path: folder.file("none/file")) }
    #expect(throws: ExportError.notRegularFile) { try AtomicFile(path: "/dev/null") }
    #expect(throws: ExportError.unsupportedCompression("zst")) {
      try AtomicFile(path: folder.file("file.jsonl.zst"))
    }
    #expect(try folder.names() == [])
  }

  @Test("a full disk is said as such, and the old file stands")
  func fullDisk() throws {
    guard FileManager.default.isWritableFile(atPath: "/dev/full") else {
      print("skipped: no /dev/full here")
      return
    }
    let full = try OpenFile(path: "/dev/full", flags: O_WRONLY)
    let failure = #expect(throws: SystemFailure.self) { try full.write([1, 2, 3].span) }
    #expect(failure.map(ExportError.init) == .diskFull)
  }

  @Test("a name in .gz is compressed, and unpacks to what was written", arguments: 0..<8)
  func gzipByName(seed: Int) throws {
    let folder = try TemporaryFolder()
    var random = SeededGenerator(seed: seed)
    let file = try AtomicFile(path: folder.file("file.gz"))
    var expected: [UInt8] = []
    for _ in 0..<Int.random(in: 0..<40, using: &random) {
      let part = (0..<Int.random(in: 0..<9000, using: &random)).map { _ in
        UInt8.random(in: 0...(seed.isMultiple(of: 2) ? 3 : 255), using: &random)
      }
      try file.write(part.span)
      expected += part
    }
    let written = try file.commit()
    #expect(try folder.read("file.gz").count == written.byteCount)
    #expect(try unpacked(folder.file("file.gz")) == expected)
  }

  private func unpacked(_ path: String) throws -> [UInt8] {
    let file = try OpenFile(path: path, flags: O_RDONLY)
    let source = UnpackedSource(ByteSource(file, size: try file.status().fingerprint.size))
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 777)
    while true {
      let count = try source.read(into: &buffer)
      guard count > 0 else { return all }
      all += buffer[..<count]
    }
  }
}
