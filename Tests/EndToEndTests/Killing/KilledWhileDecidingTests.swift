import Testing

/// A UI that is killed at moments it cannot foresee: what it had shown as saved is there, once.
@Suite("Killed while deciding")
struct KilledWhileDecidingTests {
  /// 12 reviews of 10 lives each.
  @Test("kill -9 loses nothing that was shown as saved, and doubles nothing", arguments: 0..<12)
  func killed(seed: Int) throws {
    var moments = SeededMoments(seed: seed)
    let sandbox = try Sandbox()
    let file = try sandbox.sample()
    var saved: [Int] = []
    for _ in 0..<10 {
      let life = try Life(sandbox, file, &moments, savedBefore: saved.count)
      let log = try sandbox.loggedDecisions(of: file).map { try #require($0["row"]?.integer) }
      let certain = saved + life.shownAsSaved
      #expect(log.starts(with: certain), "saved \(certain), found \(log)")
      // The decision that was under way may have reached the disk without being shown.
      #expect(
        log.dropFirst(certain.count).elementsEqual(life.underWay.prefix(log.count - certain.count)))
      #expect(Set(log).count == log.count, "\(log)")
      saved = log
    }
    // It still works after all that.
    let interface = try Interface.scanned(sandbox, file)
    interface.type("gq")
    try interface.terminal.wait(for: "\(saved.count) of 62 decided")
    try interface.quit()
    try sandbox.done("undo", file, "\(saved.count)")
    #expect(try sandbox.loggedDecisions(of: file).allSatisfy { $0["undone"] != nil })
  }
}

/// One run of the UI from its start to kill -9.
private struct Life {
  /// The rows whose decisions were on screen as saved, in order.
  private(set) var shownAsSaved: [Int] = []
  /// The row whose deciding key had been typed, if any.
  private(set) var underWay: [Int] = []

  init(
    _ sandbox: Sandbox, _ file: String, _ moments: inout SeededMoments, savedBefore: Int
  ) throws {
    let interface = try Interface(sandbox, [file])
    let terminal = interface.terminal
    defer { interface.process.signal(9) }
    guard moments.below(5) > 0 else {
      // While it starts, opens its journal, scans.
      for _ in 0..<moments.below(100) { terminal.read(waiting: 5) }
      return
    }
    try terminal.wait(for: "[scan done]")
    try interface.openPair()
    if !interface.screen.contains("not decided") {
      interface.type("]")
      try terminal.wait(for: "not decided")
    }
    #expect(interface.shownCount == savedBefore)
    for _ in 0..<moments.below(4) {
      shownAsSaved.append(try interface.decide(["a", "b", "A", "t", "x", "d"][moments.below(6)]))
    }
    underWay = [try #require(interface.shownRow)]
    interface.type("b")
    // From before the key is read to long after its decision is on disk.
    for _ in 0..<moments.below(12) { Deadline.pause(milliseconds: Int32(moments.below(4))) }
  }
}
