import PreferenceData
import PreferenceScoring
import TerminalSurface

// Evidence that comes by itself, and the pairs that bear on the one in view.
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

  /// `*`: has the queue list the pairs that bear on the one in view.
  mutating func findSimilar() {
    guard let pair else { return }
    guard showsLabel(at: pair.position) else {
      notice = Notice(
        "decide first: then \(keyName(.similar)) lists the pairs that bear on this one")
      return
    }
    guard engine.latest != nil else {
      notice = Notice("a scan finds the pairs that bear on this one: \(keyName(.engine)) starts it")
      return
    }
    similarWanted = pair.position
    notice = Notice("looking for the pairs that bear on this one")
    listSimilar()
  }

  /// Lists them once they are known: copies and contradicting copies, and the pairs that hold the margin
  /// up or speak against it.
  ///
  /// In the order of the queue and without a word which is which, so that blind mode may list them:
  /// whether a pair is among them does not depend on its label.
  mutating func listSimilar() {
    guard let wanted = similarWanted, let pair, pair.position == wanted,
      let related = explanations[wanted]??.related
    else { return }
    similarWanted = nil
    guard !related.isEmpty else {
      notice = Notice("no other pair is known to bear on this one")
      return
    }
    let positions = Set(related.rows + [wanted]).sorted()
    notice = Notice("\(Numbers.counted(positions.count - 1, "pair")) and row \(wanted) itself")
    openQueue()
    setFilter(
      QueueFilter(
        title: "pairs that bear on row \(wanted)", positions: positions, tellsLabel: false))
  }
}
