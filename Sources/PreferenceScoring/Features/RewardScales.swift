/// The reward block: what reward models and judges from elsewhere say of the sides, one column each.
///
/// Meaning: the column of a reward model is (reward(chosen) - reward(rejected)) / scale, cut at
/// [-4, 4]; 0 where it says nothing of the pair. It is linear because under Bradley and Terry the
/// log-odds of being preferred are the difference of the rewards; the scale is the median size of
/// the differences that are not 0, over .6745 (for a normal difference its standard deviation), and
/// with the cut it keeps a few wild numbers from deciding what all others count for. Swapping a pair
/// negates its columns; multiplying all rewards by a number, or adding one, changes nothing.
///
/// - Range: [-4, 4]; below 0 = the reward model contradicts the label.
/// - Complexity: O(n log n) to find the scales.
/// - Limits: a reward model that says the same of every pair, the same as every label, the opposite of
///   every label, or something of fewer pairs than a head needs, has the scale 0: its column is 0, and
///   nothing is learned from it (`RewardQuality.use`). One that knows the labels knows nothing
///   of which of them are wrong.
/// - Source: Bradley and Terry, 1952, doi:10.2307/2334029; median and cut: Hampel, 1974,
///   doi:10.1080/01621459.1974.10482962, and Huber, 1964, doi:10.1214/aoms/1177703732.
struct RewardScales: Sendable, Equatable {
  /// By reward model; 0 = not used.
  let scales: [Double]

  private static let cut = 4.0
  static let normalMedian = 0.6744898

  /// How many columns the block has: one a reward model, or none where none is used.
  var width: Int { scales.contains { $0 > 0 } ? scales.count : 0 }

  init(scales: [Double]) { self.scales = scales }

  /// The scales of `count` reward models with these differences, one place a model in each pair.
  /// `isMeasure` says of each of them whether it is only looked at.
  init(of differences: [Double?], count: Int, isMeasure: [Bool] = []) {
    scales = (0..<count).map { position in
      if isMeasure.indices.contains(position), isMeasure[position] { return 0 }
      let values = stride(from: position, to: differences.count, by: count)
        .compactMap { differences[$0] }
      guard case .inHead = RewardQuality.Use(of: values) else { return 0 }
      let sizes = values.map(abs).filter { $0 > 0 }.sorted()
      return sizes[sizes.count / 2] / Self.normalMedian
    }
  }

  /// What a difference by the reward model at `position` counts for.
  func value(of difference: Double?, at position: Int) -> Double {
    guard let difference, scales[position] > 0 else { return 0 }
    return max(-Self.cut, min(Self.cut, difference / scales[position]))
  }

  /// Adds the block's part of the row of pair number `pair` of these differences to `rows`.
  func append(_ differences: [Double?], pair: Int, to rows: inout [Float]) {
    guard width > 0 else { return }
    for position in scales.indices {
      let value = value(of: differences[pair * scales.count + position], at: position)
      rows.append(Float(DesignMatrix.nearest(value)))
    }
  }
}
