import PreferenceData
import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Evidence of a batch")
struct BatchTests {
  private func script(batch size: Int, isBlind: Bool = true, audit: Int? = nil) -> ReviewScript {
    ReviewScript(
      size: Size(columns: 100, rows: 30), isBlind: isBlind, isScanned: true, auditCount: audit,
      batchSize: size)
  }

  private func positions(_ script: ReviewScript) -> [Int] {
    script.session.batchEntries.map(\.target.position)
  }

  @Test("after so many decisions all of them are gone over, and ] goes on to the next pair")
  func full() throws {
    var script = script(batch: 3)
    script.go(to: 0)
    script.press("a b")
    #expect(script.session.screen == .pair)
    script.press("A")
    #expect(script.session.screen == .batch)
    let decided = positions(script)
    #expect(decided.count == 3 && decided.first == 0)
    #expect(script.screen.contains("3 decisions"))
    for position in decided {
      let row = try #require(script.loaded(position))
      let decision = try #require(script.decision(on: position))
      let verdict = Phrases.verdict(decision, of: row, order: row.order)
      #expect(
        script.lines.contains { line in
          let words = line.split { " >".contains($0) }
          return words.first == "\(position)" && line.contains(verdict)
        })
    }
    script.press("]")
    #expect(script.session.screen == .pair)
    #expect(script.standing(on: try #require(script.position)) == nil)
    // The next batch begins anew.
    script.press("t t")
    #expect(script.session.screen == .pair && positions(script).count == 2)
  }

  @Test("no label key decides anything while a batch is gone over")
  func labelKeys() {
    var script = script(batch: 1)
    script.go(to: 0)
    script.press("a")
    #expect(script.session.screen == .batch)
    let before = script.events.count
    script.press("a b A B t x d - 1 2 3 4 5 0 s Space c")
    #expect(script.events.count == before && script.session.screen == .batch)
  }

  @Test("at the end of the queue a batch comes that is not full")
  func atTheEnd() {
    var script = script(batch: 50)
    script.go(to: 0)
    for _ in script.rows where script.session.screen == .pair { script.press("d") }
    #expect(script.session.screen == .batch)
    #expect(positions(script).count == script.rows.count - 1)
    #expect(script.screen.contains("every pair is decided"))
  }

  @Test("a skip belongs to no batch, and what is taken back leaves it")
  func leftOut() {
    var script = script(batch: 20)
    script.go(to: 0)
    script.press("- a b u gv")
    #expect(script.session.screen == .batch)
    #expect(positions(script).count == 1)
    script.press("q")
    #expect(script.session.screen == .pair)
  }

  @Test("rows of the audit are listed without evidence, and never explained")
  func audited() throws {
    var script = script(batch: 0, audit: 2)
    script.press("a b")
    while script.session.screen != .queue { script.press("q") }
    script.go(to: try #require((0..<5).first { script.standing(on: $0) == nil }))
    script.press("a gv")
    let entries = script.session.batchEntries
    #expect(entries.count(where: { !$0.hasEvidence }) == 2)
    script.forgetCommands()
    for _ in entries {
      let entry = try #require(script.session.selectedBatchEntry)
      #expect(
        script.screen.contains("its evidence stays hidden") == !entry.hasEvidence)
      script.press("j")
    }
    let hidden = entries.filter { !$0.hasEvidence }.map(\.target.position)
    for case .explain(let position, _) in script.commands { #expect(!hidden.contains(position)) }
    script.press("gg")
    while script.session.selectedBatchEntry?.hasEvidence == true { script.press("j") }
    script.press("Enter")
    #expect(script.session.screen == .pair)
  }

  @Test("while the audit goes on alone nothing is gone over")
  func duringAudit() {
    var script = script(batch: 1, audit: 4)
    script.press("a b")
    #expect(script.session.screen == .pair)
    script.press("gv")
    #expect(script.session.screen == .pair)
    #expect(script.screen.contains("while an audit goes on"))
  }

  @Test("Enter opens all evidence of a decision, and the jump goes back to the batch")
  func jump() {
    var script = script(batch: 2)
    script.go(to: 0)
    script.press("a b Enter")
    #expect(script.session.screen == .evidence && script.position == 0)
    script.press("H")
    #expect(script.session.screen == .batch)
  }

  @Test("a decision made after its batch was gone over records that the evidence was seen")
  func recorded() throws {
    var script = script(batch: 1)
    script.go(to: 0)
    script.press("a")
    #expect(script.standing(on: 0)?.serving.evidenceSeen == false)
    script.press("] g n 0 Enter b")
    let last = try #require(script.standing(on: 0))
    #expect(last.serving.evidenceSeen && last.serving.labelSeen)
  }

  @Test("evidence comes after each decision or after a batch, not both; ,E turns it on and off")
  func choice() {
    var script = script(batch: 0)
    script.press(",E")
    #expect(script.session.batch.size == BatchState.usualSize)
    script.press(",e")
    #expect(script.session.batch.size == 0 && script.session.showsEvidenceAfterDeciding)
    script.press(",E")
    #expect(!script.session.showsEvidenceAfterDeciding)
    script.press(",E")
    #expect(script.session.batch.size == 0)
  }

  @Test("from the evidence of one decision q, Esc and H lead back to the list, not past it")
  func leadsBack() {
    for key in ["q", "Esc", "H"] {
      var script = ReviewScript(isScanned: true)
      script.press("Enter a b")
      let position = script.position
      script.press("gv j Enter")
      #expect(script.session.screen == .evidence)
      script.press(key)
      #expect(script.session.screen == .batch, "\(key)")
      #expect(script.session.batch.cursor == 1)
      script.press("q")
      #expect(script.session.screen == .pair && script.position == position)
    }
  }

  @Test("without a scan, or without a decision, gv says why nothing comes")
  func nothing() {
    var script = script(batch: 0)
    script.press("gv")
    #expect(script.screen.contains("nothing has been decided"))
    var unscanned = ReviewScript()
    unscanned.go(to: 0)
    unscanned.press("a gv")
    #expect(unscanned.screen.contains("no scan has finished"))
  }

  @Test("turning every label of the file round turns what is said of labels, not the decisions")
  func mirrored() {
    func decided(_ rows: [Result<PreferenceRow, RowProblem>]) -> ReviewScript {
      var script = ReviewScript(
        rows: rows, size: Size(columns: 100, rows: 30), isScanned: true, batchSize: 3)
      script.go(to: 0)
      script.press("a b t")
      return script
    }
    let (one, other) = (decided(SampleRows.rows), decided(SampleRows.mirrored))
    #expect(positions(one) == positions(other))
    #expect(one.session.screen == .batch && other.session.screen == .batch)
  }

  @Test("the batch fits every size")
  func sizes() throws {
    for (columns, rows) in [(40, 10), (60, 20), (80, 24), (120, 36), (160, 48)] {
      var script = ReviewScript(
        size: Size(columns: columns, rows: rows), isScanned: true, batchSize: 4)
      script.go(to: 0)
      script.press("a B t d")
      #expect(script.session.screen == .batch)
      try GoldenScreen.check(script.session.frame(), "batch/four")
    }
  }
}
