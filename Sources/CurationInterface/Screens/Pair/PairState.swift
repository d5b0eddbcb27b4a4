import PreferenceData

/// The pair in view, and how it is looked at.
struct PairState: Sendable {
  enum Pane: Hashable, Sendable, CaseIterable {
    case a, b, prompt
  }

  let position: Int
  /// Why the person sees this row; goes into the record of the decision.
  let route: Serving.Route
  /// It has come beside the queue, whose cursor stays where it was.
  let isAside: Bool
  /// The pair of a ranking that it was brought into view for; nil where any will do.
  let served: SidePair?
  /// Which pane scrolls alone; nil while both sides scroll together.
  var focus: Pane?
  var isPromptUnfolded = false
  /// The focused side alone has the screen.
  var isZoomed = false
  /// The sides stand the other way round than `LoadedRow.order` says.
  var isTurned = false
  /// The first byte in view, by pane: it stays in view when the size changes.
  var anchors: [Pane: Int] = [:]
  /// How many of its pictures have been opened.
  var viewedPictures = 0
  /// Milliseconds that the pair has been in view, pauses cut; nil where no key told its beginning.
  var activeMilliseconds: Int64?

  init(
    position: Int, route: Serving.Route, hasClock: Bool, isAside: Bool = false,
    served: SidePair? = nil
  ) {
    self.isAside = isAside
    self.served = served
    self.position = position
    self.route = route
    activeMilliseconds = hasClock ? 0 : nil
  }
}

extension Session {
  /// Pauses longer than this do not count as time spent on a pair.
  private static let longestPause: Int64 = 60_000

  mutating func countTime(until milliseconds: Int64?) {
    guard let milliseconds else { return }
    let passed = lastKey.map { min(max(0, milliseconds - $0), Self.longestPause) } ?? 0
    lastKey = milliseconds
    guard let pair else { return }
    // Without an earlier key nobody knows since when the pair has been looked at.
    self.pair?.activeMilliseconds = pair.activeMilliseconds.map { $0 + passed }
  }

  /// The row in view, once it has been read.
  var loadedPair: LoadedRow? { pair.flatMap { rows[$0.position]?.loaded } }

  /// The positions of the sides as they stand on screen, A first.
  func sideOrder(of row: LoadedRow) -> [Int] {
    pair?.isTurned == true ? row.order.reversed() : row.order
  }

  /// The decision of this annotator that stands on the row at `position`; on a ranking in view, the one
  /// on its pair in view or on the whole row. Nil also while the row is looked at once more as if it
  /// were new.
  func standing(at position: Int) -> ReviewLedger.Standing? {
    if let pair, pair.position == position, pair.route == .repeat { return nil }
    guard let id = rowID(at: position) else { return nil }
    let newest = review.ledger.standing(on: id, by: annotator)
    guard newest?.decision.pair != nil, pair?.position == position,
      let ranking = rows[position]?.loaded?.ranking
    else { return newest }
    return review.ledger.judgments(on: id, by: annotator).last {
      $0.decision.pair == ranking.shownSides
    }
  }

  /// Whether the label of the row at `position` may be shown: it is decided, was revealed, or
  /// nothing is hidden. A skip decides nothing.
  func showsLabel(at position: Int) -> Bool {
    guard isBlind else { return true }
    if let standing = standing(at: position), standing.decision.verdict != .skip { return true }
    return rowID(at: position).map { review.revealed.contains($0) } ?? false
  }
}
