import ArgumentParser
import CurationEngine
import DatasetFiles
import PreferenceData
import PreferenceScoring

/// Whether rows are written as often as their weight says.
struct ResampleOptions: ParsableArguments {
  @Flag(
    help: ArgumentHelp(
      "Write each row as often as its weight says, as many rows in all as there were: in place of a "
        + "column of weights, which no preference trainer of TRL reads."))
  var resample = false
  @Option(
    help: ArgumentHelp(
      "With --resample: weigh by a row's place by this signal, the most suspicious least; 'suspicion' "
        + "weighs by 1 - suspicion, also where the model is little better than random.",
      valueName: "signal"))
  var weight: SignalName?

  func validate() throws {
    if weight != nil, !resample { throw ValidationError("--weight is for --resample") }
  }

  /// What each row of `opened` weighs, and what is to be said of that; `plan` is what decisions do.
  func weights(
    in opened: IndexedDataset, under ledger: ReviewLedger, options: FileOptions
  ) throws -> RowWeights {
    let scanOptions = try ScanOptions.parse([])
    let named = weight.flatMap {
      $0.rawValue == Self.suspicion ? nil : SignalID(rawValue: $0.rawValue)
    }
    let asked = named.flatMap { id in
      ([id] + SignalFamily(id).members).first { SignalID.selectable.contains($0) }
    }
    let scan = try scanOptions.scan(opened, options: options, showing: asked.map { [$0] } ?? [])
    let confirmed = confirmedRows(of: opened, under: ledger)
    if let named {
      guard scan.signals[named] != nil else {
        throw Failure(
          .no, what: "no row has the signal \(named.rawValue)",
          remedy: "see the signals of 'demur scan -o', or leave --weight out")
      }
      return .places(by: named, scan, confirmed: confirmed)
    }
    guard weight != nil || scan.quality.hasSignal else {
      for line in scan.quality.lines { StandardError.line(line) }
      throw Failure(
        .no, what: "nothing is resampled", why: "suspicion says too little of these labels",
        remedy: "name what to weigh by with --weight")
    }
    guard scan.scoredCount > 0 else {
      throw Failure(.no, what: "nothing is resampled", why: "no row has a suspicion")
    }
    return .suspicion(scan, confirmed: confirmed)
  }

  /// The rows whose label a person keeps or swaps, and nobody contradicts.
  private func confirmedRows(
    of opened: IndexedDataset, under ledger: ReviewLedger
  ) -> Set<Int> {
    guard case .rows(let kept, let swapped) = opened.confirmedRows(under: ledger) else { return [] }
    return Set((kept + swapped).map(opened.scannedPairs.row(of:)))
  }

  /// What is said wherever a resampled file is written.
  static let sentence = """
    resampled: rows stand as often as their weight says, since no preference trainer of TRL reads a \
    weight column (huggingface/trl#5613)
    """

  static let suspicion = "suspicion"
}

/// The name of a signal.
struct SignalName: ExpressibleByArgument {
  let rawValue: String

  init?(argument: String) {
    let id = SignalID(rawValue: argument)
    let known = SignalFamily.allCases.flatMap(\.members)
    guard argument == ResampleOptions.suspicion || known.contains(id) || id.isExternalReward else {
      return nil
    }
    rawValue = argument
  }
}
