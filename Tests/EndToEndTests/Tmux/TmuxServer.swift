import Foundation
import Testing

/// The terminal UI in a tmux of its own: no configuration, no other session, and gone with the last
/// reference to it.
final class TmuxServer {
  /// Where tmux is, or nil where it is not installed.
  static let program = ["/usr/bin/tmux", "/usr/local/bin/tmux", "/bin/tmux"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  private let sandbox: Sandbox
  private let socket: String
  private var runCount = 0

  /// Starts a session of this size in which a shell runs `command`.
  init(_ sandbox: Sandbox, columns: Int = 80, rows: Int = 24, _ command: String) throws {
    self.sandbox = sandbox
    socket = sandbox.path(of: "home/tmux")
    try run(
      "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", command, ";",
      // What is on the screen can be read after the program has ended.
      "set-option", "-g", "remain-on-exit", "on")
  }

  // A server that has ended already is what is wanted.
  deinit { _ = try? run("kill-server") }

  /// Runs a tmux command, and gives what it prints.
  @discardableResult
  func run(_ words: String...) throws -> String {
    let tmux = try #require(Self.program)
    runCount += 1
    let (output, error) = (
      sandbox.path(of: "home/tmux-out-\(runCount)"), sandbox.path(of: "home/tmux-err-\(runCount)")
    )
    let process = try ChildProcess(
      [tmux, "-u", "-S", socket, "-f", "/dev/null"] + words, environment: sandbox.environment,
      folder: sandbox.path, streams: .init(output: output, error: error))
    let ending = try process.waitForEnding()
    let said = String(decoding: try sandbox.bytes(error), as: UTF8.self)
    try #require(ending == .exited(0), "tmux \(words): \(said)")
    return String(decoding: try sandbox.bytes(output), as: UTF8.self)
  }

  /// Types keys by their tmux names.
  func type(_ keys: String...) throws { for key in keys { try run("send-keys", key) } }

  var lines: [String] {
    get throws {
      try run("capture-pane", "-p").split(separator: "\n", omittingEmptySubsequences: false)
        .map(String.init)
    }
  }

  /// Looks at the screen until `holds` is true of its lines, which are given back.
  @discardableResult
  func wait(for what: String, until holds: ([String]) -> Bool) throws -> [String] {
    var last: [String] = []
    do {
      return try Deadline.standard.wait(for: what) {
        Deadline.pause(milliseconds: 20)
        last = try lines
        return holds(last) ? last : nil
      }
    } catch is Overdue {
      throw Overdue(what: "\(what) on\n\(last.joined(separator: "\n"))")
    }
  }

  @discardableResult
  func wait(for text: String) throws -> [String] {
    try wait(for: text) { lines in lines.contains { $0.contains(text) } }
  }

  /// The number in `row N` at the beginning of a pair's header.
  var shownRow: Int? {
    get throws {
      let words = try lines.first?.split(separator: " ") ?? []
      guard words.count > 1, words[0] == "row" else { return nil }
      return Int(words[1])
    }
  }

  /// Leaves the pair and the program, also while it works.
  func quit() throws {
    if try shownRow != nil {
      try type("q")
      try wait(for: "the queue") { !$0[0].hasPrefix(" row ") }
    }
    try type("q")
    try wait(for: "the end, or a question") { lines in
      lines.contains { $0.contains("Quit? y/n") } || !lines.contains { $0.contains("[saved]") }
    }
    if try lines.contains(where: { $0.contains("Quit? y/n") }) { try type("y") }
  }

  /// The process in the pane.
  var processID: Int32 {
    get throws {
      let printed = try run("display-message", "-p", "#{pane_pid}")
      return try #require(Int32(printed.split(separator: "\n").first ?? ""))
    }
  }
}
