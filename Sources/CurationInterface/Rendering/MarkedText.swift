import PreferenceData
import TerminalSurface

/// A text and the roles of its bytes: stretches one after another without a gap.
///
/// Offsets are those of `text`. `source` tells where they stand in the text as the file has it, since
/// what is folded or put in makes the two differ.
struct MarkedText {
  private(set) var text = ""
  private(set) var source = OffsetMap()
  /// Tables, as their lines stand in `text`.
  private(set) var tables: [(base: Int, table: MarkupTable, text: [UInt8])] = []
  private var stretches: [(end: Int, role: ThemeRole)] = []
  /// Where the last turn begins with the name of who speaks, and where its own words begin.
  private(set) var lastTurn = (heading: 0, words: 0)

  init(text: String) {
    append(text, .text)
  }

  /// What one speaker says.
  init(said text: String, by role: Role, rendering: PairRendering) {
    append(said: text, by: role, rendering)
  }

  /// The turns one below the other, each after the name of who speaks: on the same line where the turn
  /// is one line, else on a line of its own.
  init(turns: [Turn], rendering: PairRendering) {
    for (number, turn) in turns.enumerated() {
      if number > 0 { append("\n\n", .text) }
      lastTurn.heading = text.utf8.count
      let isBlock = !rendering.isRaw && turn.text.utf8.contains(UInt8(ascii: "\n"))
      // As many bytes either way: a place in the text stays the same.
      append(
        "\(turn.role.name):" + (isBlock ? "\n" : " "),
        turn.role == .assistant ? .promptAssistant : .promptHuman)
      lastTurn.words = text.utf8.count
      append(said: turn.text, by: turn.role, rendering)
    }
  }

  private mutating func append(said original: String, by role: Role, _ rendering: PairRendering) {
    guard !rendering.isRaw else { return append(original, .text) }
    let folded = Reasoning.folded(original, rendering)
    let base = text.utf8.count
    source.append(folded.edits, at: base)
    append(folded.text, .text)
    let isData = role == .tool && ["{", "["].contains(folded.text.first)
    let markup = isData ? Markup(json: folded.text) : Markup(folded.text)
    mark(markup.spans.map { MarkupSpan($0.range.shifted(by: base), $0.role) })
    guard !markup.tables.isEmpty else { return }
    let bytes = Array(folded.text.utf8)
    tables += markup.tables.map { (base, $0, bytes) }
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

  /// The text with its tables aligned where they then fit `columns`.
  func aligned(to columns: Int, display: DisplayText) -> (text: MarkedText, source: OffsetMap) {
    let insertions = tables.flatMap { place in
      place.table.aligned(in: place.text, columns: columns, display: display).map {
        TextInsertion(offset: $0.offset + place.base, text: $0.text)
      }
    }
    guard !insertions.isEmpty else { return (self, OffsetMap()) }
    let bytes = Array(text.utf8)
    var aligned = MarkedText(text: "")
    var map = OffsetMap()
    var start = 0
    var next = 0
    for stretch in stretches {
      while next < insertions.count, insertions[next].offset <= stretch.end {
        let insertion = insertions[next]
        aligned.append(bytes[start..<insertion.offset], stretch.role)
        map.append(
          OffsetMap.Edit(
            source: insertion.offset..<insertion.offset, count: insertion.text.utf8.count))
        aligned.append(insertion.text, stretch.role == .markupMark ? .markupMark : .text)
        start = insertion.offset
        next += 1
      }
      aligned.append(bytes[start..<stretch.end], stretch.role)
      start = stretch.end
    }
    return (aligned, map)
  }

  private mutating func append(_ part: ArraySlice<UInt8>, _ role: ThemeRole) {
    append(String(decoding: part, as: UTF8.self), role)
  }

  /// Dims the words in `common` that are plain text, and marks what lies between them; blanks keep
  /// their role.
  mutating func mark(common: [Range<Int>], only role: ThemeRole) {
    var only: [MarkupSpan] = []
    var start = 0
    let bytes = Array(text.utf8)
    for range in common + [text.utf8.count..<text.utf8.count] {
      let gap = Self.trimmed(start..<range.lowerBound, bytes)
      if !gap.isEmpty { only.append(MarkupSpan(gap, role)) }
      start = range.upperBound
    }
    mark(common.map { MarkupSpan($0, .textCommon) }, over: [.text])
    mark(only)
  }

  /// Gives the bytes in `spans`, which are in order, their roles; with `replaced`, only where they have
  /// one of these.
  mutating func mark(_ spans: [MarkupSpan], over replaced: Set<ThemeRole>? = nil) {
    guard !spans.isEmpty else { return }
    var marked: [(end: Int, role: ThemeRole)] = []
    marked.reserveCapacity(stretches.count + 2 * spans.count)
    var stretch = 0
    func add(until end: Int, _ role: ThemeRole?) {
      while stretch < stretches.count, (marked.last?.end ?? 0) < end {
        let part = stretches[stretch]
        let isReplaced = replaced?.contains(part.role) ?? true
        marked.append((min(part.end, end), isReplaced ? role ?? part.role : part.role))
        if part.end <= end { stretch += 1 }
      }
    }
    for span in spans where !span.range.isEmpty {
      add(until: span.range.lowerBound, nil)
      add(until: span.range.upperBound, span.role)
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

extension Range<Int> {
  func shifted(by distance: Int) -> Range<Int> {
    (lowerBound + distance)..<(upperBound + distance)
  }
}
