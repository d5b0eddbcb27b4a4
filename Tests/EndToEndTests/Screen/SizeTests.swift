import Testing

/// Windows of every size, changed at any moment.
@Suite("Sizes of the terminal")
struct SizeTests {
  @Test("through every size and back the screen is what a full drawing gives, and the pair stays")
  func resize() throws {
    let sandbox = try Sandbox()
    let interface = try Interface.scanned(sandbox, try sandbox.sample())
    try interface.openPair()
    let pair = interface.shownRow
    for (columns, rows) in [(40, 10), (80, 24), (160, 48), (1, 1), (120, 12), (41, 40), (80, 24)] {
      interface.terminal.resize(columns: columns, rows: rows)
      if columns < 40 {
        try interface.terminal.wait(for: "the notice") { $0.text == "s" }
      } else {
        try interface.terminal.wait(for: "row \(pair ?? -1) at \(columns)x\(rows)") { screen in
          interface.shownRow == pair && screen.lines[rows - 1].contains("a/b")
            && screen.lines[0].contains("saved")
        }
        try interface.expectConsistent()
      }
    }
    try interface.quit()
  }

  @Test("a burst of sizes ends in a screen of the last one")
  func burst() throws {
    let sandbox = try Sandbox()
    let interface = try Interface.scanned(sandbox, try sandbox.sample())
    for step in 0..<40 {
      interface.terminal.resize(columns: 40 + step * 3, rows: 10 + step)
      if step.isMultiple(of: 8) { interface.type("j") }
      interface.terminal.read()
    }
    interface.terminal.resize(columns: 100, rows: 30)
    try interface.terminal.wait(for: "the footer") { $0.lines[29].contains("Enter open") }
    try interface.expectConsistent()
    try interface.quit()
  }

  @Test("a window that is too small says so, keeps running, and grows into the queue")
  func tiny() throws {
    let sandbox = try Sandbox()
    let interface = try Interface(sandbox, [try sandbox.sample()], columns: 10, rows: 3)
    try interface.terminal.wait(for: "still savi")
    interface.type("jjkk\r")
    interface.terminal.resize(columns: 60, rows: 20)
    try interface.terminal.wait(for: "─A─")
    try interface.quit()
  }

  @Test("nothing but changes is sent: an idle screen is silent, a key costs little")
  func frugality() throws {
    let sandbox = try Sandbox()
    let interface = try Interface.scanned(sandbox, try sandbox.sample())
    // The further signals come after the ranking: until they are there, the screen tells how far.
    _ = try Deadline.standard.wait(for: "a screen that is silent for half a second") {
      interface.terminal.read(waiting: 500) ? nil : true
    }
    let before = interface.terminal.transcript.count
    interface.type("j")
    try interface.terminal.wait(for: "the cursor on the second row") {
      $0.lines[4].hasPrefix(">")
    }
    interface.terminal.readAll()
    #expect(interface.terminal.transcript.count - before < 80 * 24 / 2)
    try interface.quit()
  }
}
