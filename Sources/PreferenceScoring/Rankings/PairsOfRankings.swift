public import PreferenceData

/// The pairs of a data set with rankings, each as a row of two sides: what a scan of it reads.
///
/// Every pair of sides that a ranking orders is a pair here, as in the loss over all k (k - 1) / 2
/// comparisons of a prompt (Ouyang and others, 2022, arXiv:2203.02155, equation 1), up to
/// `PreferenceRow.pairLimit` a row and `PairList.usualLimit` in all. There each prompt has the weight
/// of one comparison; here each pair has. In a file whose rankings are all of one length that is the
/// same but for a factor, which the search for the ridge takes up; in others a longer ranking counts
/// for more, and says more: k - 1 of its comparisons do not follow from each other.
///
/// The pairs of one ranking are no witnesses for each other. With the features of a pair the
/// difference of those of its sides, that of a and c is the sum of those of a and b, and b and c: where
/// the ranking has one side too high, all its pairs with that side say so. They are in one fold, and
/// the margin that orders the queue is that of a head that has seen none of them (`PairGroups`).
public struct PairsOfRankings: PairSource {
  private let source: any PairSource
  public let pairs: PairList

  /// - Parameters:
  ///   - source: The rows.
  ///   - pairs: Their pairs.
  public init(_ source: any PairSource, pairs: PairList) {
    precondition(
      pairs.rowCount == source.rowCount,
      "the pairs of \(pairs.rowCount) rows, the source has \(source.rowCount)")
    self.source = source
    self.pairs = pairs
  }

  public var rowCount: Int { pairs.placeCount }
  public var rewards: [ExternalReward] { source.rewards }

  public func row(at place: Int) -> Result<PreferenceRow, RowProblem> {
    let row = source.row(at: pairs.row(of: place))
    guard let pair = pairs.pair(of: place) else { return row }
    return row.map { $0.narrowed(to: pair) }
  }
}

extension PairSource {
  /// The pairs of these rows, as they are labelled now.
  /// - Complexity: Reads every row.
  public func listedPairs() -> PairList {
    var list = PairList()
    for index in 0..<rowCount {
      if case .success(let row) = row(at: index) { list.append(row) } else { list.append(nil) }
    }
    return list.limited()
  }
}
