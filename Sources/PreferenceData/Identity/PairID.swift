/// What names one response of a pair wherever it is written down: the hash of its text.
public struct SideID: Hashable, Sendable {
  public let hash: StableHash

  public init(_ hash: StableHash) { self.hash = hash }
}

/// What names a pair: the hash of its context and of its *unordered* responses.
///
/// Swapping chosen and rejected, moving the row or adding columns leaves it as it is; editing the
/// prompt or a response changes it.
public struct PairID: Hashable, Sendable {
  public let hash: StableHash

  public init(_ hash: StableHash) { self.hash = hash }

  /// The identity of the responses `sides` to the context with the hash `context`.
  public init(context: StableHash, sides: [SideID]) {
    hash = sides.sorted().reduce(context) { $0.combined(with: $1.hash) }
  }
}

/// What names a row of a data set: its pair, and which of the rows with that pair it is (from 0, in
/// file order), so that repeats and contradictory copies stay apart.
public struct RowID: Hashable, Sendable {
  public let pair: PairID
  public let occurrence: Int

  public init(pair: PairID, occurrence: Int) {
    self.pair = pair
    self.occurrence = occurrence
  }
}

extension SideID: Comparable, CustomStringConvertible {
  public static func < (left: SideID, right: SideID) -> Bool { left.hash < right.hash }
  public var description: String { hash.description }
}

extension PairID: Comparable, CustomStringConvertible {
  public static func < (left: PairID, right: PairID) -> Bool { left.hash < right.hash }
  public var description: String { hash.description }
}

extension RowID: Comparable, CustomStringConvertible {
  public static func < (left: RowID, right: RowID) -> Bool {
    (left.pair, left.occurrence) < (right.pair, right.occurrence)
  }

  /// 32 hexadecimal digits, and `.1`, `.2` ... behind them for the second, third ... copy.
  public var description: String {
    occurrence == 0 ? pair.description : "\(pair).\(occurrence)"
  }

  /// The row that `description` wrote, or nil where `text` is no such name.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let hash = StableHash(hexadecimal: first) else { return nil }
    guard parts.count == 2 else {
      self.init(pair: PairID(hash), occurrence: 0)
      return
    }
    // Only as `description` spells it: `.01` or `.+1` would be a second name of the same row.
    guard let occurrence = Int(parts[1]), occurrence > 0, String(occurrence) == parts[1] else {
      return nil
    }
    self.init(pair: PairID(hash), occurrence: occurrence)
  }
}
