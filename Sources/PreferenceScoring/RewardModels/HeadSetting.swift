/// What is chosen about a head by its loss on pairs it has not seen.
struct HeadSetting: Sendable, Equatable {
  /// The strength of the penalty (ridge / 2) * |theta|^2 when every block has a mean squared row
  /// norm of 1; larger = closer to no opinion.
  var ridge: Double
  /// By block: how many times longer its rows are than that.
  var weights: [Double]

  /// The penalty of each column: ridge / (scale^2 weight^2) of its block, which on the columns as they
  /// stand is the ridge on the scaled ones.
  func penalties(of blocks: [FeatureBlock]) -> [Double] {
    precondition(
      weights.count == blocks.count, "\(weights.count) weights for \(blocks.count) blocks")
    return zip(blocks, weights).flatMap { block, weight in
      let norm = block.meanSquaredNorm > 0 ? block.meanSquaredNorm : 1
      return repeatElement(ridge * norm / (weight * weight), count: block.columns.count)
    }
  }
}
