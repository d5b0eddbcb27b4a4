import PreferenceData

/// A row of the data set as the screens need it: its sides in the order in which this annotator
/// sees them, and what is counted of them once.
struct LoadedRow: Sendable {
  /// The row; of a ranking, the pair in view as a row of two sides.
  let row: PreferenceRow
  /// The ranking, where the row is one.
  let ranking: LoadedRanking?
  let pair: PairID
  let sideIDs: [SideID]
  /// The positions of the sides; the first is A. Says nothing about the label.
  let order: [Int]
  /// Words a side, A first.
  let words: [Int]
  /// The beginning of what was asked last.
  let summary: String
  let defects: [RowDefect]
  /// The UTF-8 bytes of all texts.
  let byteCount: Int

  /// More of a prompt than this is never shown in one line of the queue.
  private static let summaryLength = 200

  /// - Parameters:
  ///   - whole: The row.
  ///   - pair: Which pair of a ranking comes into view; nil for its first one.
  ///   - seed: Decides the order of the sides.
  ///   - annotator: Who looks.
  init(
    _ whole: PreferenceRow, showing pair: RankedPair? = nil, seed: UInt64, annotator: AnnotatorName
  ) {
    ranking = LoadedRanking(whole, showing: pair, seed: seed, annotator: annotator)
    let row = ranking.map { whole.narrowed(to: $0.shownPair) } ?? whole
    self.row = row
    let texts = row.sides.map(\.text)
    sideIDs = texts.map { SideID(StableHash($0)) }
    self.pair = PairID(context: StableHash(row.contextText), sides: sideIDs)
    order = SideOrder.positions(of: sideIDs, in: self.pair, seed: seed, annotator: annotator)
    let counts = texts.map(Self.wordCount)
    words = order.map { counts[$0] }
    let request = row.lastRequest.drop(while: \.isWhitespace)
    summary = String(request.prefix(Self.summaryLength))
    defects = row.defects
    let ofSides = whole.sides.reduce(0) { $0 + $1.text.utf8.count }
    byteCount = row.context.reduce(ofSides) { $0 + $1.text.utf8.count }
  }

  /// How many stretches of `text` lie between blanks.
  static func wordCount(_ text: String) -> Int {
    var count = 0
    var isInside = false
    for byte in text.utf8 {
      let isBlank = byte == 0x20 || (0x09...0x0D).contains(byte)
      if !isBlank, !isInside { count += 1 }
      isInside = !isBlank
    }
    return count
  }
}

/// What is known of a row that was asked for.
enum RowContent: Sendable {
  case pair(LoadedRow)
  case problem(RowProblem)

  var loaded: LoadedRow? {
    if case .pair(let row) = self { row } else { nil }
  }
}
