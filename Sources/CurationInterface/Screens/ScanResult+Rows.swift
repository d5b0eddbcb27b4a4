import PreferenceScoring

/// What a screen asks of a scan about a row that may have come after it.
extension ScanResult {
  func suspicion(at position: Int) -> Double? {
    suspicion.indices.contains(position) ? suspicion[position] : nil
  }

  func rank(at position: Int) -> Int? {
    ranks.indices.contains(position) ? ranks[position] : nil
  }

  func leaveOneOutMargin(at position: Int) -> Double? {
    guard let margins = signals[.leaveOneOut], margins.indices.contains(position) else {
      return nil
    }
    return margins[position]
  }

  /// `!!!`, `!!`, `!` or blanks: the part of the queue in which the row stands.
  func bandMark(at position: Int) -> (mark: String, level: Int) {
    guard ranks.indices.contains(position) else { return ("   ", 0) }
    switch band(at: position) {
    case .top5: return ("!!!", 3)
    case .top15: return ("!! ", 2)
    case .top30: return ("!  ", 1)
    case .rest, nil: return ("   ", 0)
    }
  }
}
