import PreferenceData
import PreferenceScoring
import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Deciding")
struct DecidingTests {
  private func opened(_ position: Int, isBlind: Bool = true, isScanned: Bool = false)
    -> ReviewScript
  {
    var script = ReviewScript(isBlind: isBlind, isScanned: isScanned)
    script.go(to: position)
    return script
  }

  @Test("one key decides, saves and goes on to the next undecided pair")
  func oneKey() throws {
    var script = opened(0, isScanned: true)
    script.forgetCommands()
    script.press("a")
    let event = try #require(script.events.last)
    guard case .decided(let decisions) = event.content, let only = decisions.first else {
      Issue.record("\(event.content) is no decision")
      return
    }
    let row = try #require(script.loaded(0))
    #expect(decisions.count == 1)
    #expect(only.decision == Decision(.prefers(row.sideIDs[row.order[0]]), strength: 1))
    #expect(only.serving.firstSide == row.sideIDs[row.order[0]])
    #expect(only.serving.scan == "scan-1")
    #expect(only.serving.rank == script.scan.ranks[0])
    #expect(only.serving.suspicion == script.scan.suspicion[0])
    #expect(!only.serving.labelSeen && !only.serving.evidenceSeen)
    #expect(script.position != 0)
    #expect(script.screen.contains("row 0: A better"))
  }

