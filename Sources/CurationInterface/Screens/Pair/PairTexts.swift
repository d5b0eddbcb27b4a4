import PreferenceData
import TerminalSurface

/// The texts of a pair as runs of roles: who speaks, which words only one side has, what was
/// searched for.
struct PairTexts {
  private let prompt: MarkedText
  private let sides: [MarkedText]

  /// The texts of `row` with its sides in `order`.
  init(_ row: LoadedRow, order: [Int]) {
    prompt = MarkedText(turns: row.row.context[...])
    sides = order.map { position in
      let turns = row.row.sides[position].shownTurns
      if turns.count == 1, turns[0].role == .assistant {
        return MarkedText(text: turns[0].text)
      }
      return MarkedText(turns: turns[...])
    }
  }

  /// Where the last turn of the prompt begins: what a folded prompt must show.
  var lastTurnStart: Int { prompt.lastTurnStart }

  func byteCount(of pane: PairState.Pane) -> Int { text(of: pane).text.utf8.count }

  private func text(of pane: PairState.Pane) -> MarkedText {
    switch pane {
    case .prompt: prompt
    case .a: sides[0]
    case .b: sides.count > 1 ? sides[1] : MarkedText(text: "")
    }
  }

  /// The first byte of what was searched for, or nil where this text does not hold it.
  func firstMatch(of text: String?, in pane: PairState.Pane) -> Int? {
    text.flatMap { self.text(of: pane).text.ranges(ofIgnoringCase: $0).first?.lowerBound }
  }

  func comparison(isWanted: Bool) -> WordComparison {
    guard isWanted, sides.count == 2 else { return .off }
    return WordComparison(sides[0].text, sides[1].text)
  }

  func runs(
    of pane: PairState.Pane, comparison: WordComparison, highlight: String?
  ) -> [StyledRun] {
    var text = text(of: pane)
    if comparison.outcome == .marked, pane != .prompt {
      let common = pane == .a ? comparison.commonInFirst : comparison.commonInSecond
      text.mark(common: common, only: pane == .a ? .sideOnlyA : .sideOnlyB)
    }
    if let highlight { text.mark(text.text.ranges(ofIgnoringCase: highlight), role: .match) }
    return text.runs
  }
}

/// A text and the roles of its bytes: stretches one after another without a gap.
struct MarkedText {
  private(set) var text = ""
  private var stretches: [(end: Int, role: ThemeRole)] = []
  private(set) var lastTurnStart = 0

  init(text: String) {
    append(text, .text)
  }

  /// The turns one below the other, each after the name of who speaks.
  init(turns: ArraySlice<Turn>) {
    for (number, turn) in turns.enumerated() {
      if number > 0 { append("\n\n", .text) }
      lastTurnStart = text.utf8.count
      append("\(turn.role.name): ", turn.role == .assistant ? .promptAssistant : .promptHuman)
      append(turn.text, .text)
    }
  }

  private mutating func append(_ part: String, _ role: ThemeRole) {
    guard !part.isEmpty else { return }
    text += part
    stretches.append((text.utf8.count, role))
  }

  var runs: [StyledRun] {
    var start = 0
    let bytes = Array(text.utf8)
    return stretches.map { stretch in
      defer { start = stretch.end }
      return StyledRun(String(decoding: bytes[start..<stretch.end], as: UTF8.self), stretch.role)
    }
  }

  /// Dims the words in `common` and marks what lies between them; blanks keep their role.
  mutating func mark(common: [Range<Int>], only role: ThemeRole) {
    var only: [Range<Int>] = []
    var start = 0
    let bytes = Array(text.utf8)
    for range in common + [text.utf8.count..<text.utf8.count] {
      let gap = Self.trimmed(start..<range.lowerBound, bytes)
      if !gap.isEmpty { only.append(gap) }
      start = range.upperBound
    }
    mark(common, role: .textCommon)
    mark(only, role: role)
  }

  /// Gives the bytes in `ranges`, which are in order, the role `role`.
  mutating func mark(_ ranges: [Range<Int>], role: ThemeRole) {
    guard !ranges.isEmpty else { return }
    var marked: [(end: Int, role: ThemeRole)] = []
    var stretch = 0
    func add(until end: Int, _ role: ThemeRole?) {
      while stretch < stretches.count, (marked.last?.end ?? 0) < end {
        let part = stretches[stretch]
        marked.append((min(part.end, end), role ?? part.role))
        if part.end <= end { stretch += 1 }
      }
    }
    for range in ranges where !range.isEmpty {
      add(until: range.lowerBound, nil)
      add(until: range.upperBound, role)
    }
    add(until: stretches.last?.end ?? 0, nil)
    stretches = marked
  }

  private static func trimmed(_ range: Range<Int>, _ bytes: [UInt8]) -> Range<Int> {
    var range = range
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    while let first = range.first, isBlank(bytes[first]) { range = (first + 1)..<range.upperBound }
    while let last = range.last, isBlank(bytes[last]) { range = range.lowerBound..<last }
    return range
  }
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
