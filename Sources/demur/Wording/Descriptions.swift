import CurationEngine
import CurationInterface
import DatasetFiles
import PreferenceData
import PreferenceScoring

// What commands call what they show.

extension OpenProgress {
  /// The share that is read; 0 where nobody knows how much there is.
  var share: Double {
    guard let bytesTotal, bytesTotal > 0 else { return 0 }
    return Double(bytesRead) / Double(bytesTotal)
  }
}

extension RowProblem {
  var text: String { Phrases.problem(self) }
}

extension UnscoredReason {
  var text: String {
    switch self {
    case .unreadable: "the row cannot be read"
    case .notTwoSides: "the row has not two sides"
    case .noPreference: "the file prefers neither side"
    case .identicalSides: "both sides are the same text"
    case .noHead: "the data set gives no reward model"
    case .leftOut: "a decision leaves it out"
    }
  }
}

extension Dataset {
  /// Container, format and how sure that is.
  var summary: String {
    "\(container), \(formatSummary), \(Numbers.count(rowCount, "row"))"
  }

  /// What the detection found, and how many of the rows looked at are like that.
  var formatSummary: String {
    "\(format.summary) (\(Numbers.grouped(detection.fitting)) of "
      + "\(Numbers.count(detection.sampled, "row")) looked at)"
  }
}

extension SuspicionBand {
  /// The band without colour.
  var mark: String {
    switch self {
    case .top5: "!!!"
    case .top15: "!!"
    case .top30: "!"
    case .rest: ""
    }
  }
}

extension HeadQuality {
  /// What is known of the head, and a warning where it knows little.
  var lines: [String] {
    switch self {
    case .measured(let accuracy, let auc, _):
      let measured =
        "head: accuracy \(accuracy.text), AUC \(auc.text), out of fold, against the file's labels"
      guard !hasSignal else { return [measured] }
      return [
        measured,
        "WARNING: the head has no signal: this order is little better than a random one",
      ]
    case .notMeasured(let reason):
      return ["WARNING: there is no order: \(reason.text)"]
    }
  }

  /// Why there is no head; nil where there is one.
  var hindrance: String? {
    guard case .notMeasured(let reason) = self else { return nil }
    return reason.text
  }
}

extension HeadQuality.Reason {
  var text: String {
    switch self {
    case .tooFewPairs(let found, let needed):
      "\(Numbers.count(found, "pair")) can be scored, a head needs \(Numbers.grouped(needed))"
    case .oneGroup: "all pairs belong to one prompt, so none can be held out"
    case .noDifference: "no feature differs between chosen and rejected"
    }
  }
}

extension Estimate {
  /// `.637 (.618-.656)`.
  var text: String {
    "\(Self.short(value)) (\(Self.short(lower))-\(Self.short(upper)))"
  }

  private static func short(_ value: Double) -> String {
    let text = Numbers.fixed(value, decimals: 3)
    return text.hasPrefix("0.") ? String(text.dropFirst()) : text
  }
}

extension IndexedDataset {
  /// The beginning of what was asked last, for a list.
  func requestLine(of position: Int) -> String {
    switch dataset.row(at: position) {
    case .success(let row): row.lastRequest
    case .failure(let problem): problem.text
    }
  }
}
