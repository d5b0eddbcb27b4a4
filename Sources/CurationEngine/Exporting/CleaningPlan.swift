public import PreferenceData

/// What a review does to each row of a data set, before anything is written.
public struct CleaningPlan: Hashable, Sendable {
  public enum Ties: String, Hashable, Sendable, CaseIterable {
    /// Rows judged a tie are left out.
    case drop
    /// They stay as they were.
    case keep
    /// They are written in both orders, which only a conversion does.
    case both
  }

  public enum Scope: String, Hashable, Sendable, CaseIterable {
    case all
    /// Only rows with a decision that keeps or swaps the label (and ties, where they are kept).
    case reviewed
  }

  /// What happens to one row.
  public enum Fate: Hashable, Sendable {
    case untouched, swapped, leftOut
    /// A tie that is written in both orders.
    case bothOrders
    /// The file preferred no side, or ranks several: now the side at this position is best.
    case preferring(Int)
    /// Decisions about pairs of a ranking change it.
    case ranked(JudgedRanking)
  }

  /// The fate of every row that does not simply stay as it is.
  public private(set) var fates: [Int: Fate] = [:]
  /// How many rows have each outcome of a decision.
  public private(set) var outcomeCounts: [Outcome: Int] = [:]
  /// Rows without a decision.
  public private(set) var undecidedCount = 0
  /// Rows on which annotators contradict each other (`contradictEachOther`): they stay as they were.
  public private(set) var conflictCount = 0
  /// Rows in whose format the decision cannot be said: they stay as they were.
  public private(set) var unsayableCount = 0
  /// Decisions whose row the data set has no more, or whose side is no longer there.
  public private(set) var lostCount = 0
  public let rowCount: Int
  /// How often rows are written that are not written once.
  private let copies: [Int: Int]

  /// The plan that follows from the standing decisions of `ledger`.
  ///
  /// - Parameters:
  ///   - index: The rows of the data set.
  ///   - ledger: The review.
  ///   - annotator: Whose decisions count; nil for all annotators, who must then agree.
  ///   - scope: Which rows are written at all.
  ///   - selection: The only rows that are written, whatever their decisions; nil for no such bound.
  ///   - ties: What becomes of ties.
  ///   - row: Reads the row at a position. Called for decided rows only.
  ///   - canPrefer: Whether the file can say that the side at a position of a row is best. Called
  ///     where the label of a row is to change.
  ///   - canRank: Whether the file can say that the sides of a row have these places. Called where
  ///     decisions about pairs change a ranking.
  public init(
    index: RowIndex, ledger: ReviewLedger, annotator: AnnotatorName?, scope: Scope,
    selection: RowSelection? = nil, ties: Ties,
    row: (Int) -> Result<PreferenceRow, RowProblem>,
    canPrefer: (_ side: Int, _ row: Int) -> Bool = { _, _ in true },
    canRank: (_ ranking: JudgedRanking, _ row: Int) -> Bool = { _, _ in true }
  ) {
    rowCount = index.rowCount
    copies = (selection?.copies ?? [:]).filter { $0.value != 1 }
    var decided: Set<Int> = []
    for id in ledger.decidedRows {
      let standing = ledger.standing(on: id).filter {
        annotator == nil || $0.annotator == annotator
      }
      guard !standing.isEmpty else { continue }
      guard let position = index.position(of: id), case .success(let content) = row(position) else {
        lostCount += standing.count
        continue
      }
      let sides = content.sides.map(\.id)
      if standing.contains(where: { $0.decision.pair != nil }) {
        let judgments = standing.map { ledger.judgments(on: id, by: $0.annotator) }
        let outcome = JudgedRow(content, sides: sides, judgments: judgments)
        lostCount += outcome.lostCount
        guard let result = outcome.result else { continue }
        decided.insert(position)
        switch result {
        case .success(let ranking) where ranking.isUnchanged:
          let outcome = outcome.isSkipped ? Outcome.skip : .keep
          outcomeCounts[outcome, default: 0] += 1
          fates[position] = Self.fate(of: outcome, scope: scope, ties: ties)
        case .success(let ranking):
          outcomeCounts[.swap, default: 0] += 1
          if canRank(ranking, position) {
            fates[position] = .ranked(ranking)
          } else {
            unsayableCount += 1
          }
        case .failure(.unsayable): unsayableCount += 1
        case .failure(.contradictory):
          conflictCount += 1
          if scope == .reviewed { fates[position] = .leftOut }
        }
        continue
      }
      let said = standing.map(\.decision).filter {
        $0.outcome(sides: sides, label: content.label) != nil
      }
      lostCount += standing.count - said.count
      // Who skips leaves the row to the others.
      guard let decision = said.first(where: { $0.verdict != .skip }) ?? said.first,
        let first = decision.outcome(sides: sides, label: content.label)
      else { continue }
      decided.insert(position)
      guard !said.contradictEachOther else {
        conflictCount += 1
        if scope == .reviewed { fates[position] = .leftOut }
        continue
      }
      outcomeCounts[first, default: 0] += 1
      if first == .swap, let side = decision.verdict.preferredSide.flatMap(sides.firstIndex) {
        guard canPrefer(side, position) else {
          unsayableCount += 1
          continue
        }
        fates[position] = content.chosenAndRejected == nil ? .preferring(side) : .swapped
      } else {
        fates[position] = Self.fate(of: first, scope: scope, ties: ties)
      }
    }
    undecidedCount = rowCount - decided.count
    if scope == .reviewed {
      for position in 0..<rowCount where !decided.contains(position) { fates[position] = .leftOut }
    }
    if let selection {
      for position in 0..<rowCount where !selection.rows.contains(position) {
        fates[position] = .leftOut
      }
    }
    fates = fates.filter { $0.value != .untouched }
  }

  /// The plan where there is no decision: every row stays as it is.
  public init(undecidedRowCount: Int) {
    rowCount = undecidedRowCount
    undecidedCount = undecidedRowCount
    copies = [:]
  }

  public func fate(of position: Int) -> Fate { fates[position] ?? .untouched }

  /// How often the row at `position` is written, unless it is left out.
  public func copyCount(of position: Int) -> Int { copies[position] ?? 1 }

  /// Whether some row is written more than once.
  public var repeatsRows: Bool { repeatCount > 0 }

  /// How many more rows are written than are not left out.
  public var repeatCount: Int {
    copies.reduce(0) { sum, entry in
      fate(of: entry.key) == .leftOut ? sum : sum + entry.value - 1
    }
  }

  /// How many rows get another label.
  public var swappedCount: Int {
    fates.values.count { ![.untouched, .leftOut, .bothOrders].contains($0) }
  }
  public var leftOutCount: Int { fates.values.count { $0 == .leftOut } }
  public var writtenCount: Int { rowCount - leftOutCount + repeatCount }
  public var untouchedCount: Int { rowCount - leftOutCount - swappedCount }

  private static func fate(of outcome: Outcome, scope: Scope, ties: Ties) -> Fate {
    switch outcome {
    case .keep: .untouched
    case .swap: .swapped
    case .tie:
      switch ties {
      case .drop: .leftOut
      case .keep: .untouched
      case .both: .bothOrders
      }
    case .bothBad, .drop: .leftOut
    case .skip: scope == .reviewed ? .leftOut : .untouched
    }
  }
}
