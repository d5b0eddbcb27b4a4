import PreferenceData
import TerminalSurface

/// The texts of a pair as runs of roles: who speaks, which words only one side has, what was
/// searched for.
struct PairTexts {
  private let prompt: MarkedText
  private let sides: [MarkedText]
  private let highlight: String?

  /// The texts of `row` with its sides in `order`.
  init(_ row: LoadedRow, order: [Int], rendering: PairRendering = PairRendering(isRaw: true)) {
    highlight = rendering.highlight
    prompt = MarkedText(turns: row.row.context, rendering: rendering)
    sides = order.map { position in
      let turns = row.row.sides[position].turns
      if turns.count == 1, turns[0].role == .assistant {
        return MarkedText(said: turns[0].text, by: .assistant, rendering: rendering)
      }
      return MarkedText(turns: turns, rendering: rendering)
    }
  }

  func byteCount(of pane: PairState.Pane) -> Int { text(of: pane).text.utf8.count }

  private func text(of pane: PairState.Pane) -> MarkedText {
    switch pane {
    case .prompt: prompt
    case .a: sides[0]
    case .b: sides.count > 1 ? sides[1] : MarkedText(text: "")
    }
  }

  func comparison(isWanted: Bool) -> WordComparison {
    guard isWanted, sides.count == 2 else { return .off }
    return WordComparison(sides[0].text, sides[1].text)
  }

  /// Which lines of text belong side by side, as the comparison of their words has it.
  func paragraphs(by comparison: WordComparison) -> [ParagraphPair] {
    guard comparison.outcome == .marked, sides.count == 2 else { return [] }
    return ParagraphPair.all(sides[0].text, sides[1].text, comparison)
  }

  /// The text of `pane`, ready to be wrapped to `columns`.
  func rendered(
    _ pane: PairState.Pane, comparison: WordComparison, columns: Int, display: DisplayText
  ) -> RenderedText {
    var text = text(of: pane)
    if comparison.outcome == .marked, pane != .prompt {
      let common = pane == .a ? comparison.commonInFirst : comparison.commonInSecond
      text.mark(common: common, only: pane == .a ? .sideOnlyA : .sideOnlyB)
    }
    let matches = highlight.map { text.text.ranges(ofIgnoringCase: $0) } ?? []
    text.mark(matches.map { MarkupSpan($0, .match) })
    let aligned = text.aligned(to: columns, display: display)
    return RenderedText(
      runs: aligned.text.runs, folds: text.source, insertions: aligned.source,
      lastTurn: (text.lastTurn.heading, text.lastTurn.words), firstMatch: matches.first?.lowerBound)
  }
}

/// A text as it is drawn, and where its places come from.
struct RenderedText {
  let runs: [StyledRun]
  /// From the text of the file to the text whose words are compared.
  let folds: OffsetMap
  /// From there to what is drawn.
  let insertions: OffsetMap
  /// Where the last turn and its words begin, before anything was put in.
  let lastTurn: (heading: Int, words: Int)
  /// The first byte of what was searched for, before anything was put in.
  let firstMatch: Int?

  var isEmpty: Bool { runs.isEmpty }

  func drawn(fromSource offset: Int) -> Int { insertions.changed(folds.changed(offset)) }

  func source(fromDrawn offset: Int) -> Int { folds.source(insertions.source(offset)) }
}

extension String {
  /// Where `text` occurs, letter case ignored, as byte ranges in order that do not overlap.
  ///
  /// - Complexity: O(length · length of `text`).
  func ranges(ofIgnoringCase text: String) -> [Range<Int>] {
    let needle = text.unicodeScalars.map(\.caseFolded)
    guard let first = needle.first else { return [] }
    var folded: [(scalar: Unicode.Scalar, start: Int)] = []
    folded.reserveCapacity(utf8.count)
    var offset = 0
    for scalar in unicodeScalars {
      folded.append((scalar.caseFolded, offset))
      offset += UTF8.width(scalar)
    }
    folded.append((first, offset))
    var ranges: [Range<Int>] = []
    var place = 0
    while place + needle.count < folded.count {
      let isMatch = needle.indices.allSatisfy { folded[place + $0].scalar == needle[$0] }
      if isMatch { ranges.append(folded[place].start..<folded[place + needle.count].start) }
      place += isMatch ? needle.count : 1
    }
    return ranges
  }
}

extension Unicode.Scalar {
  /// The lower-case form where it is one scalar, else the scalar itself.
  fileprivate var caseFolded: Unicode.Scalar {
    if value < 0x80 { return (0x41...0x5A).contains(value) ? Self(UInt8(value) + 0x20) : self }
    let mapping = properties.lowercaseMapping.unicodeScalars
    return mapping.count == 1 ? mapping.first ?? self : self
  }
}
