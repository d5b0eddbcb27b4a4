import Testing

/// Two processes on one review, and a data set that changes under it.
@Suite("Beside a running UI")
struct SharedReviewTests {
  @Test("a second UI only reads and names who edits; commands that write are refused, others work")
  func secondInstance() throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample()
    let first = try Interface.scanned(sandbox, file)
    try first.openPair()
    let row = try first.decide("a")

    sandbox.environment["DEMUR_ANNOTATOR"] = "lee"
    let second = try Interface(sandbox, [file], columns: 160)
    try second.terminal.wait(for: "[scan done]")
    try second.terminal.wait(for: "[read-only]")
    #expect(second.screen.contains("kim"), "\(second.screen.text)")
    #expect(second.screen.contains("\(first.process.id)"), "\(second.screen.text)")
    try second.openPair()
    let shown = second.shownRow
    second.type("a")
    try second.terminal.wait(for: "a refusal") { $0.contains("read") }
    #expect(second.shownRow == shown)
    try second.quit()

    for arguments in [
      ["label", file, "row:3", "swap"], ["undo", file],
      ["apply", file, try sandbox.sample("support-chat.decisions.jsonl")],
    ] {
      let refused = try sandbox.demur(arguments)
      #expect(refused.ending == .exited(4), "\(arguments): \(refused.error)")
      try expectOneSentence(refused.error)
      #expect(refused.error.contains("kim"))
      #expect(refused.output.isEmpty)
    }
    try sandbox.done("ls", file)
    try sandbox.done("show", file, "row:\(row)")
    try sandbox.done("stats", file)
    try sandbox.done("export", file, "-o", "out.jsonl")
    #expect(try sandbox.loggedDecisions(of: file).map { $0["row"]?.integer } == [row])

    try first.decide("b")
    try first.quit()
    try sandbox.done("label", file, "row:3", "swap")
    #expect(try sandbox.loggedDecisions(of: file).count == 3)
  }

  @Test("the lock dies with its holder: after kill -9 the next one edits")
  func killedHolder() throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample()
    let first = try Interface.scanned(sandbox, file)
    first.process.signal(9)
    #expect(try first.waitForEnding() == .killed(by: 9))
    try sandbox.done("label", file, "row:3", "swap")
  }

  /// What another program does to the data set.
  enum Change: CaseIterable {
    case appended, truncated, emptied, replaced, removed
  }

  @Test(
    "a data set that changes under the UI is noticed; decisions and terminal are safe",
    arguments: Change.allCases)
  func changedFile(change: Change) throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample()
    let interface = try Interface.scanned(sandbox, file)
    try interface.openPair()
    let row = try interface.decide("a")
    let bytes = try sandbox.bytes(file)
    switch change {
    case .appended: try sandbox.append(bytes.prefix(5000), to: file)
    case .truncated: try sandbox.truncate(file, to: bytes.count / 3)
    case .emptied: try sandbox.truncate(file, to: 0)
    case .replaced: try sandbox.write(Array(bytes.reversed()), to: file)
    case .removed: try sandbox.remove(file)
    }
    // Keys that make it read rows from all over the file until it has noticed.
    try interface.terminal.wait(for: "the notice") { screen in
      interface.type("J")
      return screen.contains("[file changed]")
    }
    interface.type("gqGggG")
    try interface.terminal.wait(for: "the queue") { $0.lines[1].contains("order:") }
    try interface.quit()
    try sandbox.write(bytes, to: file)
    #expect(try sandbox.loggedDecisions(of: file).map { $0["row"]?.integer } == [row])
  }
}
