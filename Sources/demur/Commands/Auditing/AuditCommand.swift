import ArgumentParser
import CurationEngine
import CurationInterface
import DatasetFiles
import PreferenceData
import PreferenceScoring
import TerminalSurface

struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Print how many labels are wrong, by the random rows that were judged blind.",
    discussion: """
      The audit itself is made on the screen: 'demur FILE --audit 100' shows random
      rows one after another, ',a' mixes them into the queue. This command prints
      what it has found: the share of wrong labels with a 95% interval, at sizes
      planned before (25, 50, 100, 200 ... and --n), never between them. A label is
      wrong where the decision swaps it; ties and rows called bad are counted apart.

      --fail-over R ends with 1 where the lower end of the interval is above R, and
      also where the --n rows are not all judged: what was not measured never
      passes.

      EXAMPLES
        demur train.jsonl --audit 100
        demur audit train.jsonl --by source
        demur audit train.jsonl --n 200 --fail-over 0.1
      """)

  @OptionGroup var options: FileOptions
  @OptionGroup var scanOptions: ScanOptions
  @Option(help: ArgumentHelp("How many random rows the audit is to have; 100 if not given."))
  var n: Int?
  @Option(
    help: ArgumentHelp("Print the same for each value of this field.", valueName: "field"))
  var by: FieldPath?
  @Option(
    help: ArgumentHelp(
      "End with 1 if more than this share of the labels is wrong, or if that is not measured.",
      valueName: "share"))
  var failOver: Double?
  @Flag(help: "Print one JSON object.") var json = false

  func validate() throws {
    if let n, n < 1 { throw ValidationError("--n takes a number from 1 on, got \(n)") }
    if let failOver, !(0..<1).contains(failOver) {
      throw ValidationError("--fail-over takes a share from 0 to 1, got \(failOver)")
    }
    guard scanOptions.deadline == nil else {
      throw ValidationError("--deadline is for commands that scan, such as demur scan")
    }
  }

  func run() throws {
    let data = try JudgedReview(options, scanOptions, planned: n)
    var output = StandardOutput()
    if json {
      try output.line(report(data).prettyText)
    } else {
      for line in lines(data) { try output.line(line) }
    }
    try output.flush()
    try gate(data.figures)
  }

  /// Ends with 1 where the noise is shown to be above the limit, and where it is not measured.
  private func gate(_ figures: ReviewFigures) throws {
    guard let failOver else { return }
    let audit = figures.audit
    guard audit.isComplete, let noise = figures.correctedNoise ?? audit.look?.noise else {
      throw Failure(
        .no, what: "the noise is not measured",
        why: "\(audit.answered.count) of \(Numbers.count(audit.plannedCount, "audit row")) judged",
        remedy: "judge them with 'demur FILE --audit \(audit.plannedCount)'")
    }
    let limit = Numbers.fixed(failOver * 100, decimals: 1)
    guard noise.lower <= failOver else {
      throw Failure(
        .no, what: "more than \(limit)% of the labels are wrong", why: noise.percentText)
    }
    StandardError.line(
      noise.upper <= failOver
        ? "at most \(limit)% of the labels are wrong: \(noise.percentText)"
        : "not shown to be above \(limit)%, nor below: \(noise.percentText)")
  }

  private func groups(_ data: JudgedReview) -> [(name: String?, stratum: AuditStratum)] {
    guard let by else { return [] }
    let dataset = data.opening.opened.dataset
    let names = (0..<dataset.rowCount).map { position -> String? in
      guard case .success(let document) = dataset.document(position) else { return nil }
      return ScoreKey.field(by).text(in: document.root)
    }
    return data.figures.audit.groups(of: data.sample, named: names)
  }

  private func lines(_ data: JudgedReview) -> [String] {
    let figures = data.figures
    let audit = figures.audit
    var lines = [
      "\(Table.line(figures.annotator.text)): \(audit.answered.count) of "
        + "\(Numbers.count(audit.plannedCount, "random row")) judged blind, of "
        + "\(Numbers.count(audit.rowCount, "row")) with a label that can be wrong"
    ]
    if let unit = audit.unitPhrase { lines.append("of rankings: \(unit)") }
    if audit.skippedCount + audit.seenCount > 0 {
      lines.append(
        "passed over: \(audit.skippedCount) skipped, \(audit.seenCount) decided with others or with "
          + "the label seen")
    }
    guard let look = audit.look else {
      return lines + [DashboardStory(facts(data), glyphs: .ascii).unmeasured]
        + agreementLines(figures)
    }
    let how = look.strata.count > 1 ? "95%, flagged and others weighed by their number" : "95%"
    lines += [
      "wrong labels    \(look.noise.percentText)  \(how)",
      "                look \(look.number) of \(audit.looks.count), "
        + Numbers.count(look.rowCount, "random row"),
      "as one sample   \(look.plainNoise.percentText)  \(look.wrongPositions.count) of "
        + "\(look.rowCount), exact 95%",
    ]
    if look.strata.count > 1 {
      lines += look.strata.map { part in
        line(part.isFlagged == true ? "  flagged" : "  others", part.stratum)
      }
    } else if data.scan == nil {
      lines.append("                flagged rows are not told apart: no scan is kept")
    }
    if let error = figures.reviewerError, let noise = figures.correctedNoise {
      lines.append(
        "corrected       \(noise.percentText)  \(error.phrase), which is an error of "
          + error.rate.percentText)
    }
    lines.append(
      "not wrong       tie \(Estimate(wins: look.tieCount, of: look.rowCount).percentText), "
        + "both bad or dropped "
        + Estimate(wins: look.contestedCount, of: look.rowCount).percentText)
    lines.append("narrower        \(narrower(look, audit))")
    lines += agreementLines(figures)
    let groups = self.groups(data)
    if !groups.isEmpty {
      lines.append("")
      lines += groups.map { line(Table.line($0.name ?? "(no value)"), $0.stratum) }
    }
    return lines
  }

  /// How many rows would halve the interval.
  private func narrower(_ look: AuditFigures.Look, _ audit: AuditFigures) -> String {
    let half = look.noise.halfWidth / 2
    let count = AuditSample.size(
      forHalfWidth: half, noise: look.noise.value, rowCount: audit.rowCount)
    return "+-\(Numbers.fixed(half * 100, decimals: 1)) points would take "
      + "about \(Numbers.count(count, "row"))"
  }

  private func agreementLines(_ figures: ReviewFigures) -> [String] {
    var lines: [String] = []
    if figures.withSelf.rowCount > 0 {
      lines.append("with yourself   \(figures.withSelf.phrase)")
    }
    for peer in figures.peers {
      lines.append("with another    \(Table.line(peer.annotator.text)): \(peer.agreement.phrase)")
    }
    if let alpha = figures.alpha {
      lines.append(
        "all annotators  Krippendorff's alpha \(Numbers.fixed(alpha)), "
          + "\(Numbers.count(figures.conflicts.count, "row")) in conflict")
    }
    return lines
  }

  private func line(_ name: String, _ stratum: AuditStratum) -> String {
    let share = stratum.drawnCount > 0 ? stratum.noise.percentText : "not measured"
    return
      "\(Table.cell(name, 14))  \(share)  \(stratum.wrongCount) of \(stratum.drawnCount) drawn "
      + "of \(Numbers.count(stratum.rowCount, "row"))"
  }

  private func facts(_ data: JudgedReview) -> DashboardFacts {
    DashboardFacts(
      index: data.opening.opened.index, scan: data.scan, figures: data.figures, biases: nil)
  }

  private func report(_ data: JudgedReview) -> JSONValue {
    guard case .object(var members) = data.figures.noiseJSON else { return .null }
    members.append(.init("agreement", data.figures.agreementJSON))
    if by != nil {
      let groups = self.groups(data).map { group -> JSONValue in
        let name: [JSONValue.Member] = [
          .init("value", JSONValue(group.name) { .string($0) })
        ]
        return .object(name + group.stratum.members)
      }
      members.append(.init("groups", .array(groups)))
    }
    return .object(members)
  }
}
