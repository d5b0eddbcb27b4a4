/// How often each word and each two neighbouring words of a text occur, hashed into 2^16 buckets.
///
/// - Source: the hashing trick (Weinberger et al., 2009, arXiv:0902.2206). 2^16 buckets measured
///   as good as 2^18 on texts of a few hundred characters.
struct BucketCounts {
  static let bucketCount = 1 << 16

  /// The buckets that are not empty, in the order in which the text fills them.
  private(set) var buckets: [UInt16] = []
  private var table = [UInt8](repeating: 0, count: bucketCount)

  /// The count of `bucket`; 255 stands for 255 and more.
  func count(in bucket: UInt16) -> UInt8 { table[Int(bucket)] }

  /// Counts `tokens` and their neighbours; what was counted before is forgotten.
  mutating func count(_ tokens: [TextScan.Token]) {
    for bucket in buckets { table[Int(bucket)] = 0 }
    buckets.removeAll(keepingCapacity: true)
    var previous: UInt64?
    for token in tokens {
      add(Self.bucket(of: token.hash))
      if let previous { add(Self.bucket(of: previous, token.hash)) }
      previous = token.hash
    }
  }

  private mutating func add(_ bucket: UInt16) {
    let count = table[Int(bucket)]
    if count == 0 { buckets.append(bucket) }
    if count < .max { table[Int(bucket)] = count + 1 }
  }

  static func bucket(of word: UInt64) -> UInt16 {
    UInt16(truncatingIfNeeded: WordHash.pair(0, word))
  }

  static func bucket(of first: UInt64, _ second: UInt64) -> UInt16 {
    UInt16(truncatingIfNeeded: WordHash.pair(first, second))
  }
}
