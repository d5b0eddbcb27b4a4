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
    #expect(throws: ExportError.unsupportedCompression("parquet")) {
      try AtomicFile(path: folder.file("file.parquet"))
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
}
