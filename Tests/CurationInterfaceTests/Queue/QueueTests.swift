import PreferenceData
import PreferenceScoring
import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Queue")
struct QueueTests {
  @Test("the first scores sort an untouched queue once; later ones wait for gr")
  func sortsOnce() {
    var script = ReviewScript()
    #expect(script.session.queue.order.positions == Array(0..<15))
    script.send(.scanned(script.scan, scanID: "one"))
    #expect(script.session.queue.order.positions.first == script.scan.queue().first)
    script.send(.scanned(script.scan, scanID: "two"))
    #expect(script.session.queue.scores?.id == "one")
    #expect(script.screen.contains("[new scores: gr]"))
    script.press("gr")
    #expect(script.session.queue.scores?.id == "two")
    #expect(!script.screen.contains("[new scores"))
  }

  @Test("after a key, new scores leave the queue alone, and gr keeps the cursor on its row")
  func cursorStays() {
    var script = ReviewScript()
    script.press("j j")
    script.send(.scanned(script.scan, scanID: "one"))
    #expect(script.session.queue.order.positions == Array(0..<15))
    let row = script.position
    script.press("gr")
    #expect(script.position == row)
    #expect(script.session.queue.scores?.id == "one")
  }

  @Test("a rescored ranking sorts what is below the cursor, and nothing that was gone past")
  func rescoredOrder() throws {
    var script = ReviewScript(isScanned: true)
    script.press("j j j")
    let before = script.session.queue
    // The best is now the worst of all.
    var ranks = script.scan.ranks
    let last = try #require(script.scan.queue().last)
    for row in ranks.indices { ranks[row] = ranks[row].map { $0 + 1 } }
    ranks[last] = 1
    let rescored = SampleRows.scan(of: script.rows, ranks: ranks)
    script.send(.rescored(rescored))
    let after = script.session.queue
    #expect(after.cursor == before.cursor && after.top == before.top)
    #expect(after.order.positions.prefix(4) == before.order.positions.prefix(4))
    #expect(after.order.positions[4] == last)
    #expect(after.order.positions.sorted() == Array(script.rows.indices))
    #expect(after.scores?.result == rescored && after.scores?.id == "scan-1")
    script.press("gr")
    #expect(script.session.queue.order.positions.first == last)
    #expect(script.position == before.position)
  }

  @Test("a rescored ranking sorts an untouched queue, and leaves one in file order alone")
  func rescoredUntouched() throws {
    var script = ReviewScript(isScanned: true)
    let ranks = script.scan.ranks.map { $0.map { script.scan.scoredCount + 1 - $0 } }
    let rescored = SampleRows.scan(of: script.rows, ranks: ranks)
    script.send(.rescored(rescored))
    #expect(script.session.queue.order.positions.first == script.scan.queue().last)
    #expect(script.session.queue.cursor == 0)
    var touched = ReviewScript()
    touched.press("j")
    touched.send(.scanned(touched.scan, scanID: "one"))
    touched.send(.rescored(rescored))
    #expect(touched.session.queue.order.positions == Array(0..<15))
  }

  @Test("signals that come later change neither order nor cursor, nor what decisions made of it")
  func comparedOrder() {
    var script = ReviewScript(isScanned: true)
    script.press("j j")
    let order = script.session.queue.order.positions
    script.send(.rescored(SampleRows.scan(of: script.rows, ranks: script.scan.ranks.map { $0 })))
    script.send(.compared(script.scan, scanID: "scan-1"))
    #expect(script.session.queue.order.positions == order)
    #expect(script.session.queue.cursor == 2)
    #expect(script.session.engine.activity == .done)
  }

  @Test("an order is a permutation, worst first, rows without a rank last", arguments: 0..<16)
  func orderIsPermutation(seed: UInt64) {
    var generator = SplitMix(seed: seed)
    let count = Int.random(in: 1...60, using: &generator)
    var ranked = (0..<count).filter { _ in Bool.random(using: &generator) }
    ranked.shuffle(using: &generator)
    var ranks = [Int?](repeating: nil, count: count)
    for (place, position) in ranked.enumerated() { ranks[position] = place + 1 }
    let order = QueueOrder(rowCount: count, ranks: ranks)
    #expect(order.positions.sorted() == Array(0..<count))
    #expect(Array(order.positions.prefix(ranked.count)) == ranked)
    for position in 0..<count {
      #expect(order.place(of: position).map { order.positions[$0] } == position)
    }
    let place = Int.random(in: 0..<count, using: &generator)
    #expect(order.positions(after: place).sorted() == Array(0..<count))
    #expect(order.positions(after: place).last == order.positions[place])
    #expect(order.positions(before: place).last == order.positions[place])
  }

  @Test("the cursor is always in view", arguments: ["j", "k", "PgDn", "PgUp", "Ctrl-D", "G", "gg"])
  func cursorInView(key: String) {
    var script = ReviewScript(size: Size(columns: 60, rows: 12))
    for _ in 0..<9 {
      script.press(key)
      let line = script.session.queue.cursor - script.session.queue.top
      #expect((0..<script.session.queueArea.rows).contains(line))
      #expect(script.lines[QueueGeometry.headRows + line].hasPrefix(">"))
    }
  }

  @Test("the next undecided pair is found in the order of the queue, past decided and bad rows")
  func nextUndecided() {
    var script = ReviewScript()
    script.go(to: 4)
    script.press("t")
    // Row 5 cannot be read.
    #expect(script.position == 6)
    script.press("gq [")
    #expect(script.position == 3)
    script.press("]")
    #expect(script.position == 6)
  }

  @Test("the queue tells decided rows by letters, not by colour alone")
  func states() {
    var script = ReviewScript()
    script.go(to: 0)
    script.press("A b t x d - gq")
    let states = script.lines.dropFirst(QueueGeometry.headRows).prefix(7)
    for (line, state) in zip(states, ["A>>B", "B>A", "tie", "bad", "drop"]) {
      #expect(line.contains(" \(state) "))
    }
    #expect(script.screen.contains(" skip "))
    #expect(script.screen.contains("6 of 14 decided"))
  }

  @Test("in blind mode the queue shows no margin, and nothing that names the label")
  func blindColumns() {
    let script = ReviewScript(isScanned: true)
    #expect(script.screen.contains("SUSP"))
    for word in ["MARGIN", "chosen", "rejected", "swap"] { #expect(!script.screen.contains(word)) }
  }

  @Test("reopening comes back to the pair that was in view")
  func reopening() throws {
    var first = ReviewScript()
    first.go(to: 11)
    first.press("Q")
    #expect(first.hasQuit)
    let place = try #require(
      first.commands.last { if case .savePlace = $0 { true } else { false } })
    guard case .savePlace(let row) = place else { return }
    var second = ReviewScript(place: row)
    #expect(second.session.screen == .pair && second.position == 11)
    second.send(.scanned(second.scan, scanID: "one"))
    #expect(second.position == 11)
    second.press("q")
    #expect(second.position == 11)
  }

  @Test("rows are asked for once, and only those near what is in view")
  func rowsAreAskedForOnce() {
    let many = (0..<5_000).map { SampleRows.pair("prompt \($0)", "first \($0)", "second \($0)") }
    var script = ReviewScript(rows: many)
    script.press("G gg j PgDn Enter J J q")
    var asked: Set<Int> = []
    for case .loadRows(let positions) in script.commands {
      #expect(positions.count <= 100)
      #expect(asked.isDisjoint(with: positions))
      asked.formUnion(positions)
    }
    #expect(asked.count < 300)
  }
}
