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
    case .notTwoSides: "the row has not two sides, or does not rank them"
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
    "\(containerSummary), \(formatSummary), \(Numbers.count(rowCount, "row"))"
  }

  /// The container, and how many files of it a folder has.
  var containerSummary: String {
    var kinds: [String] = []
    for file in files where !kinds.contains(file.container.description) {
      kinds.append(file.container.description)
    }
    let names = kinds.joined(separator: ", ")
    return files.count == 1 ? names : "\(Numbers.count(files.count, "file")) of \(names)"
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

extension ScanResult {
  /// What the pairs say of each reward model from elsewhere, and a warning where it cannot be
  /// trusted.
  var rewardLines: [String] {
    rewards.indices.flatMap { position in
      let quality = rewards[position]
      var measured = "\(quality.signal.rawValue): \(Table.line(quality.reward.name))"
      measured += ", says something of \(Numbers.count(quality.pairCount, "pair"))"
      if quality.missingCount > 0 {
        measured += " and nothing of \(Numbers.grouped(quality.missingCount))"
      }
      if let accuracy = quality.accuracy { measured += ", accuracy \(accuracy.text)" }
      if let weight = rewardWeight(at: position) {
        measured += ", weight \(Numbers.signed(weight))"
      }
      return [measured] + quality.warnings
    }
  }
}

extension RewardQuality {
  fileprivate var warnings: [String] {
    var warnings: [String] = []
    switch use {
    case .inHead:
      if isAgainstItsName {
        warnings.append(
          "in \(foldsAgainst) of \(foldCount) folds its lower reward is the better one: "
            + "are its columns exchanged, or is smaller better?")
      }
      if isLikeChance { warnings.append("it agrees with the labels no more often than chance") }
    case .tooFewPairs:
      warnings.append(
        "left out: it says something of fewer than \(HeadQuality.neededPairs) pairs")
    case .constant: warnings.append("left out: it rewards both sides alike in every pair")
    case .agreesWithEveryLabel:
      warnings.append(
        "left out: it agrees with every label, as if the labels were made from it; "
          + "it cannot tell which of them are wrong")
    case .contradictsEveryLabel:
      warnings.append(
        "left out: it contradicts every label: are its columns exchanged, or the sides on "
          + "different scales?")
    case .measure: break
    }
    return warnings.map { "WARNING: \(signal.rawValue): \($0)" }
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

  /// `+.012 (-.003 to +.027)`.
  var signedText: String {
    "\(Self.signed(value)) (\(Self.signed(lower)) to \(Self.signed(upper)))"
  }

  private static func signed(_ value: Double) -> String {
    Numbers.signed(value, decimals: 3).replacing("0.", with: ".", maxReplacements: 1)
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
