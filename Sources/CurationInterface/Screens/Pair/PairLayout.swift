import PreferenceData
import TerminalSurface

/// How the pair view divides a terminal of some size.
enum PairShape: Int, Comparable, Sendable {
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

  static func < (one: PairShape, other: PairShape) -> Bool { one.rawValue < other.rawValue }

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

/// Everything of the pair view that depends on its size: made anew when something of `Key` changes.
struct PairLayout: Sendable {
  struct Key: Hashable, Sendable {
    var texts: Texts
    var size: Size
    var isPromptUnfolded: Bool
    /// The side that has the screen, where only one has.
    var soleSide: PairState.Pane?
    var isZoomed: Bool

    /// What the texts depend on, whatever room there is for them.
    struct Texts: Hashable, Sendable {
      var position: Int
      /// Which pair of a ranking.
      var pair: RankedPair?
      var isTurned: Bool
      var marksWords: Bool
      var isRaw: Bool
      var unfoldsReasoning: Bool
      var highlight: String?
    }
  }

  let key: Key
  let shape: PairShape
  var panes: [PairState.Pane: PaneContent] = [:]
  let geometry: PairGeometry
  let comparison: WordComparison
  /// Whether paragraphs that say much the same stand side by side.
  var isAligned = false
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
    let texts = PairLayout.Key.Texts(
      position: pair.position, pair: row.ranking?.shownPair, isTurned: pair.isTurned,
      marksWords: marksWords, isRaw: rendering.isRaw,
      unfoldsReasoning: rendering.unfoldsReasoning, highlight: search?.text)
    let key = PairLayout.Key(
      texts: texts, size: size, isPromptUnfolded: pair.isPromptUnfolded,
      soleSide: isSole ? (pair.focus == .b ? .b : .a) : nil, isZoomed: pair.isZoomed)
    guard layout?.key != key else { return }
    let read = PairTexts(row, order: sideOrder(of: row), rendering: pairRendering)
    let comparison =
      layout?.key.texts == texts
      ? layout?.comparison ?? .off : read.comparison(isWanted: marksWords)
    layout = makeLayout(key, shape, read, comparison)
  }

  private func makeLayout(
    _ key: PairLayout.Key, _ shape: PairShape, _ texts: PairTexts, _ comparison: WordComparison
  ) -> PairLayout {
    let columns = PairGeometry.Columns(size: size, shape: shape)
    var rendered: [PairState.Pane: RenderedText] = [:]
    var wrapped: [PairState.Pane: WrappedText] = [:]
    for pane in PairState.Pane.allCases {
      let width = pane == .prompt ? columns.prompt : columns.side
      let text = texts.rendered(pane, comparison: comparison, columns: width, display: display)
      // Lines that are to stand side by side have to be known.
      let isWhole =
        texts.byteCount(of: pane) <= Self.wholeLayoutLimit || comparison.outcome == .marked
      wrapped[pane] = WrappedText(
        text.runs, columns: width, display: display, lines: isWhole ? .max : size.rows)
      rendered[pane] = text
    }
    let isBeside = shape >= .beside && key.soleSide == nil
    let rows = isBeside ? alignedRows(texts.paragraphs(by: comparison), rendered, wrapped) : [:]
    var lines = wrapped.mapValues(\.lines.count)
      .merging(rows.mapValues(\.gapCount), uniquingKeysWith: +)
    func divide() -> PairGeometry {
      PairGeometry(
        size: size, shape: shape, sole: key.soleSide, isZoomed: key.isZoomed,
        isPromptUnfolded: key.isPromptUnfolded, lines: lines)
    }
    var geometry = divide()
    if let text = wrapped[.prompt], let area = geometry.areas[.prompt],
      !key.isPromptUnfolded, beginsBlank(text, rendered[.prompt], in: area)
    {
      // The sides have a use for that row.
      lines[.prompt] = area.rows - 1
      geometry = divide()
    }
    var layout = PairLayout(
      key: key, shape: shape, geometry: geometry, comparison: comparison, isAligned: !rows.isEmpty)
    for pane in PairState.Pane.allCases {
      guard let area = geometry.areas[pane], let text = wrapped[pane], let of = rendered[pane]
      else { continue }
      let start = pane == .prompt && !key.isPromptUnfolded ? Self.foldedStart(of, in: area) : 0
      var content = PaneContent(
        text: text, of: of, rows: rows[pane] ?? PaneRows(), area: area,
        anchor: pair?.anchors[pane] ?? start)
      if pair?.route == .search, pair?.anchors[pane] == nil, let match = of.firstMatch {
        content.show(match)
      }
      layout.panes[pane] = content
    }
    return layout
  }

  /// Where a folded prompt begins: it shows what was asked last, and of the turns before it what there is
  /// room for.
  private static func foldedStart(_ prompt: RenderedText, in area: Rect) -> Int {
    prompt.folds.source(area.rows > 1 ? prompt.lastTurn.heading : prompt.lastTurn.words)
  }

  /// Whether the first row of a folded prompt would be the blank one between two turns.
  private func beginsBlank(_ text: WrappedText, _ prompt: RenderedText?, in area: Rect) -> Bool {
    guard let prompt, area.rows > 1, pair?.anchors[.prompt] == nil else { return false }
    let content = PaneContent(
      text: text, of: prompt, area: area, anchor: Self.foldedStart(prompt, in: area))
    let first = content.lines.lowerBound
    return content.top > 0 && content.text.lines.indices.contains(first)
      && content.text.lines[first].drawn.isEmpty
  }

  /// The rows of both sides with `paragraphs` side by side; none where nothing is to be aligned.
  private func alignedRows(
    _ paragraphs: [ParagraphPair], _ rendered: [PairState.Pane: RenderedText],
    _ wrapped: [PairState.Pane: WrappedText]
  ) -> [PairState.Pane: PaneRows] {
    guard !paragraphs.isEmpty, let a = rendered[.a], let b = rendered[.b],
      var first = wrapped[.a], var second = wrapped[.b]
    else { return [:] }
    let pairs = paragraphs.map {
      (
        first: first.line(containing: a.insertions.changed($0.first)),
        second: second.line(containing: b.insertions.changed($0.second))
      )
    }
    let rows = PaneRows.aligned(pairs, first: first.lines.count, second: second.lines.count)
    return [.a: rows.first, .b: rows.second]
  }

  /// Texts up to this size are wrapped whole, so that their lines can be counted; longer ones only
  /// as far as they are looked at.
  private static let wholeLayoutLimit = 64 << 10
}
