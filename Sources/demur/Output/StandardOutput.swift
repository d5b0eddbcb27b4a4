import Foundation

/// Standard output for data, written in large pieces; a reader that goes away ends the program
/// quietly (SIGPIPE), a full disk is said.
struct StandardOutput: ~Copyable {
  private var pending = Data()

  init() {}

  /// Adds `line` and a line feed.
  mutating func line(_ line: String = "") throws {
    pending.append(contentsOf: line.utf8)
    pending.append(0x0A)
    if pending.count > 1 << 16 { try flush() }
  }

  /// Writes what is pending. To be called once more at the end.
  mutating func flush() throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: pending)
    } catch {
      throw Failure(
        .file, what: "standard output cannot be written", why: "\(error.localizedDescription)",
        remedy: "check the disk or the program that reads it")
    }
    pending.removeAll(keepingCapacity: true)
  }
}

/// Standard error for messages: never data.
enum StandardError {
  static func line(_ text: String) {
    write(text + "\n")
  }

  static func write(_ text: String) {
    // Nobody is left to tell where even standard error is gone.
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  static let isTerminal = isatty(2) == 1
}
