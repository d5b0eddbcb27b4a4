import PreferenceData

/// What is counted of the texts of every row, once: so that a query for lengths reads no texts.
///
/// - Complexity: About 100 bytes a row.
public struct RowMeasures: Sendable {
  /// By text, measure and row; `missing` where a row has no such text.
  private var counts: [[UInt32]] = Array(
    repeating: [], count: Self.texts.count * Query.Measure.allCases.count)
  private(set) var sources: [String?] = []
  private(set) var annotators: [String?] = []

  private static let texts: [Query.TextName] = [.a, .b, .chosen, .rejected, .prompt, .any]
  private static let missing = UInt32.max
  private static let rowsInChunk = 128

  var rowCount: Int { sources.count }

  public init() {}

  /// Counts the next rows with `jobs` threads; whether all are counted.
  mutating func advance(_ subject: QuerySubject, jobs: Int) -> Bool {
    let first = rowCount
    let total = subject.source.rowCount
    let waiting = (total - first + Self.rowsInChunk - 1) / Self.rowsInChunk
    let chunks = parallelMap(count: min(waiting, 4 * jobs), jobs: jobs, scratch: { () }) {
      chunk, _ in
      let start = first + chunk * Self.rowsInChunk
      return (start..<min(start + Self.rowsInChunk, total)).map { RowCounts(at: $0, in: subject) }
    }
    for row in chunks.joined() {
      for (place, count) in row.counts.enumerated() { counts[place].append(count) }
      sources.append(row.source)
      annotators.append(row.annotator)
    }
    return rowCount == total
  }

  /// By row, a count; not a number where there is no such text.
  func column(_ measure: Query.Measure, of text: Query.TextName) -> [Double] {
    guard let place = Self.texts.firstIndex(of: text),
      let number = Query.Measure.allCases.firstIndex(of: measure)
    else { preconditionFailure("notes are not counted here") }
    return counts[place * Query.Measure.allCases.count + number].map {
      $0 == Self.missing ? .nan : Double($0)
    }
  }

  private struct RowCounts: Sendable {
    var counts: [UInt32]
    var source: String?
    var annotator: String?

    init(at position: Int, in subject: QuerySubject) {
      let measures = Query.Measure.allCases.count
      guard case .success(let row) = subject.source.row(at: position) else {
        counts = Array(repeating: missing, count: texts.count * measures)
        return
      }
      source = row.group
      annotator = row.annotator
      let order = subject.sideOrder(of: row, at: position)
      let sides = row.sides.map { TextMeasure($0.text) }
      let prompt = row.context.reduce(TextMeasure("")) { $0 + TextMeasure($1.text) }
      let labelled = row.chosenAndRejected
      let found: [TextMeasure?] = [
        order.first.map { sides[$0] }, order.count > 1 ? sides[order[1]] : nil,
        labelled.map { sides[$0.chosen] }, labelled.map { sides[$0.rejected] }, prompt,
        sides.reduce(prompt, +),
      ]
      counts = found.flatMap { found in
        found.map { [$0.words, $0.chars, $0.lines] } ?? Array(repeating: missing, count: measures)
      }
    }
  }
}

/// How long a text is.
struct TextMeasure: Hashable, Sendable {
  var words: UInt32 = 0
  var chars: UInt32 = 0
  var lines: UInt32 = 0

  init(_ text: String) {
    var isInside = false
    for byte in text.utf8 {
      let isBlank = byte == 0x20 || (0x09...0x0D).contains(byte)
      if !isBlank, !isInside { words += 1 }
      isInside = !isBlank
      if byte & 0xC0 != 0x80 { chars += 1 }
      if byte == 0x0A { lines += 1 }
    }
    if chars > 0 { lines += 1 }
  }

  static func + (left: TextMeasure, right: TextMeasure) -> TextMeasure {
    var sum = left
    sum.words += right.words
    sum.chars += right.chars
    sum.lines += right.lines
    return sum
  }
}
