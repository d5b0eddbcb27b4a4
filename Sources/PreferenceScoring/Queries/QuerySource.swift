public import PreferenceData

/// The rows that queries are asked of.
public protocol QuerySource: SearchableRows {
  /// What the file has at the end of `path` in a row, where that is a text, a number or a truth value.
  func columnText(_ path: FieldPath, ofRow row: Int) -> String?
}

/// All that an answer depends on besides the query.
public struct QuerySubject: Sendable {
  public var source: any QuerySource
  public var index: RowIndex
  /// Nil before the first scan: then nothing is known of suspicion and signals.
  public var scan: ScanResult?
  public var ledger: ReviewLedger
  /// Whose decisions, and whose A and B, are meant.
  public var annotator: AnnotatorName
  /// Decides, with the annotator's name, which side stands as A.
  public var seed: UInt64
  /// The positions of the rows marked by hand.
  public var marked: Set<Int>
  /// By the name of a row as a query has it, the positions of the rows near it.
  public var near: [String: [Int]] = [:]

  public init(
    source: any QuerySource, index: RowIndex, scan: ScanResult?, ledger: ReviewLedger,
    annotator: AnnotatorName, seed: UInt64, marked: Set<Int> = []
  ) {
    precondition(
      source.rowCount == index.rowCount, "\(source.rowCount) rows, \(index.rowCount) identities")
    self.source = source
    self.index = index
    self.scan = scan
    self.ledger = ledger
    self.annotator = annotator
    self.seed = seed
    self.marked = marked
  }

  /// The positions of the sides of the row at `position` in the order in which the annotator sees them.
  func sideOrder(of row: PreferenceRow, at position: Int) -> [Int] {
    guard let pair = index.ids[position]?.pair else { return Array(row.sides.indices) }
    return SideOrder.positions(
      of: row.sides.map(\.id), in: pair, seed: seed, annotator: annotator)
  }

  /// What the annotator's decision on the row at `position` is, where one stands.
  func standing(at position: Int) -> ReviewLedger.Standing? {
    index.ids[position].flatMap { ledger.standing(on: $0, by: annotator) }
  }
}
