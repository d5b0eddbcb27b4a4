import CurationEngine
import CurationInterface
import PreferenceData
import PreferenceScoring
import ReviewStore

/// A review with what its decisions come to, for the commands that print that. Scans nothing: without a
/// kept scan nothing is told apart by flags. Makes nothing on disk.
struct JudgedReview {
  let opening: OpenedReview
  let sample: AuditSample
  let scan: ScanResult?
  let reviewed: [ReviewedRow]
  let figures: ReviewFigures

  /// So many rows are audited where nobody says how many.
  static let usualCount = 100

  /// - Parameters:
  ///   - options: The data set and the review.
  ///   - scanOptions: Which kept scan to use.
  ///   - asked: How many rows were to be audited; nil takes the usual number, or the largest look that
  ///     more rows have reached.
  /// - Throws: Why the data set or the review cannot be read.
  init(_ options: FileOptions, _ scanOptions: ScanOptions, planned asked: Int? = nil) throws {
    let opening = try OpenedReview(reading: options, with: scanOptions.rewards)
    try self.init(opening, options, scanOptions, planned: asked)
  }

  /// The same of a review that is open already.
  init(
    _ opening: OpenedReview, _ options: FileOptions, _ scanOptions: ScanOptions,
    planned asked: Int? = nil
  ) throws {
    let seed = try opening.seed()
    let sample = AuditSample(of: opening.opened.index, seed: seed)
    let scan = try scanOptions.keptScan(of: opening.opened, options: options)
    let reviewed = opening.opened.reviewedRows(under: opening.ledger, seed: seed)
    func figures(_ planned: Int) -> ReviewFigures {
      ReviewFigures(
        reviewed, of: opening.review.annotator, sample: sample, planned: planned, scan: scan)
    }
    let all = asked == nil ? figures(sample.rowCount).audit.answered.count : 0
    let reached = AuditSample.looks(planned: sample.rowCount).last { $0 <= all } ?? 0
    self.figures = figures(asked ?? max(Self.usualCount, reached))
    self.opening = opening
    self.sample = sample
    self.scan = scan
    self.reviewed = reviewed
  }

  /// Why this annotator swapped labels, the most frequent reason first.
  var reasons: [(name: String, count: Int)] {
    var counts: [String: Int] = [:]
    for row in reviewed where row.annotator == opening.review.annotator && row.outcome == .swap {
      if let reason = row.standing.decision.reason { counts[reason, default: 0] += 1 }
    }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { (name: $0.key, count: $0.value) }
  }
}

extension Estimate {
  /// `{"value":..,"lower":..,"upper":..}`.
  var json: JSONValue {
    ["value": .number(value), "lower": .number(lower), "upper": .number(upper)]
  }
}

extension ReviewFigures.Tally {
  var json: JSONValue {
    [
      "count": .integer(hitCount), "of": .integer(count),
      "share": count > 0 ? share.json : .null,
    ]
  }
}

extension Agreement {
  var json: JSONValue {
    [
      "rows": .integer(rowCount), "same": .integer(sameCount),
      "raw": rowCount > 0 ? raw.json : .null,
      "kappa": JSONValue(kappa) { .number($0) }, "alpha": JSONValue(alpha) { .number($0) },
    ]
  }
}

extension AuditStratum {
  /// The members of an object about this part of the rows.
  var members: [JSONValue.Member] {
    [
      .init("rows", .integer(rowCount)), .init("drawn", .integer(drawnCount)),
      .init("wrong", .integer(wrongCount)),
      .init("noise", drawnCount > 0 ? noise.json : .null),
    ]
  }
}

extension ReviewFigures {
  /// What the audit has found, or that it has found nothing yet.
  var noiseJSON: JSONValue {
    var members: [JSONValue.Member] = [
      .init("measured", .bool(audit.look != nil)), .init("annotator", .string(annotator.text)),
      .init("population", .integer(audit.rowCount)),
      .init("rankings", .integer(audit.rankingCount)),
      .init("planned", .integer(audit.plannedCount)),
      .init("answered", .integer(audit.answered.count)),
      .init("skipped", .integer(audit.skippedCount)),
      .init("not_blind", .integer(audit.seenCount)),
      .init("looks", .array(audit.looks.map { .integer($0) })),
      .init("complete", .bool(audit.isComplete)),
      .init("seconds_a_decision", JSONValue(medianSeconds) { .number($0) }),
    ]
    if let look = audit.look {
      let strata = look.strata.map { part -> JSONValue in
        let flagged: [JSONValue.Member] = [
          .init("flagged", JSONValue(part.isFlagged) { .bool($0) })
        ]
        return .object(flagged + part.stratum.members)
      }
      members += [
        .init("look", .integer(look.number)), .init("rows", .integer(look.rowCount)),
        .init("noise", look.noise.json), .init("exact", look.plainNoise.json),
        .init("wrong", .integer(look.wrongPositions.count)),
        .init("tie", .integer(look.tieCount)), .init("contested", .integer(look.contestedCount)),
        .init("strata", .array(strata)),
      ]
    }
    members += [
      .init("reviewer_error", JSONValue(reviewerError) { $0.rate.json }),
      .init("corrected", JSONValue(correctedNoise) { $0.json }),
    ]
    return .object(members)
  }

  /// How far this annotator agrees with whom.
  var agreementJSON: JSONValue {
    [
      "with_model": withModel.json, "with_labels": withLabel.json,
      "with_self": withSelf.json, "first_side": firstSide.json,
      "with_others": .array(
        peers.map { peer in
          ["annotator": .string(peer.annotator.text), "agreement": peer.agreement.json]
        }),
      "alpha": JSONValue(alpha) { .number($0) }, "conflicts": .integer(conflicts.count),
    ]
  }
}