  @Test(
    "each label key records its verdict",
    arguments: [
      ("a", 0, 1), ("b", 1, 1), ("A", 0, 2), ("B", 1, 2), ("2", 0, 1), ("4", 1, 1), ("1", 0, 2),
      ("5", 1, 2),
    ])
  func sides(key: String, place: Int, strength: Int) throws {
    var script = opened(1)
    let row = try #require(script.loaded(1))
    script.press(key)
    #expect(
      script.decision(on: 1)
        == Decision(.prefers(row.sideIDs[row.order[place]]), strength: strength))
  }

  @Test(
    "tie, both bad, drop and skip are told apart",
    arguments: [
      ("t", Verdict.tie), ("3", .tie), ("x", .bothBad), ("0", .bothBad), ("d", .drop), ("-", .skip),
    ])
  func otherVerdicts(key: String, verdict: Verdict) {
    var script = opened(1)
    script.press(key)
    #expect(script.decision(on: 1) == Decision(verdict))
  }

  @Test("keys typed while the journal is busy wait, and act in order afterwards")
  func keysWait() {
    var script = opened(0)
    script.journal = .waits
    script.press("a b t")
    #expect(script.events.isEmpty)
    #expect(script.position == 0)
    #expect(script.screen.contains("[saving]"))
    script.answerJournal()
    #expect(script.events.count == 1)
    #expect(script.position == 1)
    script.answerJournal()
    script.answerJournal()
    #expect(script.events.count == 3)
    #expect(script.decision(on: 2)?.verdict == .tie)
  }

  @Test("a decision that is not on disk changes nothing, says so, and can be tried again")
  func failure() {
    var script = opened(0)
    let full = ProblemText(what: "no space left", why: "the disk is full", remedy: "make room")
    script.journal = .waits
    script.press("a b")
    script.journal = .fails(full)
    script.answerJournal()
    #expect(script.position == 0)
    #expect(script.ledger == ReviewLedger())
    #expect(script.screen.contains("[NOT SAVED]"))
    #expect(script.screen.contains("make room"))
    script.journal = .answers
    script.press("t")
    #expect(script.decision(on: 0)?.verdict == .tie)
    #expect(script.decision(on: 1) == nil)
    #expect(!script.screen.contains("NOT SAVED"))
  }

  @Test("whoever only reads is told who holds the review")
  func readOnly() {
    var script = ReviewScript(access: .read(heldBy: "lee"))
    script.press("Enter a")
    #expect(script.events.isEmpty)
    #expect(script.screen.contains("lee holds this review"))
    script.press("u")
    #expect(script.events.isEmpty)
  }

  @Test("before every row has its identity nothing is decided, and the screen says why")
  func notIndexed() {
    var script = ReviewScript(isIndexed: false)
    script.send(.indexing(share: 0.38))
    script.press("Enter a")
    #expect(script.events.isEmpty)
    #expect(script.screen.contains("still being indexed (38% done)"))
  }

  @Test("a row that cannot be read is not decided")
  func unreadable() {
    var script = opened(5)
    script.press("a t x d -")
    #expect(script.events.isEmpty)
    #expect(script.screen.contains("line 6, byte 17"))
  }

  @Test("a row with three responses is decided a pair at a time, or dropped as a whole")
  func threeResponses() {
    var script = opened(13)
    script.press(",n a")
    #expect(script.decision(on: 13)?.pair == script.loaded(13)?.ranking?.shownSides)
    script.press("d")
    #expect(script.decision(on: 13) == Decision(.drop))
    #expect(script.events.count == 2)
  }

  @Test("undo brings the row back and redo decides it again, also in a later session")
  func undoAndRedo() {
    var script = opened(1)
    script.press("A")
    var later = ReviewScript(events: script.events)
    later.press("u")
    #expect(later.ledger.decidedRows.isEmpty)
    #expect(later.position == 1)
    later.press("U")
    #expect(later.decision(on: 1)?.strength == 2)
    #expect(later.ledger == ReviewLedger(events: later.events))
    later.press("u u")
    #expect(later.screen.contains("nothing to undo"))
  }

  @Test("the copies of a decided pair are decided alike by one key, and undone by one")
  func copies() throws {
    var script = opened(8)
    script.press("a")
    #expect(script.screen.contains("2 copies of this pair: press c"))
    let decision = try #require(script.decision(on: 8))
    script.press("c")
    #expect(script.decision(on: 9) == decision && script.decision(on: 10) == decision)
    #expect(script.events.count == 2)
    script.press("u")
    #expect(script.decision(on: 9) == nil && script.decision(on: 8) == decision)
  }

  @Test("pauses longer than a minute do not count as time spent")
  func seconds() {
    var script = opened(0)
    script.press("j", every: 5_000)
    script.press("j", every: 3_600_000)
    script.press("a", every: 2_000)
    #expect(script.standing(on: 0)?.serving.seconds == 67)
  }

  @Test("in blind mode Space and s never label; in open mode they keep and swap")
  func openMode() {
    var blind = opened(1)
    blind.press("Space s")
    #expect(blind.events.isEmpty)
    var open = opened(1, isBlind: false)
    open.press("Space")
    #expect(open.outcome(on: 1) == .keep)
    open.press("s")
    #expect(open.outcome(on: 2) == .swap)
    #expect(open.standing(on: 2)?.serving.labelSeen == true)
  }

  @Test("looking at the evidence first is asked for, and recorded")
  func reveal() {
    var script = opened(0, isScanned: true)
    script.press("e")
    #expect(!script.screen.contains("chosen"))
    script.press("n")
    #expect(script.session.screen == .pair)
    script.press("e y")
    #expect(script.session.screen == .evidence)
    #expect(script.screen.contains("The file says"))
    script.press("e a")
    #expect(script.standing(on: 0)?.serving.labelSeen == true)
    #expect(script.standing(on: 0)?.serving.evidenceSeen == true)
  }

  @Test("after an undo the row counts as seen only if its label was on screen")
  func undoneRowsStayBlind() {
    var script = opened(0)
    script.press("a u b")
    #expect(script.standing(on: 0)?.serving.labelSeen == false)
    script.press("K u a")
    #expect(script.standing(on: 0)?.serving.labelSeen == true)
  }

  @Test("a skipped pair comes back when nothing else is left")
  func skipsComeBack() {
    var script = opened(0)
    script.press("-")
    #expect(script.position == 1)
    for _ in 0..<20 { script.press("d") }
    #expect(script.position == 0)
  }

  @Test("turned sides are no label, and the record knows which side stood as A")
  func turnedSides() throws {
    var script = opened(0)
    let row = try #require(script.loaded(0))
    script.press(",s")
    #expect(script.events.isEmpty)
    script.press("a")
    let standing = try #require(script.standing(on: 0))
    #expect(standing.decision.verdict == .prefers(row.sideIDs[row.order[1]]))
    #expect(standing.serving.firstSide == row.sideIDs[row.order[1]])
  }
}
