import Foundation
import PreferenceData
import ReviewStore

/// A folder of a test's own, removed with the last reference to it.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "demur-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  var session: SessionFolder { SessionFolder(path: path) }

  /// The names in the folder, sorted.
  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }

  /// Writes `text` to the file `name`.
  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name))
  }

  deinit {
    try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    try? FileManager.default.removeItem(atPath: path)
  }
}

extension SessionLock {
  static func acquire(in folder: SessionFolder) throws -> SessionLock {
    try acquire(
      in: folder,
      holder: LockHolder(
        annotator: try GeneratedReview.annotator(0), host: "here", processID: 4711,
        sinceMillisecondsSince1970: 1_800_000_000_123))
  }
}

extension ReviewJournal {
  static func openForWriting(_ folder: SessionFolder, newSeed: UInt64 = 7) throws -> ReviewJournal {
    try open(folder: folder, access: .write(.acquire(in: folder)), newSeed: newSeed)
  }
}
