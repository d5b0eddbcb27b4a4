import PreferenceData
import PreferenceScoring
import TerminalSurface

// Evidence that comes by itself, and the pairs near the one in view.
extension Session {
  /// `,e`: whether each decision shows its evidence before the next pair comes.
  mutating func toggleEvidenceAfterDeciding() {
    showsEvidenceAfterDeciding.toggle()
    notice = Notice(
      showsEvidenceAfterDeciding
        ? "each decision shows its evidence; \(keyName(.nextUndecided)) goes on to the next pair"
        : "decisions go on to the next pair; \(keyName(.evidence)) shows the evidence")
    if showsEvidenceAfterDeciding { batch.size = 0 }
  }

  /// Goes on after a decision and all that is asked about it: to its evidence where that is wanted, else
  /// to the next pair. While an audit goes on no evidence comes by itself: it would teach the reviewer
  /// what the models think of rows that are there to measure them.
  mutating func goOnAfterEvidence() {
    guard showsEvidenceAfterDeciding, audit.mode == .off, let pair, pair.route != .repeat,
      showsLabel(at: pair.position)
    else { return isBatchDue() ? openBatch() : goOn() }
    screen = .evidence
    evidence = EvidenceState()
    addToNotice("\(keyName(.nextUndecided)) goes on")
  }

  /// `*`: has the queue list the pairs near the one in view: copies, pairs of the same kind, and those
  /// that bear on it, in the order of the queue and without a word which is which. It is a query, which
  /// `f` shows and lets one narrow.
  mutating func findSimilar() {
    guard let pair else { return }
    guard showsLabel(at: pair.position) else {
      notice = Notice("decide first: then \(keyName(.similar)) lists the pairs near this one")
      return
    }
    guard engine.latest != nil, rowID(at: pair.position) != nil else {
      notice = Notice("a scan finds the pairs near this one: \(keyName(.engine)) starts it")
      return
    }
    let name = "row:\(pair.position)"
    similarAsked = list(Query(condition: .property(.near, [name])), as: "near:\(name)")
    notice = Notice("looking for the pairs near this one")
  }

  /// Calls off what `*` looks for: whoever has gone on to something else is not to be torn away.
  mutating func forgetSimilar() {
    guard let number = similarAsked else { return }
    similarAsked = nil
    guard queries.pending?.number == number else { return }
    queries.pending = nil
    commands.append(.cancelQuery)
  }
}
