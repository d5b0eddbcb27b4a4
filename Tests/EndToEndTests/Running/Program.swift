import Foundation

/// The binary under test, which the build puts beside the bundle of tests.
enum Program {
  struct Missing: Error {
    let path: String
  }

  static var path: String {
    get throws {
      let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      let path = bundle.deletingLastPathComponent().appendingPathComponent("demur").path
      guard FileManager.default.isExecutableFile(atPath: path) else { throw Missing(path: path) }
      return path
    }
  }
}
