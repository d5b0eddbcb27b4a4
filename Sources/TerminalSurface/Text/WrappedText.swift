/// One line of wrapped text, as places in the source in UTF-8 code units.
public struct WrappedLine: Hashable, Sendable {
  /// What is drawn: from the line's first cluster to its last, without the blanks at a wrap and
  /// without the newline.
  public var drawn: Range<Int>
  /// Where the next line begins; what lies between is the blanks or the newline that end this one.
  public var end: Int
  /// The columns that `drawn` takes, never more than were given.
  public var columns: Int
}

/// Text wrapped between words to lines of known width, laid out only as far as it is asked for.
///
/// Lines break at blanks and around wide characters, and inside a word only where it is longer than
/// a line. Newlines and leading blanks are kept; blanks that do not fit at the end of a line hang
/// over it undrawn. The lines' sources, `drawn.lowerBound..<end`, follow each other without a gap,
/// so a resize keeps the reader's place: remember `drawn.lowerBound` of the top line, wrap anew, and
/// go to `line(containing:)` it.
///
/// - Complexity: O(length laid out); keeps the text once, and 32 bytes a line.
public struct WrappedText: Sendable {
  /// The lines laid out so far.
  public private(set) var lines: [WrappedLine] = []
  /// Whether `lines` are all there are. An empty text has one empty line.
  public private(set) var isComplete = false
  public let columns: Int

  private let bytes: [UInt8]
  private let display: DisplayText
  /// Each run's role, and where in the bytes it ends.
  private var roles: [(end: Int, role: ThemeRole)] = []

  /// Wraps `runs` to `columns` (at least 1), and lays out as many as `count` lines at once.
  public init(
    _ runs: [StyledRun], columns: Int, display: DisplayText, lines count: Int = .max
  ) {
    self.columns = max(1, columns)
    self.display = display
    var bytes: [UInt8] = []
    for run in runs where !run.text.isEmpty {
      bytes.append(contentsOf: run.text.utf8)
      roles.append((bytes.count, run.role))
    }
    self.bytes = bytes
    layOut(lines: count)
  }

  /// Lays out further, until there are `count` lines or the text ends.
  public mutating func layOut(lines count: Int) {
    while !isComplete, lines.count < count { layOutLine() }
  }

  /// Lays out further, until a line holds the source's byte `offset`, and gives that line's number.
  public mutating func line(containing offset: Int) -> Int {
    while !isComplete, lines.last.map({ $0.end <= offset }) ?? true { layOutLine() }
    return min(lines.partitionPoint { $0.end <= offset }, lines.count - 1)
  }

  /// The line `number` as it is drawn.
  /// - Precondition: the line has been laid out.
  public func runs(ofLine number: Int) -> [StyledRun] {
    precondition(lines.indices.contains(number), "line \(number) of \(lines.count) laid out")
    let line = lines[number]
    var reader = ClusterReader(bytes, from: line.drawn.lowerBound, doubtful: display.doubtful)
    var role = roles.partitionPoint { $0.end <= line.drawn.lowerBound }
    var runs: [StyledRun] = []
    while reader.index < line.drawn.upperBound, let piece = reader.next() {
      while role + 1 < roles.count, roles[role].end <= piece.range.lowerBound { role += 1 }
      let text = reader.text(of: piece)
      if let last = runs.last, last.role == roles[role].role {
        runs[runs.count - 1].text += text
      } else {
        runs.append(StyledRun(text, roles[role].role))
      }
    }
    return runs
  }

  private mutating func layOutLine() {
    let start = lines.last?.end ?? 0
    var reader = ClusterReader(bytes, from: start, doubtful: display.doubtful)
    /// The line if it ended behind its last cluster that is no blank.
    var word = WrappedLine(drawn: start..<start, end: start, columns: 0)
    /// The line if it ended where it may.
    var wrap: WrappedLine?
    while let piece = reader.next() {
      if case .newline = piece.form { return finish(word, end: piece.range.upperBound) }
      let fits = reader.column <= columns
      if piece.isBlank {
        guard fits else { return finish(word, end: endOfBlanks(&reader)) }
        if word.columns > 0 { wrap = word.ending(at: piece.range.upperBound) }
        continue
      }
      if piece.isWide, word.columns > 0 { wrap = word.ending(at: piece.range.lowerBound) }
      guard fits || piece.range.lowerBound == start else {
        lines.append(wrap ?? word.ending(at: piece.range.lowerBound))
        return
      }
      word = WrappedLine(
        drawn: start..<piece.range.upperBound, end: piece.range.upperBound,
        columns: min(columns, reader.column))
      if piece.isWide { wrap = word }
    }
    finish(word, end: bytes.count)
  }

  /// Ends a line where the text or a newline ends it.
  private mutating func finish(_ line: WrappedLine, end: Int) {
    lines.append(line.ending(at: end))
    isComplete = end == bytes.count && (line.drawn.lowerBound == end || bytes[end - 1] != 0x0A)
  }

  /// The end of the blanks that hang over a line, with the newline behind them.
  private func endOfBlanks(_ reader: inout ClusterReader) -> Int {
    var end = reader.index
    while let piece = reader.next() {
      if case .newline = piece.form { return piece.range.upperBound }
      guard piece.isBlank else { break }
      end = piece.range.upperBound
    }
    return end
  }
}

extension WrappedLine {
  fileprivate func ending(at end: Int) -> WrappedLine {
    WrappedLine(drawn: drawn, end: end, columns: columns)
  }
}
