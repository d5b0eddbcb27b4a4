public import PreferenceData

/// The rows of a data set, as a scan reads them: by position, from several threads, more than once.
public protocol PairSource: Sendable {
  var rowCount: Int { get }

  /// The reward models whose numbers the sides carry, in the order of `Side.rewards`.
  var rewards: [ExternalReward] { get }

  /// Which of these rows are pairs of one ranking: its places are the positions here. Plain where
  /// none are.
  var pairs: PairList { get }

  /// The row at `index`; the same at every call.
  func row(at index: Int) -> Result<PreferenceRow, RowProblem>
}

extension PairSource {
  public var pairs: PairList { PairList() }
}
