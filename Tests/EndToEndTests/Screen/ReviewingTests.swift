import Testing

/// The main job on a real terminal: open, look, decide, leave, come back.
@Suite("Reviewing on a terminal")
struct ReviewingTests {
  @Test(
    "the queue appears, the scan sorts it, three keys decide three pairs, q leaves a clean terminal"
  )
  func decideThree() throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample()
    let interface = try Interface.scanned(sandbox, file)
    #expect(interface.screen.lines[0].hasPrefix(" support-chat.jsonl  62 rows"))
    try interface.terminal.wait(for: "order: most suspicious first")
    #expect(interface.screen.modes.isAlternateScreen)
    let worst = try sandbox.done("ls", file, "--json", "-n", "3").lines.map {
      try #require(JSONFragment($0)["row"]?.integer)
    }

    try interface.openPair()
    let decided = try ["a", "B", "t"].map { try interface.decide($0) }
    #expect(decided == worst)
    try interface.terminal.wait(for: "3 of 62 decided")
    #expect(try sandbox.loggedDecisions(of: file).map { $0["row"]?.integer } == decided)
    try interface.quit()

    let log = try sandbox.loggedDecisions(of: file)
    #expect(log.map { $0["row"]?.integer } == decided)
    #expect(log[1]["strength"]?.integer == 2)
    #expect(log[2]["decision"]?.string == "tie")
    #expect(log.allSatisfy { $0["annotator"]?.string == "kim" })
  }

  @Test("after kill -9 the same pair is shown again, and undo and redo go on where they were")
  func resume() throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample()
    var interface = try Interface.scanned(sandbox, file)
    try interface.openPair()
    let decided = try ["b", "a", "x"].map { try interface.decide($0) }
    let pair = try #require(interface.shownRow)
    try interface.terminal.wait(for: "[saved]")
    interface.process.signal(9)
    #expect(try interface.waitForEnding() == .killed(by: 9))

    interface = try Interface.scanned(sandbox, file)
    try interface.openPair()
    #expect(interface.shownRow == pair)
    #expect(interface.shownCount == 3)
    for (count, row) in [(2, decided[2]), (1, decided[1])] {
      interface.type("u")
      try interface.terminal.wait(for: "the undo of row \(row)") { _ in
        interface.shownCount == count && interface.shownRow == row
      }
    }
    for row in decided.dropFirst() {
      interface.type("U")
      try interface.terminal.wait(for: "row \(row): redone")
      #expect(interface.shownRow == row)
    }
    try interface.quit()
    let log = try sandbox.loggedDecisions(of: file)
    #expect(log.map { $0["row"]?.integer } == decided)
    #expect(log.allSatisfy { $0["undone"] == nil })
  }

  @Test("a data set on standard input is reviewed with keys from the terminal")
  func standardInput() throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample("assistant.jsonl")
    for previous in 0..<2 {
      let interface = try Interface(sandbox, ["-"], input: sandbox.path(of: file))
      try interface.terminal.wait(for: "[scan done]")
      if previous == 0 { #expect(interface.screen.lines[0].hasPrefix(" standard input ")) }
      try interface.openPair()
      #expect(interface.shownCount == previous)
      try interface.decide("a")
      try interface.quit()
    }
    // The review of a stream is found again by its content.
    let log = try sandbox.done("log", "-", "--jsonl", input: sandbox.path(of: file))
    #expect(log.lines.count == 2)
  }

  @Test("a note typed on a pair is saved with the decision, and none of its letters decides")
  func note() throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample()
    let interface = try Interface.scanned(sandbox, file)
    try interface.openPair()
    let row = try #require(interface.shownRow)
    interface.type("i")
    interface.type("bad tax advice \u{65E5}\u{672C}")
    try interface.terminal.wait(for: "bad tax advice \u{65E5}\u{672C}")
    interface.type("\r")
    #expect(interface.shownRow == row)
    try interface.decide("d")
    try interface.quit()
    let log = try sandbox.loggedDecisions(of: file)
    #expect(log.count == 1)
    #expect(log[0]["decision"]?.string == "drop")
    #expect(log[0]["note"]?.string == "bad tax advice \u{65E5}\u{672C}")
  }

  @Test("the export from the screen is the one that the command writes")
  func export() throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample()
    let interface = try Interface.scanned(sandbox, file)
    try interface.openPair()
    for key in ["a", "b", "a", "d", "t"] { try interface.decide(key) }
    interface.type("E")
    try interface.terminal.wait(for: "─ export ─")
    interface.type("\r")
    try interface.terminal.wait(for: "62 in, 60 out")
    interface.type("\r")
    try interface.terminal.wait(for: "wrote ")
    interface.type("\u{1B}")
    try interface.terminal.wait(for: "the box to close") { !$0.contains("─ export ─") }
    try interface.quit()
    try sandbox.done("export", file, "-o", "command.jsonl")
    #expect(
      try sandbox.bytes("support-chat.clean.jsonl") == sandbox.bytes("command.jsonl"))
  }
}
