/// Which words two texts share, in the same order: the longest common subsequence of their words.
///
/// Where they share little, marking the rest would be noise, so nothing is marked.
struct WordComparison: Hashable, Sendable {
  enum Outcome: Hashable, Sendable {
    /// Nobody asked.
    case off
    /// One of the texts has more words than are compared.
    case tooLong
    case tooDifferent
    case marked
  }

  let outcome: Outcome
  /// Common words in all words of both: 0...1.
  let commonShare: Double
  /// The common words of each text, as byte ranges in order; empty unless `marked`.
  let commonInFirst: [Range<Int>]
  let commonInSecond: [Range<Int>]

  static let off = WordComparison(outcome: .off, commonShare: 0)

  /// Under this share the differences are most of the text.
  private static let leastCommonShare = 0.4
  /// The table of the comparison takes this number squared bits: 2 MB.
  private static let wordLimit = 4_096

  private init(
    outcome: Outcome, commonShare: Double, first: [Range<Int>] = [], second: [Range<Int>] = []
  ) {
    self.outcome = outcome
    self.commonShare = commonShare
    commonInFirst = first
    commonInSecond = second
  }

  /// - Complexity: O(words of `first` · words of `second` / 64) time and bits.
  init(_ first: String, _ second: String) {
    let one = Self.words(of: first)
    let two = Self.words(of: second)
    guard let one, let two else {
      self.init(outcome: .tooLong, commonShare: 0)
      return
    }
    let pairs = Self.commonPairs(one.map(\.text), two.map(\.text))
    let total = one.count + two.count
    let share = total == 0 ? 0 : Double(2 * pairs.count) / Double(total)
    guard share > Self.leastCommonShare else {
      self.init(outcome: .tooDifferent, commonShare: share)
      return
    }
    self.init(
      outcome: .marked, commonShare: share, first: pairs.map { one[$0.0].range },
      second: pairs.map { two[$0.1].range })
  }

  /// The stretches of `text` between blanks, with their bytes; nil where there are too many.
  private static func words(of text: String) -> [(text: Substring.UTF8View, range: Range<Int>)]? {
    guard text.utf8.count < wordLimit * 64 else { return nil }
    var words: [(text: Substring.UTF8View, range: Range<Int>)] = []
    var offset = 0
    for word in text.utf8.split(
      omittingEmptySubsequences: false, whereSeparator: { $0 == 0x20 || (0x09...0x0D).contains($0) }
    ) {
      let count = word.count
      if count > 0 { words.append((word, offset..<(offset + count))) }
      offset += count + 1
    }
    return words.count <= wordLimit ? words : nil
  }

  /// The places of a longest common subsequence, in order.
  ///
  /// Bit-parallel: a row of the usual table is a bit vector in which a zero says that the length
  /// grows there (M. Crochemore, C. S. Iliopoulos, Y. J. Pinzon, J. F. Reid, "A fast and practical
  /// bit-vector algorithm for the longest common subsequence problem", 2001).
  private static func commonPairs(
    _ first: [Substring.UTF8View], _ second: [Substring.UTF8View]
  ) -> [(Int, Int)] {
    guard !first.isEmpty, !second.isEmpty else { return [] }
    let wordCount = (first.count + 63) / 64
    var numbers: [[UInt8]: Int] = [:]
    let firstNumbers = first.map { word in
      let key = Array(word)
      let number = numbers[key] ?? numbers.count
      numbers[key] = number
      return number
    }
    let secondNumbers = second.map { numbers[Array($0)] }
    var places = [UInt64](repeating: 0, count: numbers.count * wordCount)
    for (place, number) in firstNumbers.enumerated() {
      places[number * wordCount + place / 64] |= 1 << UInt64(place % 64)
    }
    var rows = [UInt64](repeating: .max, count: (second.count + 1) * wordCount)
    for row in 0..<second.count {
      var carry: UInt64 = 0
      for word in 0..<wordCount {
        let above = rows[row * wordCount + word]
        let matches = secondNumbers[row].map { places[$0 * wordCount + word] } ?? 0
        let both = above & matches
        let (sum, overflow) = above.addingReportingOverflow(both)
        let (total, second) = sum.addingReportingOverflow(carry)
        carry = overflow || second ? 1 : 0
        rows[(row + 1) * wordCount + word] = total | (above & ~matches)
      }
    }
    return trace(rows, wordCount: wordCount, firstNumbers, secondNumbers)
  }

  /// Walks the table backwards: a zero that the row above does not have yet is a match of this row.
  private static func trace(
    _ rows: [UInt64], wordCount: Int, _ first: [Int], _ second: [Int?]
  ) -> [(Int, Int)] {
    func grows(_ row: Int, _ place: Int) -> Bool {
      rows[row * wordCount + place / 64] & (1 << UInt64(place % 64)) == 0
    }
    var pairs: [(Int, Int)] = []
    var row = second.count
    var place = first.count - 1
    while row > 0, place >= 0 {
      if !grows(row, place) {
        place -= 1
      } else if grows(row - 1, place) {
        row -= 1
      } else {
        // The length grows here and did not in the row above: these two words are a match.
        pairs.append((place, row - 1))
        row -= 1
        place -= 1
      }
    }
    return pairs.reversed()
  }
}
