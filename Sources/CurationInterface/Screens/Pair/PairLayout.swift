import PreferenceData
import TerminalSurface

/// How the pair view divides a terminal of some size.
enum PairShape: Hashable, Sendable {
  /// One side at a time; Tab turns.
  case single
  /// A over B.
  case stacked
  /// A and B beside each other.
  case beside
  /// The same, with the evidence below.
  case besideWithEvidence
  /// Queue, A, B and evidence beside each other.
  case workspace

  init(size: Size) {
    let body = size.rows - PairGeometry.frameRows
    switch size.columns {
    case 150... where body >= 12: self = .workspace
    case 110... where body >= 20: self = .besideWithEvidence
    case 84...: self = .beside
    case 60... where body >= 12: self = .stacked
    default: self = .single
    }
  }
}

/// A wrapped text in its place on screen.
struct PaneContent: Sendable {
  var text: WrappedText
  var area: Rect
  /// The line in the first row.
  private(set) var top = 0

  /// Puts the line that holds the byte `anchor` into the first row.
  init(text: WrappedText, area: Rect, anchor: Int) {
    self.text = text
    self.area = area
    scroll(to: self.text.line(containing: anchor))
  }

  /// The first byte in view.
  var anchor: Int { text.lines.indices.contains(top) ? text.lines[top].drawn.lowerBound : 0 }

  var hasMoreBelow: Bool { !text.isComplete || top + area.rows < text.lines.count }

  mutating func scroll(to line: Int) {
    let wanted = max(0, line)
    text.layOut(lines: wanted > Int.max / 4 ? .max : wanted + area.rows + 1)
    top = min(wanted, max(0, text.lines.count - max(1, area.rows)))
  }

  /// Scrolls down to the line that holds the byte `offset`, unless it is in view.
  mutating func show(_ offset: Int) {
    let line = text.line(containing: offset)
    if line >= top + area.rows { scroll(to: line - area.rows / 2) }
  }

  /// Which lines are in view of how many: `1-8 of 31`; a `+` where the rest is not laid out.
  var position: String {
    let last = min(text.lines.count, top + area.rows)
    return "\(top + 1)-\(last) of \(text.lines.count)\(text.isComplete ? "" : "+")"
  }
}

/// Everything of the pair view that depends on its size: made anew when something of `Key` changes.
struct PairLayout: Sendable {
  struct Key: Hashable, Sendable {
    var position: Int
    /// Which pair of a ranking.
    var pair: RankedPair?
    var size: Size
    var isTurned: Bool
    var isPromptUnfolded: Bool
    /// The side that has the screen, where only one has.
    var soleSide: PairState.Pane?
    var isZoomed: Bool
    var marksWords: Bool
    var highlight: String?
  }

  let key: Key
  let shape: PairShape
  var panes: [PairState.Pane: PaneContent] = [:]
  let geometry: PairGeometry
  let comparison: WordComparison
  /// Where evidence shows, if this size has room for it.
  var evidence: Rect? { geometry.evidence }
}

extension Session {
  /// Lays out the pair in view, unless nothing has changed since.
  mutating func layOutPair() {
    defer { noteWhatIsSeen() }
    guard screen != .queue, let pair, let row = loadedPair, isLargeEnough else {
      layout = nil
      return
    }
    let shape = PairShape(size: size)
    let isSole = pair.isZoomed || shape == .single
    let key = PairLayout.Key(
      position: pair.position, pair: row.ranking?.shownPair, size: size, isTurned: pair.isTurned,
      isPromptUnfolded: pair.isPromptUnfolded,
      soleSide: isSole ? (pair.focus == .b ? .b : .a) : nil, isZoomed: pair.isZoomed,
      marksWords: marksWords, highlight: search?.text)
    guard layout?.key != key else { return }
    let texts = PairTexts(row, order: sideOrder(of: row))
    let comparison =
      layout?.key.position == pair.position && layout?.key.pair == key.pair
        && layout?.key.isTurned == pair.isTurned
        && layout?.key.marksWords == marksWords
      ? layout?.comparison ?? .off : texts.comparison(isWanted: marksWords)
    layout = makeLayout(key, shape, texts, comparison)
  }

  private func makeLayout(
    _ key: PairLayout.Key, _ shape: PairShape, _ texts: PairTexts, _ comparison: WordComparison
  ) -> PairLayout {
    let columns = PairGeometry.Columns(size: size, shape: shape)
    var wrapped: [PairState.Pane: WrappedText] = [:]
    for pane in PairState.Pane.allCases {
      let runs = texts.runs(of: pane, comparison: comparison, highlight: key.highlight)
      wrapped[pane] = WrappedText(
        runs, columns: pane == .prompt ? columns.prompt : columns.side, display: display,
        lines: texts.byteCount(of: pane) <= Self.wholeLayoutLimit ? .max : size.rows)
    }
    let geometry = PairGeometry(
      size: size, shape: shape, sole: key.soleSide, isZoomed: key.isZoomed,
      isPromptUnfolded: key.isPromptUnfolded, lines: wrapped.mapValues(\.lines.count))
    var layout = PairLayout(key: key, shape: shape, geometry: geometry, comparison: comparison)
    for pane in PairState.Pane.allCases {
      guard let area = geometry.areas[pane], let text = wrapped[pane] else { continue }
      // A folded prompt shows what was asked last, and of the turns before it what there is room for.
      let start = pane == .prompt && !key.isPromptUnfolded ? texts.lastTurnStart : 0
      var content = PaneContent(text: text, area: area, anchor: pair?.anchors[pane] ?? start)
      if pair?.route == .search, pair?.anchors[pane] == nil,
        let match = texts.firstMatch(of: key.highlight, in: pane)
      {
        content.show(match)
      }
      layout.panes[pane] = content
    }
    return layout
  }

  /// Texts up to this size are wrapped whole, so that their lines can be counted; longer ones only
  /// as far as they are looked at.
  private static let wholeLayoutLimit = 64 << 10
}
