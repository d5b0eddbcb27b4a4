import PreferenceData
public import PreferenceScoring

/// Some rows of a data set, what has found them, and what has narrowed them since.
public struct RowSelection: Hashable, Sendable {
  /// What found them, as the manifest says it; nil where nothing but bounds chooses them.
  public let name: String?
  /// Their positions.
  public private(set) var rows: Set<Int>
  /// What has narrowed them, in order. What all of them left out and the rows that remain add up to
  /// the rows that were found.
  public private(set) var bounds: [RowBound] = []
  /// How often each of them is written; nil where each is once.
  public private(set) var copies: [Int: Int]?

  public init(name: String? = nil, rows: Set<Int>) {
    self.name = name
    self.rows = rows
  }

  /// Leaves out the rows with a side that has, with its prompt, more than `limit` characters. A row
  /// that cannot be read has no side that could be too long.
  /// - Complexity: O(bytes of the rows).
  public mutating func bound(lengthTo limit: Int, in source: some PairSource) {
    narrow(.length(atMost: limit)) { position in
      guard case .success(let row) = source.row(at: position) else { return true }
      let prompt = row.context.reduce(0) { $0 + $1.text.unicodeScalars.count }
      let longest = row.sides.map { side in
        side.turns.reduce(0) { $0 + $1.text.unicodeScalars.count }
      }.max()
      return prompt + (longest ?? 0) <= limit
    }
  }

  /// Leaves out the rows of which something stands in an evaluation file: the prompt, the pair, or a
  /// run of `EvaluationOverlap.runLength` words.
  ///
  /// - Parameters:
  ///   - overlap: What of the file stands in the whole data set.
  ///   - name: What the file is called.
  ///   - sha256: What its bytes were.
  public mutating func bound(
    apartFrom overlap: EvaluationOverlap, ofFile name: String, sha256: String
  ) {
    let met = Set(overlap.promptRows + overlap.pairRows + overlap.runRows)
    narrow(.apart(fromFile: name, sha256: sha256)) { !met.contains($0) }
  }

  /// Leaves the rows of one part of `split`. Rows that cannot be read are for training, where the
  /// trainer will refuse them as it would have done without a split.
  public mutating func bound(
    to part: PromptSplit.Part, of split: PromptSplit, in source: some PairSource
  ) {
    narrow(.part(part, of: split)) { position in
      guard case .success(let row) = source.row(at: position) else { return part == .train }
      return split.part(of: row) == part
    }
  }

  /// Leaves the best rows of `order` (`FairSubset`), of those that are written at all.
  ///
  /// - Parameters:
  ///   - limit: How many; nil for no more than the quota asks for.
  ///   - order: What is best.
  ///   - quota: What each group gets at least.
  ///   - plan: What decisions leave out, which takes nobody's place.
  ///   - group: The group of the row at a position.
  /// - Throws: `FairSubset.LimitTooSmall`; then nothing is left out.
  public mutating func bound(
    toBest limit: Int?, of order: RowOrder, quota: GroupQuota?, under plan: CleaningPlan,
    group: (Int) -> String?
  ) throws(FairSubset.LimitTooSmall) {
    let candidates = written(under: plan)
    let ordered = order.rows.filter(candidates.contains)
    let best = try FairSubset(of: ordered, limit: limit, quota: quota, group: group)
    let rule = RowBound.Best(
      signal: order.signal, limit: limit, quota: quota, shortages: best.shortages,
      unscoredCount: candidates.count - ordered.count)
    narrow(.best(rule)) { best.rows.contains($0) || !candidates.contains($0) }
  }

  /// Says how often each row is written (`Resampling`); those that decisions leave out stay so.
  public mutating func resample(by weights: RowWeights, seed: UInt64, under plan: CleaningPlan) {
    let candidates = written(under: plan).sorted()
    let found = Resampling(weights: candidates.map { weights.values[$0] }, seed: seed).copies
    let copies = Dictionary(uniqueKeysWithValues: zip(candidates, found))
    narrow(.resampled(weight: weights.name, seed: seed)) { copies[$0] != 0 }
    self.copies = copies
  }

  private func written(under plan: CleaningPlan) -> Set<Int> {
    rows.filter { plan.fate(of: $0) != .leftOut }
  }

  private mutating func narrow(_ rule: RowBound.Rule, _ isWithin: (Int) -> Bool) {
    let kept = rows.filter(isWithin)
    bounds.append(RowBound(rule: rule, leftOutCount: rows.count - kept.count))
    rows = kept
  }
}
