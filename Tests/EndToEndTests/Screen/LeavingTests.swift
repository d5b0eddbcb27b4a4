import Glibc
import Testing

/// However the program ends, the terminal is given back as it was.
@Suite("Leaving a terminal")
struct LeavingTests {
  @Test(
    "a signal ends the program with its status, and the terminal is restored",
    arguments: [(SIGTERM, 143), (SIGHUP, 129), (SIGINT, 130)] as [(Int32, Int32)])
  func signals(number: Int32, status: Int32) throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample()
    let interface = try Interface.scanned(sandbox, file)
    try interface.openPair()
    let row = try interface.decide("a")
    #expect(interface.terminal.settings != interface.settingsBefore)
    interface.process.signal(number)
    #expect(try interface.waitForEnding() == .exited(status))
    interface.expectRestored()
    #expect(try sandbox.loggedDecisions(of: file).map { $0["row"]?.integer } == [row])
  }

  @Test(
    "a fatal signal restores the terminal and still kills the process",
    arguments: [SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP])
  func fatalSignals(number: Int32) throws {
    let sandbox = try Sandbox()
    let interface = try Interface.scanned(sandbox, try sandbox.sample())
    interface.process.signal(number)
    #expect(try interface.waitForEnding() == .killed(by: number))
    interface.expectRestored()
  }

  @Test("a terminal that goes away ends the program, and what was saved is there")
  func hangUp() throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample()
    let interface = try Interface.scanned(sandbox, file)
    try interface.openPair()
    let row = try interface.decide("b")
    interface.terminal.hangUp()
    #expect(try interface.process.waitForEnding() == .exited(129))
    #expect(try sandbox.loggedDecisions(of: file).map { $0["row"]?.integer } == [row])
  }

  /// How a person would stop the program.
  enum Stop: CaseIterable {
    case signal, key
  }

  @Test(
    "stopped and continued: the terminal is the shell's meanwhile, then the screen is back",
    arguments: Stop.allCases)
  func stopAndContinue(stop: Stop) throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample()
    // A shell with job control, as a person has: stops come back to it, `fg` continues.
    let script = """
      set -m
      "$0" "$@"
      echo "shell: stopped $?"
      read line
      fg >/dev/null
      echo "shell: ended $?"
      """
    let interface = try Interface(
      sandbox, [file], before: ["/bin/sh", "-c", script])
    try interface.terminal.wait(for: "[scan done]")
    try interface.openPair()
    let pair = interface.shownRow
    switch stop {
    case .signal: kill(-interface.terminal.foregroundGroup, SIGTSTP)
    case .key: interface.type("\u{1A}")
    }
    try interface.terminal.wait(for: "shell: stopped")
    interface.expectRestored()

    interface.type("\n")
    try interface.terminal.wait(for: "the pair again") { _ in interface.shownRow == pair }
    #expect(interface.screen.modes.isAlternateScreen)
    try interface.decide("a")
    try interface.expectConsistent()
    interface.type("gqq")
    try interface.terminal.wait(for: "shell: ended 0")
    #expect(try interface.waitForEnding() == .exited(0))
    interface.expectRestored()
  }

  @Test("Ctrl-C asks before it ends, and takes no for an answer")
  func interrupt() throws {
    let sandbox = try Sandbox()
    let interface = try Interface.scanned(sandbox, try sandbox.sample())
    interface.type("\u{03}")
    try interface.terminal.wait(for: "Quit? y/n")
    interface.type("n")
    try interface.terminal.wait(for: "no question") { !$0.contains("Quit? y/n") }
    interface.type("\u{03}")
    try interface.terminal.wait(for: "Quit? y/n")
    interface.type("y")
    #expect(try interface.waitForEnding() == .exited(0))
    interface.expectRestored()
  }
}
