import Foundation
import PreferenceData

/// The word block: TF-IDF of hashed words and word pairs, sketched into a few dense columns.
///
/// Meaning: a bucket with count c in a response has the value ln1(c) * idf, where
/// idf = ln((1 + N) / (1 + df)) + 1 over the N responses of the data set; a response's values are
/// scaled to length 1; a pair's row is chosen - rejected, each bucket added with its sign to its
/// column (CountSketch: inner products are kept on average).
/// - Complexity: O(buckets of the response).
/// - Source: Charikar, Chen and Farach-Colton, 2002 (CountSketch); idf as in scikit-learn.
struct WordSketch: Sendable, Equatable {
  let width: Int
  let responseCount: Int
  /// In how many responses each bucket is filled.
  let documentCounts: [UInt32]
  let seed: UInt64
  private let buckets: [Bucket]

  /// What is looked up of a bucket, in one place of memory.
  private struct Bucket: Equatable {
    var idf: Double
    var column: Int32
    var sign: Float
  }

  init(width: Int, responseCount: Int, documentCounts: [UInt32], seed: UInt64) {
    precondition(width > 0, "a sketch needs a column, got \(width)")
    self.width = width
    self.responseCount = responseCount
    self.documentCounts = documentCounts
    self.seed = seed
    buckets = documentCounts.enumerated().map { number, count in
      let word = WordHash.pair(seed, UInt64(number))
      return Bucket(
        idf: log(Double(1 + responseCount) / Double(1 + count)) + 1,
        column: Int32((word >> 1) % UInt64(width)), sign: word & 1 == 0 ? 1 : -1)
    }
  }

  func column(of bucket: UInt16) -> Int { Int(buckets[Int(bucket)].column) }

  /// What one bucket adds to its column: its value, with the sign, at the unit length of its
  /// response.
  ///
  /// Rounded to a multiple of the design's unit, so that the sums in a column are exact: what the words
  /// of a pair add can be told apart again to the last bit.
  func amount(of bucket: UInt16, count: UInt8, norm: Double) -> Double {
    Self.amount(of: buckets[Int(bucket)], Self.logarithms[Int(count)], norm: norm)
  }

  @inline(__always)
  private static func amount(of bucket: Bucket, _ logarithm: Double, norm: Double) -> Double {
    Double(bucket.sign) * DesignMatrix.nearest(logarithm * bucket.idf / norm)
  }

  /// The length of the response with these words.
  func norm(_ words: PairWordCounts, side: Int, row: Int) -> Double {
    let logarithms = Self.logarithms
    var sum = 0.0
    words.visit(side: side, row: row) { bucket, count in
      let value = logarithms[Int(count)] * buckets[Int(bucket)].idf
      sum += value * value
    }
    return sum.squareRoot()
  }

  /// Adds row `row` of `words` to `columns`.
  func add(_ words: PairWordCounts, row: Int, to columns: inout [Float], at start: Int) {
    let logarithms = Self.logarithms
    for side in 0...1 {
      let norm = norm(words, side: side, row: row)
      words.visit(side: side, row: row) { number, count in
        let bucket = buckets[Int(number)]
        let amount = Float(Self.amount(of: bucket, logarithms[Int(count)], norm: norm))
        columns[start + Int(bucket.column)] += side == 0 ? amount : -amount
      }
    }
  }

  /// ln1 of each count.
  private static let logarithms: [Double] = (0...255).map { log1p(Double($0)) }
}
