public import PreferenceData

extension ScanResult {
  /// Why row `index`, whose content is `row`, has the leave-one-out margin that it has: the `limit`
  /// strongest contributions, and the rest summed up.
  ///
  /// Nil where the row has no suspicion, or `row` is not the row that was scanned; of a pair of a
  /// ranking, also where there are no `artefacts` of the scan, with the ranking's other pairs, to ask.
  /// - Complexity: O(bytes + columns^2).
  public func explanation(
    of row: PreferenceRow, at index: Int, limit: Int, asking artefacts: ScanArtefacts? = nil
  ) -> Explanation? {
    precondition(limit >= 0, "a number of contributions, got \(limit)")
    guard let head, unscoredReasons.indices.contains(index), let rank = ranks[index],
      let judged = signals[.leaveOneOut]?[index],
      let pair = ExplainedPair(row, in: head.space)
    else { return nil }
    // An explanation speaks of the side that the file calls chosen, whatever was decided.
    let orientation: Double = changes.swaps(index) ? -1 : 1
    let margin = orientation * judged
    let theta =
      artefacts.flatMap { head.leftOutTheta(at: index, among: $0.pairs) }
      ?? head.leftOutTheta(at: index, row: pair.row)
    var found = pair.contributions(under: theta, in: head.space)
    found += pair.rewards(under: theta, in: head.space, names: rewards.map(\.reward.name))
    if let offset = signals[.annotator]?[index] {
      found.append(
        Explanation.Contribution(
          source: .annotator, amount: orientation * offset, chosenValue: 0, rejectedValue: 0))
    }
    let all = found.enumerated().filter { $0.element.amount != 0 }
      .sorted { (-abs($0.element.amount), $0.offset) < (-abs($1.element.amount), $1.offset) }
      .map(\.element)
    let sum = all.reduce(0) { $0 + $1.amount }
    guard abs(sum - margin) <= 1e-6 * (1 + abs(margin)) else { return nil }
    let lengthAmount = all.reduce(0.0) { total, contribution in
      guard case .style(let feature) = contribution.source, feature.isLength else { return total }
      return total + contribution.amount
    }
    return Explanation(
      margin: margin, rank: rank, contributions: Array(all.prefix(limit)),
      rest: all.dropFirst(limit).reduce(0) { $0 + $1.amount },
      restCount: max(0, all.count - limit), lengthAmount: lengthAmount)
  }
}

/// A pair read once more, with the texts of its words.
private struct ExplainedPair {
  /// The row of the design.
  let row: [Float]
  private let chosenStyle: [Double]
  private let rejectedStyle: [Double]
  private let words: [Words]
  private let keys: PairKeys
  private let sides: (chosen: Side, rejected: Side)

  /// A bucket of words that stands in the pair.
  private struct Words {
    var text: String
    var bucket: UInt16
    var chosenCount: UInt8
    var rejectedCount: UInt8
    /// What the bucket adds to its column.
    var amount: Double
  }

  init?(_ pair: PreferenceRow, in space: FeatureSpace) {
    guard let (chosen, rejected) = pair.chosenAndRejected else { return nil }
    sides = (pair.sides[chosen], pair.sides[rejected])
    var reader = PairReader(rewardCount: space.rewards.scales.count)
    let chunk = reader.chunk(of: pair)
    row = space.designRow(of: pair, chunk)
    (chosenStyle, rejectedStyle, keys) = reader.styleValues(
      of: pair, chosen: chosen, rejected: rejected)
    words = Self.words(
      of: [pair.sides[chosen].text, pair.sides[rejected].text],
      counts: [reader.chosenWords, reader.rejectedWords], pair: chunk.features.words,
      in: space.words)
  }

  func contributions(
    under theta: [Double], in space: FeatureSpace
  ) -> [Explanation.Contribution] {
    let groups = space.blocks.first { $0.id == .groups }?.columns ?? 0..<0
    let groupStarts = stride(from: groups.lowerBound, to: groups.upperBound, by: StyleFeature.count)
    let style = StyleFeature.allCases.map { feature in
      let column = feature.rawValue
      let columns = [column] + groupStarts.map { $0 + column }
      return Explanation.Contribution(
        source: .style(feature),
        amount: columns.reduce(0.0) { $0 + theta[$1] * Double(row[$1]) },
        chosenValue: chosenStyle[column], rejectedValue: rejectedStyle[column])
    }
    let start = StyleFeature.count
    return style
      + words.map { words in
        Explanation.Contribution(
          source: .words(words.text),
          amount: theta[start + space.words.column(of: words.bucket)] * words.amount,
          chosenValue: Double(words.chosenCount), rejectedValue: Double(words.rejectedCount))
      } + items(under: theta, in: space)
  }

  func rewards(
    under theta: [Double], in space: FeatureSpace, names: [String]
  ) -> [Explanation.Contribution] {
    guard let columns = space.blocks.first(where: { $0.id == .rewards })?.columns else { return [] }
    return zip(columns, names).enumerated().map { position, entry in
      Explanation.Contribution(
        source: .reward(entry.1), amount: theta[entry.0] * Double(row[entry.0]),
        chosenValue: sides.chosen.reward(at: position) ?? 0,
        rejectedValue: sides.rejected.reward(at: position) ?? 0)
    }
  }

  private func items(
    under theta: [Double], in space: FeatureSpace
  ) -> [Explanation.Contribution] {
    guard let columns = space.blocks.first(where: { $0.id == .items })?.columns else { return [] }
    let amount = columns.reduce(0.0) { $0 + theta[$1] * Double(row[$1]) }
    let counts = keys.items.map { Double(space.items.pairCount(of: $0)) }
    return [
      Explanation.Contribution(
        source: .recurringText, amount: amount, chosenValue: counts[0], rejectedValue: counts[1])
    ]
  }

  /// The buckets of both texts, each with the words that fall into it, in the order of the texts.
  private static func words(
    of texts: [String], counts: [BucketCounts], pair: PairWordCounts, in sketch: WordSketch
  ) -> [Words] {
    let norms = (0...1).map { sketch.norm(pair, side: $0, row: 0) }
    var places: [UInt16: Int] = [:]
    var found: [Words] = []
    func add(_ text: String, to bucket: UInt16) {
      if let place = places[bucket] {
        if !found[place].text.split(separator: Self.separator).contains(Substring(text)) {
          found[place].text += Self.separator + text
        }
        return
      }
      let count = counts.map { $0.count(in: bucket) }
      let amounts = zip(count, norms).map { count, norm in
        count == 0 ? 0 : sketch.amount(of: bucket, count: count, norm: norm)
      }
      places[bucket] = found.count
      found.append(
        Words(
          text: text, bucket: bucket, chosenCount: count[0], rejectedCount: count[1],
          amount: amounts[0] - amounts[1]))
    }
    var scan = TextScan()
    for text in texts {
      let bytes = Array(text.utf8)
      scan.read(bytes.span)
      var previous: (hash: UInt64, text: String)?
      for token in scan.tokens {
        let word = String(decoding: bytes[token.range], as: UTF8.self).lowercased()
        add(word, to: BucketCounts.bucket(of: token.hash))
        if let previous {
          add(
            "\(previous.text) \(word)",
            to: BucketCounts.bucket(of: previous.hash, token.hash))
        }
        previous = (token.hash, word)
      }
    }
    return found
  }

  /// Between words that the hash does not tell apart.
  private static let separator = " / "
}
