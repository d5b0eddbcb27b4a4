import PreferenceData

/// How features read from a pair become a row of the design: the statistics of the whole file.
struct FeatureSpace: Sendable, Equatable {
  /// What each style difference is divided by: its root mean square over the pairs, about zero and
  /// never about its mean, so that swapping a pair negates its row. 0 where the column is 0.
  let styleScales: [Double]
  let words: WordSketch
  let items: RecurringTexts
  let groups: GroupStyle
  let rewards: RewardScales
  /// The blocks that have columns, in column order.
  var blocks: [FeatureBlock]

  var columnCount: Int { blocks.last?.columns.upperBound ?? 0 }

  init(
    styleScales: [Double], words: WordSketch, items: RecurringTexts, groups: GroupStyle,
    rewards: RewardScales
  ) {
    self.styleScales = styleScales
    self.words = words
    self.items = items
    self.groups = groups
    self.rewards = rewards
    blocks = []
    let widths: [(BlockID, Int)] = [
      (.style, StyleFeature.count), (.words, words.width), (.items, items.width),
      (.groups, groups.width), (.rewards, rewards.width),
    ]
    var start = 0
    for (id, width) in widths where width > 0 {
      blocks.append(FeatureBlock(id: id, columns: start..<start + width, meanSquaredNorm: 0))
      start += width
    }
  }

  /// A style difference on the common scale, clipped to [-4, 4], as a multiple of the design's unit.
  func scaledStyle(_ difference: Float, column: Int) -> Float {
    let scale = styleScales[column]
    guard scale > 0 else { return 0 }
    return Float(DesignMatrix.nearest(max(-4, min(4, Double(difference) / scale))))
  }

  /// The design row of the pair that has number `pair` in `features` and `number` in `attributes` and is
  /// from `source`, as far as that is known, added to the end of `rows`: multiples of the design's unit.
  func append(
    _ pair: Int, of features: PairFeatures, _ number: Int, of attributes: PairAttributes,
    source: String?, to rows: inout [Float]
  ) {
    for column in 0..<StyleFeature.count {
      rows.append(
        scaledStyle(features.style[pair * StyleFeature.count + column], column: column))
    }
    let start = rows.count
    rows.append(contentsOf: repeatElement(0, count: words.width + items.width))
    words.add(features.words, row: pair, to: &rows, at: start)
    if items.width > 0 {
      items.add(attributes.keys[number], to: &rows, at: start + words.width)
    }
    if groups.width > 0 {
      let style = Array(rows[start - StyleFeature.count..<start])
      groups.append(style, group: source, to: &rows)
    }
    rewards.append(attributes.rewardDifferences, pair: number, to: &rows)
  }

  /// The design row of the pair `row`, which `chunk` was read of, alone.
  func designRow(of row: PreferenceRow, _ chunk: FeatureChunk) -> [Float] {
    var values: [Float] = []
    append(0, of: chunk.features, 0, of: chunk.attributes, source: row.group, to: &values)
    return values
  }
}
