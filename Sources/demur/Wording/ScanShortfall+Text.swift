import PreferenceScoring

extension ScanShortfall {
  /// What is missing, for standard error; nil where nothing is.
  var sentence: String? {
    var parts: [String] = []
    if isChoiceCut { parts.append("ridge and block weights are the best of those tried so far") }
    if !signals.isEmpty {
      parts.append("not worked out: \(signals.map(\.rawValue).joined(separator: ", "))")
    }
    return parts.isEmpty ? nil : "the deadline is over: \(parts.joined(separator: "; "))"
  }
}

extension Failure {
  /// A scan that could give no ranking in time.
  static let deadlineOver = Failure(
    .engine, what: "the deadline is over, and there is no ranking yet",
    why: "no ridge had been tried on the rows by then",
    remedy: "give --deadline more seconds, or --jobs more threads"
  )
}
