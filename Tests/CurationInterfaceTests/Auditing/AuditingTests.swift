import PreferenceData
import PreferenceScoring
import TerminalSurface
import Testing

@testable import CurationInterface

/// A session on more rows than a sample needs.
enum AuditedRows {
  static func rows(_ count: Int) -> [Result<PreferenceRow, RowProblem>] {
    (0..<count).map { number in
      .success(
        PreferenceRow(
          context: [Turn(.user, "question \(number)")],
          sides: ["long answer \(number) with words", "short \(number)"].map {
            Side(turns: [Turn(.assistant, $0)])
          }, label: .prefers(number % 2)))
    }
  }

  static func sample(_ script: ReviewScript) -> [Int] {
    guard let index = script.session.dataset.index else { return [] }
    return AuditSample(of: index, seed: 7).positions
  }
}

@Suite("Auditing")
struct AuditingTests {
  private static let sizes = [Size(columns: 80, rows: 24), Size(columns: 160, rows: 48)]

  private func script(
    _ count: Int = 120, size: Size = sizes[0], audit: Int? = nil, repeats: Double = 0,
    events: [ReviewEvent] = []
  ) -> ReviewScript {
    ReviewScript(
      rows: AuditedRows.rows(count), size: size, events: events, isScanned: true,
      auditCount: audit, repeatShare: repeats)
  }

  private func decisions(_ script: ReviewScript) -> [(position: Int, serving: Serving)] {
    script.events.flatMap { event -> [(position: Int, serving: Serving)] in
      guard case .decided(let rows) = event.content else { return [] }
      return rows.compactMap { row in
        script.session.dataset.index?.position(of: row.row).map { ($0, row.serving) }
      }
    }
  }

  @Test("an audit that is asked for at the start shows its rows in turn, and ends at the dashboard")
  func alone() throws {
    var script = script(audit: 30)
    let sample = AuditedRows.sample(script)
    for place in 0..<30 {
      #expect(script.session.screen == .pair && script.position == sample[place])
      #expect(script.lines[0].contains("audit: \(place) of 30 decided"))
      script.press(place % 3 == 0 ? "a" : "b")
    }
    #expect(script.session.screen == .dashboard && script.session.audit.mode == .off)
    let made = decisions(script)
    #expect(made.map(\.position) == Array(sample.prefix(30)))
    #expect(made.allSatisfy { $0.serving.route == .audit && $0.serving.probability == 0.25 })
    #expect(made.allSatisfy { !$0.serving.labelSeen && !$0.serving.evidenceSeen })
    #expect(script.screen.contains("30 random rows, look 2 of 2"))
    let byRank = try #require(
      script.session.dashboard.panels.first { $0.title == "WRONG BY RANK" })
    let audited = byRank.lines.compactMap { line in
      line.text.contains("audited") ? Int(line.text.split(separator: " ").dropLast().last ?? "") : 0
    }
    #expect(audited.count == 4 && audited.reduce(0, +) >= 29, "every band, every audited row")
  }

  @Test("J and ] go on to the open row of the audit, and neither leaves one out")
  func goingOn() {
    var script = script(audit: 30)
    let sample = AuditedRows.sample(script)
    script.press("a b J")
    #expect(script.position == sample[2])
    for key in ["J", "]"] {
      script.press("K")
      #expect(script.position == sample[1])
      script.press(key)
      #expect(script.position == sample[2] && script.session.pair?.route == .audit)
    }
  }

  @Test("the audit goes on after a restart where it was")
  func restart() {
    var first = script(audit: 30)
    for _ in 0..<7 { first.press("a") }
    let second = script(audit: 30, events: first.events)
    #expect(second.position == AuditedRows.sample(second)[7])
    #expect(second.lines[0].contains("audit: 7 of 30 decided"))
  }

  @Test("mixed in, about one row in five is of the audit, and the queue goes on as without it")
  func mixed() {
    var script = script()
    let sample = AuditedRows.sample(script)
    script.press(",a Enter")
    for _ in 0..<80 { script.press("a") }
    let made = decisions(script)
    #expect(made.count == 80)
    let audited = made.filter { $0.serving.route == .audit }.map(\.position)
    #expect((8...26).contains(audited.count))
    let inSample = audited.compactMap { sample.firstIndex(of: $0) }
    #expect(inSample == inSample.sorted(), "in the order in which they are drawn")
    let ranks = made.filter { $0.serving.route == .queue }.compactMap(\.serving.rank)
    #expect(ranks == ranks.sorted() && ranks.count == 80 - audited.count)
  }

  @Test("a pair of the audit looks like one of the queue, and neither shows evidence before")
  func alike() {
    var mixed = script()
    mixed.press(",a Enter")
    var seen: Set<Serving.Route> = []
    for _ in 0..<30 {
      guard let position = mixed.position, let route = mixed.session.pair?.route else { break }
      seen.insert(route)
      mixed.press("e")
      #expect(mixed.session.screen == .pair && mixed.session.overlay == nil)
      #expect(mixed.screen.contains("evidence shows after the decision"))
      var other = script(events: mixed.events)
      other.press(",a")
      other.go(to: position)
      other.press("e")
      #expect(other.session.frame() == mixed.session.frame())
      mixed.press("b")
    }
    #expect(seen == [.queue, .audit], "a test that never sees both proves nothing")
  }

  @Test("undo and K come back to an audit row, and the queue stays where it was", arguments: sizes)
  func back(size: Size) throws {
    var script = script(size: size)
    script.press(",a Enter")
    while script.session.pair?.route != .audit { script.press("a") }
    let cursor = script.session.queue.cursor
    let row = try #require(script.position)
    script.press("a u")
    #expect(script.position == row && script.session.queue.cursor == cursor)
    #expect(script.standing(on: row) == nil)
    script.press("b")
    #expect(script.standing(on: row)?.serving.isBlind == true)
    script.press("g .")
    #expect(script.position == row && script.session.queue.cursor == cursor)
  }

  @Test("open mode ends an audit, and refuses to begin one")
  func openMode() {
    var script = script()
    script.press(",a Enter ,b")
    #expect(script.session.audit.mode == .off && !script.session.isBlind)
    script.press(",a")
    #expect(script.session.audit.mode == .off)
    #expect(script.screen.contains("an audit is blind"))
  }

  @Test("a row that comes again looks undecided, and what is said of it decides nothing")
  func repeats() throws {
    var script = script(repeats: 0.4)
    script.press("Enter")
    var repeated = 0
    for _ in 0..<90 where script.session.pair != nil {
      let position = try #require(script.position)
      guard script.session.pair?.route == .repeat else {
        script.press("a")
        continue
      }
      repeated += 1
      let id = try #require(script.session.rowID(at: position))
      let before = try #require(script.ledger.standing(on: id, by: SampleRows.annotator))
      #expect(!script.session.showsLabel(at: position))
      script.press("j")
      #expect(script.screen.contains("not decided"))
      script.press("b")
      #expect(script.ledger.standing(on: id, by: SampleRows.annotator) == before)
      let again = try #require(script.ledger.repeatedLook(at: id, by: SampleRows.annotator))
      #expect(again.sequence - before.sequence > 20)
      #expect(again.serving.probability == 0.4)
    }
    #expect(repeated > 10)
    script.press("gd")
    #expect(script.session.dashboard.reviewed?.count { $0.repeated != nil } == repeated)
  }

  @Test("without being asked nothing is audited and nothing comes again")
  func off() {
    var script = script()
    script.press("Enter")
    for _ in 0..<60 { script.press("a") }
    #expect(decisions(script).allSatisfy { $0.serving.route == .queue })
  }
}
