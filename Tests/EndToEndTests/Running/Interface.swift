import Glibc
import Testing

/// The terminal UI, running on a pseudo-terminal.
final class Interface {
  let terminal: PseudoTerminal
  let process: ChildProcess
  let settingsBefore: [UInt8]
  private let sandbox: Sandbox
  private let errorPath: String

  /// Starts `demur` with `arguments`; `words` before them are a program that starts it under other
  /// conditions.
  init(
    _ sandbox: Sandbox, _ arguments: [String], columns: Int = 80, rows: Int = 24,
    input: String? = nil, before words: [String] = []
  ) throws {
    self.sandbox = sandbox
    terminal = try PseudoTerminal(columns: columns, rows: rows)
    settingsBefore = terminal.settings
    errorPath = sandbox.path(of: "home/screen-errors")
    process = try ChildProcess(
      words + [try Program.path] + arguments, environment: sandbox.environment,
      folder: sandbox.path,
      streams: .init(input: input ?? terminal.path, output: terminal.path, error: errorPath))
  }

  /// Starts it on `file` and waits until the first scan has sorted the queue.
  static func scanned(
    _ sandbox: Sandbox, _ file: String, columns: Int = 80, rows: Int = 24
  ) throws -> Interface {
    let interface = try Interface(sandbox, [file], columns: columns, rows: rows)
    try interface.terminal.wait(for: "[scan done]")
    try interface.terminal.wait(for: "[saved]")
    return interface
  }

  var screen: VirtualScreen { terminal.screen }

  func type(_ keys: String) { terminal.type(keys) }

  /// What it wrote to standard error.
  func errors() throws -> String { String(decoding: try sandbox.bytes(errorPath), as: UTF8.self) }

  /// The number in `row N` at the beginning of a pair's header.
  var shownRow: Int? {
    let words = screen.line(0).split(separator: " ")
    guard words.count > 1, words[0] == "row" else { return nil }
    return Int(words[1])
  }

  /// The number of decisions that the screen counts.
  var shownCount: Int? {
    for line in screen.lines.prefix(2) {
      let words = line.split(separator: " ")
      if let place = words.firstIndex(of: "decided"), place >= 3, words[place - 2] == "of" {
        return Int(words[place - 3])
      }
    }
    return nil
  }

  /// Opens the pair under the queue's cursor, unless a pair is in view: a review that is taken up
  /// again begins with the pair where it was left.
  func openPair() throws {
    if shownRow == nil { type("\r") }
    try terminal.wait(for: "a pair") { [self] _ in shownRow != nil }
  }

  /// Types a key that decides about the pair on screen, waits until the next one is there, and gives
  /// the row that was decided.
  @discardableResult
  func decide(_ key: String) throws -> Int {
    let row = try #require(shownRow)
    type(key)
    try terminal.wait(for: "the pair behind row \(row)") { [self] _ in
      shownRow != nil && shownRow != row
    }
    return row
  }

  /// Whether it asks a question before it ends, as it does while a scan runs.
  private func asksBeforeEnding() throws -> Bool {
    try Deadline.standard.wait(for: "the end or a question") {
      terminal.read(waiting: 2)
      if screen.contains("y/n") { return true }
      return process.endingSoFar() == nil ? nil : false
    }
  }

  /// Waits for the end of the process, showing what it writes meanwhile.
  func waitForEnding() throws -> ChildProcess.Ending {
    let ending = try Deadline.standard.wait(for: "the end of the UI; it shows\n\(screen.text)") {
      terminal.read(waiting: 2)
      return process.endingSoFar()
    }
    terminal.readAll()
    return ending
  }

  /// Holds that the terminal is as it was before.
  func expectRestored(sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(terminal.settings == settingsBefore, "termios", sourceLocation: sourceLocation)
    #expect(screen.modes == VirtualScreen.Modes(), sourceLocation: sourceLocation)
  }

  /// Holds that the screen, made of many small changes, is the one that drawing all of it gives. The
  /// line of messages is left out: the key that asks for the drawing ends what it said.
  func expectConsistent() throws {
    func rows(_ screen: VirtualScreen) -> [String] {
      var lines = screen.lines
      lines.remove(at: max(0, lines.count - 2))
      return lines
    }
    let witness = VirtualScreen(columns: screen.columns, rows: screen.rows)
    terminal.witness = witness
    defer { terminal.witness = nil }
    type("\u{0C}")
    try terminal.wait(for: "a full drawing that is the same; that is\n\(witness.text)\n--") {
      rows($0) == rows(witness)
    }
  }

  /// Leaves by `q` from the queue or a pair, and holds that this is clean.
  func quit(sourceLocation: SourceLocation = #_sourceLocation) throws {
    type(shownRow == nil ? "q" : "gqq")
    if try asksBeforeEnding() { type("y") }
    #expect(try waitForEnding() == .exited(0), sourceLocation: sourceLocation)
    expectRestored(sourceLocation: sourceLocation)
    #expect(try errors() == "", sourceLocation: sourceLocation)
  }
}
