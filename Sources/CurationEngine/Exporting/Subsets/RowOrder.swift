public import PreferenceScoring

/// The rows that have a value of a signal, the most worth keeping first.
///
/// FiFA's importance holds the margin of the label as the file has it. Where a decision turns the label,
/// the margin under a head that has not seen the row turns with it, and the rest of the importance does
/// not: importance - 2 z, where z is the margin's part. With an annotator's part in the margin, or with
/// the greedy order, that cannot be taken apart, and the row stands where the file's label puts it.
public struct RowOrder: Sendable {
  public let signal: SignalID
  public let rows: [Int]

  /// - Precondition: The scan has the signal.
  /// - Parameters:
  ///   - signal: What orders the rows.
  ///   - scan: The scan.
  ///   - swapped: The rows whose label decisions turn.
  public init(by signal: SignalID, in scan: ScanResult, swapped: Set<Int>) {
    guard var values = scan.signals[signal] else { preconditionFailure("the scan has the signal") }
    if signal == .fifa, let margins = scan.signals[.leaveOneOut], scan.signals[.annotator] == nil {
      let deviation = Self.deviation(of: margins.compactMap(\.self))
      for row in swapped where deviation > 0 {
        if let value = values[row], let margin = margins[row] {
          values[row] = value - 2 * margin / deviation
        }
      }
    }
    let sign = signal.isSuspiciousWhenLow ? -1.0 : 1
    self.signal = signal
    rows = values.enumerated().compactMap { row, value in value.map { ($0 * sign, row) } }
      .sorted { $0 < $1 }.map(\.1)
  }

  private static func deviation(of values: [Double]) -> Double {
    let count = Double(max(values.count, 1))
    let mean = values.reduce(0, +) / count
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
  }
}
