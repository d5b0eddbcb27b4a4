import Foundation
import Testing

/// What the screen may cost, measured from outside: the program on a pseudo-terminal, a large data set.
///
/// Times mean something on an idle machine and an optimised program only, so nothing is measured unless
/// it is asked for: `make budgets`.
@Suite(
  "Budgets of the screen", .serialized,
  .enabled(if: BudgetFile.path != nil, "DEMUR_BUDGETS names no data set to measure on"))
struct BudgetTests {
  @Test("a key is answered at once while a scan runs, and a decision once it is on disk")
  func keys() throws {
    let sandbox = try Sandbox()
    let file = try BudgetFile.copied(to: sandbox)
    let interface = try Interface(sandbox, [file.name, "--seed", "1"])
    try interface.terminal.wait(for: "the rows") { $0.contains("order: ") }
    try interface.terminal.wait(for: "a scan") { $0.lines[0].contains("[scan ") }
    var moments = SeededMoments(seed: 5)
    var (queue, pair, decisions) = (Durations(), Durations(), Durations())
    var peak = MemoryUse()
    while !interface.screen.contains("[scan done]"), queue.count < 400 {
      interface.pause(milliseconds: 15 + moments.below(40))
      let before = interface.footerPosition
      let key = before == 1 || moments.below(3) > 0 ? "j" : "k"
      queue.add(try interface.time(key) { interface.footerPosition != before })
      if queue.count.isMultiple(of: 20) { peak.widen(try MemoryUse(of: interface.process.id)) }
    }
    try interface.openPair()
    while !interface.screen.contains("[scan done]"), pair.count < 200 {
      interface.pause(milliseconds: 15 + moments.below(40))
      let before = interface.shownRow
      pair.add(try interface.time("J") { interface.shownRow != before })
    }
    while !interface.screen.contains("[scan done]"), decisions.count < 100 {
      interface.pause(milliseconds: 15 + moments.below(40))
      let before = interface.shownRow
      let key = ["a", "b", "t"][moments.below(3)]
      decisions.add(try interface.time(key) { interface.shownRow != before })
    }
    try #require(queue.count > 0, "the scan was over before a key could be typed")
    print("while a scan runs: queue key to frame \(queue)")
    if pair.count > 0 { print("while a scan runs: next pair to frame \(pair)") }
    if decisions.count > 0 { print("while a scan runs: decision on disk to frame \(decisions)") }
    print("while a scan runs: \(peak)")
    #expect(queue.percentile(95) <= 16 && queue.percentile(99) <= 50)
    if pair.count > 0 { #expect(pair.percentile(95) <= 16 && pair.percentile(99) <= 50) }

    try interface.terminal.wait(for: "[scan done]")
    try interface.terminal.wait(for: "[saved]")
    // What a scan leaves behind is written to the cache by now.
    interface.pause(milliseconds: 3_000)
    let memory = try MemoryUse(of: interface.process.id)
    print("after a scan: \(memory)")
    #expect(memory.anonymous <= 60_000_000 + 100 * file.pairCount)
    let processor = try ProcessorTime(of: interface.process.id)
    interface.pause(milliseconds: 5_000)
    let spent = try ProcessorTime(of: interface.process.id).ticks - processor.ticks
    print("idle for 5 s: \(spent) ticks of the processor")
    #expect(spent == 0)
    try interface.quit()
  }

  @Test("the first screen of 300 MB is there at once")
  func firstScreen() throws {
    let sandbox = try Sandbox()
    let name = try BudgetFile.repeated(to: 300_000_000, in: sandbox)
    var times = Durations()
    for _ in 0..<5 {
      let start = ContinuousClock.now
      let interface = try Interface(sandbox, [name])
      times.add(
        try interface.time(from: start) {
          interface.screen.lines[0].contains(name) && interface.screen.lines[3].count > 20
        })
      interface.process.signal(9)
      _ = try interface.process.waitForEnding()
    }
    print("first screen of 300 MB: \(times)")
    #expect(times.percentile(50) <= 150)
  }

  @Test("numbers are filtered at once, words and patterns found fast, and a search can be left")
  func searching() throws {
    let sandbox = try Sandbox()
    let file = try BudgetFile.copied(to: sandbox)
    let interface = try Interface(sandbox, [file.name], columns: 120, rows: 36)
    try interface.terminal.wait(for: "[scan done]")
    let megabytes = Double(file.byteCount) / 1e6
    func filter(_ text: String) throws -> Double {
      interface.type("f")
      try interface.terminal.wait(for: "f> ")
      interface.type(text)
      try interface.terminal.wait(for: "f> \(text)")
      let time = try interface.time("\r") {
        let lines = interface.screen.lines
        let isFiltered = lines[1].contains("filter: ") && lines[1].contains(" of ")
        return interface.screen.contains("no row matches")
          || isFiltered && !lines[lines.count - 2].contains("%")
      }
      guard interface.screen.lines[1].contains("filter: ") else { return time }
      interface.type("F")
      try interface.terminal.wait(for: "all rows") { !$0.lines[1].contains("filter: ") }
      return time
    }
    var numeric = Durations()
    for bound in [1_000, 80_000, 150_000] { numeric.add(try filter("row>\(bound) susp>.2")) }
    print("numeric filter: \(numeric)")
    #expect(numeric.percentile(100) <= 50)

    var literal = Durations()
    for _ in 0..<3 {
      interface.type("/")
      try interface.terminal.wait(for: "the prompt") { $0.line($0.rows - 2).hasPrefix(" /") }
      interface.type("no such words")
      literal.add(try interface.time("\r") { interface.screen.contains("no row holds the text") })
    }
    let literalSpeed = megabytes / literal.percentile(50) * 1e3
    print("words looked for: \(Int(literalSpeed)) MB/s, \(literal)")
    #expect(literalSpeed >= 300)

    let pattern = try filter("any~/zz[qx]+y/")
    let patternSpeed = megabytes / pattern * 1e3
    print("pattern looked for: \(Int(patternSpeed)) MB/s")
    #expect(patternSpeed >= 50)

    var cancelled = Durations()
    for _ in 0..<3 {
      interface.type("/")
      interface.pause(milliseconds: 50)
      interface.type("no such words\r")
      interface.pause(milliseconds: 80)
      interface.type("\u{1B}")
      interface.pause(milliseconds: 60)
      let before = interface.footerPosition
      cancelled.add(try interface.time("j") { interface.footerPosition != before })
      let processor = try ProcessorTime(of: interface.process.id)
      interface.pause(milliseconds: 300)
      let spent = try ProcessorTime(of: interface.process.id).ticks - processor.ticks
      #expect(spent <= 5, "the search went on for \(spent) ticks")
    }
    print("key to frame after a search was left: \(cancelled)")
    try interface.quit()
  }
}
