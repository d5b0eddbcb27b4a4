import PreferenceData

/// A row of the data set as the screens need it: its sides in the order in which this annotator
/// sees them, and what is counted of them once.
struct LoadedRow: Sendable {
  let row: PreferenceRow
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

  init(_ row: PreferenceRow, seed: UInt64, annotator: AnnotatorName) {
    self.row = row
    let texts = row.sides.map(\.text)
    sideIDs = texts.map { SideID(StableHash($0)) }
    pair = PairID(context: StableHash(row.contextText), sides: sideIDs)
    order = SideOrder.positions(of: sideIDs, in: pair, seed: seed, annotator: annotator)
    let counts = texts.map(Self.wordCount)
    words = order.map { counts[$0] }
    let request = row.lastRequest.drop(while: \.isWhitespace)
    summary = String(request.prefix(Self.summaryLength))
    defects = row.defects
    byteCount = row.context.reduce(texts.reduce(0) { $0 + $1.utf8.count }) {
      $0 + $1.text.utf8.count
    }
  }

  /// How many stretches of `text` lie between blanks.
  private static func wordCount(_ text: String) -> Int {
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
