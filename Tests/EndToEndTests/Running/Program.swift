import Foundation

/// The binary under test: the one that DEMUR_PROGRAM names, else that which the build puts beside the
/// bundle of tests.
enum Program {
  struct Missing: Error {
    let path: String
  }

  static var path: String {
    get throws {
      if let named = ProcessInfo.processInfo.environment["DEMUR_PROGRAM"] { return named }
      let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      let path = bundle.deletingLastPathComponent().appendingPathComponent("demur").path
      guard FileManager.default.isExecutableFile(atPath: path) else { throw Missing(path: path) }
      return path
    }
  }
}
