import Testing

/// What terminals of different abilities are sent.
@Suite("Kinds of terminal")
struct ColourTests {
  /// The parameters of every SGR sequence in `bytes`.
  private func styles(_ bytes: [UInt8]) -> [[Int]] {
    String(decoding: bytes, as: UTF8.self).matches(of: /\u{1B}\[([0-9;:]*)m/).map { match in
      match.1.split(whereSeparator: { $0 == ";" || $0 == ":" }).compactMap { Int($0) }
    }
  }

  /// Opens, looks at every screen, decides, leaves; all that was sent.
  private func visit(_ sandbox: Sandbox, _ words: [String] = []) throws -> [UInt8] {
    let interface = try Interface(sandbox, [try sandbox.sample()] + words)
    try interface.terminal.wait(for: "[scan done]")
    #expect(interface.screen.isStyled(row: 3), "the cursor is seen")
    try interface.openPair()
    try interface.decide("a")
    interface.type("K")
    try interface.terminal.wait(for: "the decided pair") { $0.contains("better") }
    interface.type("e")
    try interface.terminal.wait(for: "evidence")
    interface.type("?")
    try interface.terminal.wait(for: "help")
    interface.type("\u{1B}")
    try interface.terminal.wait(for: "no help") { !$0.contains("─ help") }
    try interface.quit()
    return interface.terminal.transcript
  }

  @Test("with NO_COLOR no colour is ever sent, and the cursor is still seen")
  func noColor() throws {
    let sandbox = try Sandbox()
    sandbox.environment["NO_COLOR"] = "1"
    let styles = styles(try visit(sandbox))
    #expect(!styles.isEmpty)
    #expect(styles.joined().allSatisfy { !(30...49).contains($0) && !(90...107).contains($0) })
  }

  @Test("without it, colours are sent: the test above can fail")
  func colours() throws {
    let styles = styles(try visit(try Sandbox()))
    #expect(styles.contains { $0.contains(38) || $0.contains(48) })
  }

  @Test("an empty NO_COLOR is none, and --color=never needs no variable")
  func choices() throws {
    let sandbox = try Sandbox()
    sandbox.environment["NO_COLOR"] = ""
    #expect(styles(try visit(sandbox)).contains { $0.contains(38) })
    let never = try visit(try Sandbox(), ["--color", "never"])
    #expect(!styles(never).joined().contains { (30...49).contains($0) })
  }

  @Test(
    "a terminal that cannot be drawn on is refused in one sentence",
    arguments: ["nosuch", "", nil])
  func refused(type: String?) throws {
    let sandbox = try Sandbox()
    sandbox.environment["TERM"] = type
    let interface = try Interface(sandbox, [try sandbox.sample()])
    #expect(try interface.waitForEnding() == .exited(2))
    try expectOneSentence(try interface.errors())
    #expect(interface.terminal.transcript.isEmpty)
    interface.expectRestored()
  }

  @Test(
    "terminals with few abilities work", arguments: ["vt100", "linux", "screen", "tmux-256color"])
  func others(type: String) throws {
    let sandbox = try Sandbox()
    sandbox.environment["TERM"] = type
    let interface = try Interface.scanned(sandbox, try sandbox.sample())
    try interface.openPair()
    try interface.decide("a")
    interface.type("gqq")
    #expect(try interface.waitForEnding() == .exited(0))
    #expect(interface.terminal.settings == interface.settingsBefore)
  }

  @Test("where the locale is not UTF-8, the screen still is, and nothing crashes")
  func plainLocale() throws {
    let sandbox = try Sandbox()
    sandbox.environment["LANG"] = "C"
    let interface = try Interface.scanned(sandbox, try sandbox.sample())
    try interface.openPair()
    try interface.quit()
  }

  @Test("text that tries to drive the terminal is shown as marks")
  func hostile() throws {
    let sandbox = try Sandbox()
    let row = #"""
      {"prompt":"go \u001b]0;pwned\u0007\u001b[2J\u001b[?1049l\u202e now \u009b31m","chosen":"a \u001b[31mred\u001b[8m","rejected":"b\u0000\u0008\u0008 plain"}
      """#
    try sandbox.write(Array(repeating: row + "\n", count: 3).joined(), to: "hostile.jsonl")
    let interface = try Interface(sandbox, ["hostile.jsonl"])
    try interface.terminal.wait(for: "3 rows")
    try interface.openPair()
    #expect(interface.screen.contains("<U+202E>"))
    #expect(interface.screen.contains("^[["))
    #expect(interface.screen.modes.isAlternateScreen)
    let sent = String(decoding: interface.terminal.transcript, as: UTF8.self)
    #expect(!sent.contains("\u{1B}]0;"))
    #expect(!sent.contains("\u{1B}[8m"))
    #expect(!sent.unicodeScalars.contains("\u{202E}"))
    #expect(!sent.unicodeScalars.contains("\u{9B}"))
    try interface.expectConsistent()
    try interface.quit()
  }
}
