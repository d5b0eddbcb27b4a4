public import PreferenceData

/// A first look at a data set, worked out step by step: each `advance` does a small piece and returns, so
/// that whoever drives it can show how far it is and stop. Every row is read once. The result depends on
/// the rows alone, never on `jobs`.
public struct FirstLookSurvey: Sendable {
  private let source: any PairSource
  private let evaluation: EvaluationTexts?
  private let jobs: Int
  private var tally = FirstLookTally()
  /// The first look, once it is finished.
  public private(set) var look: FirstLook?

  private static let rowsInChunk = 128

  /// - Parameters:
  ///   - source: The rows.
  ///   - evaluation: The texts of a file that should not stand among them.
  ///   - jobs: How many threads work at a step, at least one.
  public init(source: any PairSource, against evaluation: EvaluationTexts? = nil, jobs: Int) {
    precondition(jobs > 0, "a survey needs a thread, got \(jobs)")
    self.source = source
    self.evaluation = evaluation
    self.jobs = jobs
  }

  /// How much is done, in [0, 1]; it never falls.
  public var share: Double {
    look == nil ? Double(tally.rowCount) / Double(max(source.rowCount, 1)) : 1
  }

  /// What the pass learns of every row: who it is, and whether it can be read. Whole once the look is.
  public var index: RowIndex { tally.index }

  /// Does the next piece of work; of a finished survey, nothing. Whether it is finished.
  @discardableResult
  public mutating func advance() -> Bool {
    guard look == nil else { return true }
    let total = source.rowCount
    let first = tally.rowCount
    let waiting = (total - first + Self.rowsInChunk - 1) / Self.rowsInChunk
    let read = parallelMap(
      count: min(waiting, 8 * jobs), jobs: jobs,
      scratch: { [evaluation] in RowLookReader(evaluation: evaluation) }
    ) { [source] index, reader in
      let start = first + index * Self.rowsInChunk
      return (start..<min(start + Self.rowsInChunk, total)).map { row in
        source.row(at: row).map { reader.look(at: $0) }
      }
    }
    for row in read.joined() { tally.add(row) }
    if tally.rowCount == total { look = tally.finished(evaluation: evaluation) }
    return look != nil
  }
}
