/// How features read from a pair become a row of the design: the statistics of the whole file.
struct FeatureSpace: Sendable, Equatable {
  /// What each style difference is divided by: its root mean square over the pairs, about zero and
  /// never about its mean, so that swapping a pair negates its row. 0 where the column is 0.
  let styleScales: [Double]
  let words: WordSketch
  var blocks: [FeatureBlock]

  var columnCount: Int { StyleFeature.count + words.width }

  init(styleScales: [Double], words: WordSketch) {
    self.styleScales = styleScales
    self.words = words
    blocks = [
      FeatureBlock(id: .style, columns: 0..<StyleFeature.count, meanSquaredNorm: 0),
      FeatureBlock(
        id: .words, columns: StyleFeature.count..<StyleFeature.count + words.width,
        meanSquaredNorm: 0),
    ]
  }

  /// A style difference on the common scale, clipped to [-4, 4].
  func scaledStyle(_ difference: Float, column: Int) -> Float {
    let scale = styleScales[column]
    guard scale > 0 else { return 0 }
    return Float(max(-4, min(4, Double(difference) / scale)))
  }

  /// The design row of pair number `pair` of `chunk`, added to the end of `rows`.
  func append(_ pair: Int, of chunk: FeatureChunk, to rows: inout [Float]) {
    for column in 0..<StyleFeature.count {
      rows.append(
        scaledStyle(chunk.style[pair * StyleFeature.count + column], column: column))
    }
    let start = rows.count
    rows.append(contentsOf: repeatElement(0, count: words.width))
    words.add(chunk.words, row: pair, to: &rows, at: start)
  }
}
