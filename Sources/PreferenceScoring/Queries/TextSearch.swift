import PreferenceData

/// Rows that are looked through for words.
public protocol SearchableRows: PairSource {
  /// Calls `body` with the bytes of each of `rows`, which rise; whether they could all be had.
  ///
  /// What a text of a row says in letters and digits without a break stands in its bytes in the same
  /// way, or as escapes that begin with `\u00`.
  func readBytes(of rows: ArraySlice<Int>, _ body: (Int, Span<UInt8>) -> Void) -> Bool
}

/// Looking for words in prompts and responses, letter case ignored, step by step: whoever drives it can
/// show how far it is, and stop.
///
/// The next few rows are read at once, since a match is often near. The others are first sifted by
/// their bytes, in the order of the file; only those that may hold the words are read, in the order asked
/// for. Texts decide, not bytes: a string that is spelled with escapes is found all the same, and a field
/// name never is. The answer does not depend on `jobs`.
public struct TextSearch: Sendable {
  public enum Outcome: Hashable, Sendable {
    /// Still under way: how much has been looked through, in [0, 1].
    case looking(share: Double)
    /// The first of the rows that holds the words.
    case found(Int)
    case missing
  }

  private let words: LiteralPattern
  private let source: any SearchableRows
  private let jobs: Int
  /// What is read next, in the order asked for.
  private var waiting: ArraySlice<Int>
  /// What comes after that.
  private var far: ArraySlice<Int>
  /// The same in the order of the file, as far as it is not sifted yet.
  private var unsifted: ArraySlice<Int> = []
  /// By row: whether it may hold the words, as far as it is sifted.
  private var isPossible: [Bool] = []

  private static let rowsAtOnce = 64
  private static let rowsInPart = 256
  private static let partsInStep = 4

  /// - Parameters:
  ///   - text: What is looked for; where it is empty, nothing is found.
  ///   - source: The rows.
  ///   - positions: Which of them are looked through, in this order.
  ///   - jobs: How many threads work at a step.
  public init(_ text: String, in source: any SearchableRows, at positions: [Int], jobs: Int) {
    precondition(jobs > 0, "a search needs a thread, got \(jobs)")
    words = LiteralPattern(text)
    self.source = source
    self.jobs = jobs
    waiting = text.isEmpty ? [] : positions.prefix(Self.rowsAtOnce)
    far = text.isEmpty ? [] : positions.dropFirst(Self.rowsAtOnce)
    if words.tellsByBytes, !far.isEmpty {
      unsifted = far.sorted()[...]
      isPossible = Array(repeating: false, count: source.rowCount)
    }
  }

  /// Does the next piece of work.
  public mutating func advance() -> Outcome {
    if !waiting.isEmpty {
      let next = waiting.prefix(Self.rowsAtOnce * jobs)
      if let match = firstMatch(among: next) { return .found(match) }
      waiting = waiting.dropFirst(next.count)
    } else if !unsifted.isEmpty {
      sift()
    } else {
      waiting = isPossible.isEmpty ? far : far.filter { isPossible[$0] }[...]
      far = []
    }
    let left = waiting.count + unsifted.count
    if left + far.count == 0 { return .missing }
    return .looking(share: 1 - Double(left) / Double(max(left, far.count, 1)))
  }

  private func firstMatch(among rows: ArraySlice<Int>) -> Int? {
    let (source, words) = (source, words)
    let answers = parallelMap(count: rows.count, jobs: jobs, scratch: { () }) { number, _ in
      guard case .success(let row) = source.row(at: rows[rows.startIndex + number]) else {
        return false
      }
      return words.isFound(in: row)
    }
    return answers.firstIndex(of: true).map { rows[rows.startIndex + $0] }
  }

  private mutating func sift() {
    let (source, words, rows) = (source, words, unsifted)
    let parts = min(
      (rows.count + Self.rowsInPart - 1) / Self.rowsInPart, Self.partsInStep * jobs)
    let possible = parallelMap(count: parts, jobs: jobs, scratch: { () }) { part, _ in
      let part = rows.dropFirst(part * Self.rowsInPart).prefix(Self.rowsInPart)
      var found: [Int] = []
      let isWhole = source.readBytes(of: part) { row, bytes in
        if words.mayBeFound(inBytes: bytes) { found.append(row) }
      }
      // What cannot be had at once says for itself what is wrong with it.
      return isWhole ? found : Array(part)
    }
    for row in possible.joined() { isPossible[row] = true }
    unsifted = rows.dropFirst(parts * Self.rowsInPart)
  }
}

extension LiteralPattern {
  /// Whether any text of `row` holds the words.
  fileprivate func isFound(in row: PreferenceRow) -> Bool {
    row.context.contains { isFound(in: $0.text) }
      || row.sides.contains { side in side.turns.contains { isFound(in: $0.text) } }
  }
}
