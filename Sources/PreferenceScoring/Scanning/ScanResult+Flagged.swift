extension ScanResult {
  /// The rows that stand among the flagged share by `signal` alone, equals counted in unless they are the
  /// last of all; by row. For a signal that speaks of ambiguity: the most ambiguous.
  public func flagged(by signal: SignalID) -> [Bool] {
    let sign = signal.isSuspiciousWhenLow ? 1.0 : -1
    let values = (signals[signal] ?? SignalValues(nothingOf: rowCount)).map { value in
      value.map { $0 * sign }
    }
    let sorted = values.compactMap(\.self).sorted()
    let count = Int((settings.flagShare * Double(sorted.count)).rounded())
    guard count > 0, let last = sorted.last else {
      return Array(repeating: false, count: rowCount)
    }
    let limit = sorted[count - 1]
    return values.map { value in value.map { $0 <= limit && $0 < last } ?? false }
  }
}

/// What makes a pair ambiguous: another axis than suspicion.
public enum RowAmbiguity: String, Hashable, Sendable, CaseIterable {
  /// The head does not know: labels of such pairs would teach it.
  case epistemic
  /// The preference is close, however much was known.
  case aleatoric

  /// By what signal.
  public var signal: SignalID {
    switch self {
    case .epistemic: .uncertainty
    case .aleatoric: .uncertaintyClose
    }
  }
}
