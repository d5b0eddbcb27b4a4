import Foundation

/// A folder of one test, gone with it.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array((NSTemporaryDirectory() + "/demur-files-XXXXXX").utf8CString)
    guard unsafe mkdtemp(&template) != nil else { throw CocoaError(.fileWriteUnknown) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      print("a test folder stays behind: \(error)")
    }
  }

  @discardableResult
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
    return file(name)
  }

  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try write(Array(text.utf8), to: name)
  }

  func read(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: file(name))))
  }

  func file(_ name: String) -> String { path + "/" + name }

  /// The names in the folder, hidden ones too.
  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }
}

/// Where the shared data lies, or nil with a word on what is skipped.
func sharedData(_ folder: String) -> String? {
  guard let shared = ProcessInfo.processInfo.environment["DEMUR_SHARED"] else {
    print("skipped: DEMUR_SHARED is not set, so there is no \(folder)")
    return nil
  }
  return shared + "/data/" + folder
}
