/// How much of the doubt about a pair is that the head does not know, and how much that the preference
/// is close.
///
/// Meaning: the margin is taken as normal about the leave-one-out margin m with variance
/// v = h / (1 - s h), h the leverage x'H^-1 x and s = p(1-p): Laplace's approximation, the pair left out.
/// With p = sigma(margin) and H the entropy of p in nats, all means over that normal:
/// - `uncertainty`: BALD = H(mean p) - mean H(p): what a label of this pair would tell about the head.
/// - `uncertainty_close`: mean H(p): what would stay, however much was known.
/// - `uncertainty_kind`: UPO's three: 0 noise, where mean p < 1/2; 1 hard, of the others the half with
///   the larger BALD; 2 easy, the rest.
///
/// - Range: BALD and mean entropy [0, ln 2], their sum at most ln 2: high = ambiguous, an axis of its own.
///   Neither changes when the label is swapped. Kind 0 to 2, low = suspicious.
/// - Complexity: O(n d^2) for the leverages, and 20 points of Gauss and Hermite a pair.
/// - Limits: a linear head is sure of itself: BALD is small, and mostly the leverage over again. UPO
///   draws easy pairs with weight 1 - BALD, which hardly differs between pairs; the cut at the median is
///   ours.
/// - Measured: AUROC on helpful-base with 20 % planted flips (mean of ten seeds) and on UKPConvArg1 A (real
///   votes): BALD .506, .638; mean entropy .494, .685; kind .629, .842. BALD and entropy are
///   not meant to find wrong labels.
/// - Source: BALD: Houlsby et al., 2011, arXiv:1112.5745; three kinds by it: UPO, arXiv:2409.11212 (there
///   dropout); MacKay, 1992, doi:10.1162/neco.1992.4.5.720 (the normal).
struct Uncertainty: SignalWork {
  private static let rowsInPart = 1024

  /// By design row, worked out so far.
  private var found: [Doubt] = []
  private let rowCount: Int

  init(_ evidence: SignalEvidence) { rowCount = evidence.rowCount }

  var share: Double { Double(found.count) / Double(max(rowCount, 1)) }

  mutating func advance(_ evidence: SignalEvidence, jobs: Int) -> [SignalID: SignalValues]? {
    let first = found.count
    let waiting = (rowCount - first + Self.rowsInPart - 1) / Self.rowsInPart
    let parts = parallelMap(count: min(waiting, 4 * jobs), jobs: jobs, scratch: { () }) { part, _ in
      let start = first + part * Self.rowsInPart
      let rows = start..<min(start + Self.rowsInPart, evidence.rowCount)
      return zip(rows, evidence.leftOutVariances(of: rows)).map { row, variance in
        Doubt(margin: evidence.leftOutMargins[row], variance: variance)
      }
    }
    found += parts.joined()
    guard found.count == rowCount else { return nil }
    let agreeing = found.filter { $0.probability >= 0.5 }.map(\.information).sorted()
    let median = agreeing.isEmpty ? 0 : agreeing[agreeing.count / 2]
    let kinds = found.map { doubt -> Double in
      if doubt.probability < 0.5 { return 0 }
      return doubt.information >= median ? 1 : 2
    }
    return [
      .uncertainty: SignalValues(found.map(\.information)),
      .uncertaintyClose: SignalValues(found.map(\.closeness)),
      .uncertaintyKind: SignalValues(kinds),
    ]
  }
}

extension SignalEvidence {
  /// By row of `rows`, the variance of the margin under Laplace's approximation without the pair:
  /// h / (1 - s h).
  /// - Complexity: O(rows x columns^2).
  func leftOutVariances(of rows: Range<Int>) -> [Double] {
    let columns = design.columnCount
    let whitened = head.hessian.whiten(design.rows(rows))
    return rows.enumerated().map { place, row in
      var leverage = 0.0
      for value in whitened[place * columns..<(place + 1) * columns] { leverage += value * value }
      let p = sigmoid(margins[row])
      return leverage / max(.leastNormalMagnitude, 1 - p * (1 - p) * leverage)
    }
  }
}
