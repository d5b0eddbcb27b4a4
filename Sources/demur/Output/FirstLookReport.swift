import CurationInterface
import DatasetFiles
import PreferenceData
import PreferenceScoring

/// What `check --json` says. Keys stay; where there is nothing to say, their value is null or empty.
struct FirstLookReport {
  private let dataset: Dataset
  private let look: FirstLook
  private let index: RowIndex
  private let card: DatasetCard?
  private let against: String?

  init(
    _ dataset: Dataset, _ look: FirstLook, _ index: RowIndex, card: DatasetCard?,
    against: String?
  ) {
    self.dataset = dataset
    self.look = look
    self.index = index
    self.card = card
    self.against = against
  }

  var json: JSONValue {
    [
      "container": .string(dataset.containerSummary),
      "files": .array(
        dataset.files.map { file in
          [
            "name": .string(file.name), "container": .string(file.container.description),
            "rows": .integer(file.rowCount),
          ]
        }),
      "format": .string(dataset.format.name),
      "fitting": .integer(dataset.detection.fitting),
      "sampled": .integer(dataset.detection.sampled),
      "rows": .integer(index.rowCount), "pairs": .integer(index.pairCount),
      "defects": .object(
        RowDefect.allCases.map { .init($0.name, .integer(index.defectCounts[$0] ?? 0)) }),
      "findings": .object(findings), "copies": .integer(look.copyCount),
      "exact_repeats": .integer(look.repeatCount),
      "repeated_pairs": .integer(look.repeatedPairCount),
      "contradictory_pairs": .integer(look.contradictoryPairCount), "labels": labels,
      "longer_side": longerSide,
      "models": .array(look.authors.map(Self.record)),
      "user_turns": .array(
        look.turns.map { ["turns": .integer($0.value), "rows": .integer($0.rows)] }),
      "scripts": .array(
        look.scripts.map { ["script": .string($0.value.rawValue), "rows": .integer($0.rows)] }),
      "lengths": [
        "prompt": JSONValue(look.prompts, Self.lengths),
        "chosen": JSONValue(look.chosen, Self.lengths),
        "rejected": JSONValue(look.rejected, Self.lengths),
        "sides": JSONValue(look.sides, Self.lengths),
      ],
      "encoding": .object(
        EncodingTrouble.allCases.map {
          .init($0.rawValue, .integer(look.rows(with: $0).count))
        }),
      "votes": JSONValue(look.agreement) { agreement in
        [
          "where": .string(agreement.kind.rawValue), "units": .integer(agreement.unitCount),
          "votes": .integer(agreement.voteCount),
          "raw_agreement": .number(agreement.rawAgreement),
          "krippendorff_alpha": JSONValue(agreement.alpha) { .number($0) },
        ]
      },
      "overlap": JSONValue(look.overlap, overlap),
      "card": JSONValue(card) { card in
        [
          "licenses": .array(card.licenses.map(JSONValue.string)),
          "splits": .array(
            card.splits.map {
              [
                "configuration": JSONValue($0.configuration) { .string($0) },
                "split": .string($0.name), "path": .string($0.path),
              ]
            }),
        ]
      },
      "problems": .array(index.problems.map(Self.problem)),
    ]
  }

  /// Of those that are no defects.
  private var findings: [JSONValue.Member] {
    RowFinding.allCases.filter { $0 != .identicalSides && $0 != .emptySide }.map {
      .init($0.rawValue, .integer(look.rows(with: $0).count))
    }
  }

  private var labels: JSONValue {
    let labels = look.labels
    return [
      "first": .integer(labels.first), "second": .integer(labels.second),
      "ranked": .integer(labels.ranked), "tied": .integer(labels.tied),
      "both_bad": .integer(labels.bothBad), "desirable": .integer(labels.desirable),
      "undesirable": .integer(labels.undesirable), "unlabelled": .integer(labels.unlabelled),
      "first_share": JSONValue(labels.firstShare) { .number($0.value) },
      "first_share_interval": JSONValue(labels.firstShare, Self.interval),
      "strengths": .array(
        labels.strengths.map {
          [
            "side": .integer($0.side), "strength": .number($0.strength), "rows": .integer($0.rows),
          ]
        }),
    ]
  }

  private var longerSide: JSONValue {
    let longer = look.longerSide
    return [
      "wins": .integer(longer.wins), "losses": .integer(longer.losses),
      "equal": .integer(longer.equal), "share": JSONValue(longer.share) { .number($0.value) },
      "share_interval": JSONValue(longer.share, Self.interval),
    ]
  }

  private func overlap(_ overlap: EvaluationOverlap) -> JSONValue {
    func test(_ rows: [Int], _ met: Int) -> JSONValue {
      ["rows": .array(rows.map(JSONValue.integer)), "evaluation_rows": .integer(met)]
    }
    return [
      "against": JSONValue(against) { .string($0) },
      "evaluation_rows": .integer(overlap.evaluationRows),
      "run_length": .integer(EvaluationOverlap.runLength),
      "prompt": test(overlap.promptRows, overlap.metPrompts),
      "pair": test(overlap.pairRows, overlap.metPairs),
      "run": test(overlap.runRows, overlap.metRuns),
    ]
  }

  private static func record(_ author: AuthorRecord) -> JSONValue {
    [
      "name": .string(author.name), "wins": .integer(author.wins),
      "losses": .integer(author.losses), "ties": .integer(author.ties),
      "win_rate": author.wins + author.losses == 0 ? .null : .number(author.winRate.value),
      "win_rate_interval": author.wins + author.losses == 0 ? .null : interval(author.winRate),
    ]
  }

  private static func lengths(_ summary: LengthSummary) -> JSONValue {
    [
      "texts": .integer(summary.count), "median": .integer(summary.median),
      "p95": .integer(summary.percentile95), "longest": .integer(summary.longest),
      "longest_row": .integer(summary.longestRow),
    ]
  }

  private static func interval(_ estimate: Estimate) -> JSONValue {
    .array([.number(estimate.lower), .number(estimate.upper)])
  }

  private static func problem(_ problem: RowProblem) -> JSONValue {
    [
      "row": .integer(problem.row), "file": JSONValue(problem.file) { .string($0) },
      "line": JSONValue(problem.line) { .integer($0) },
      "column": JSONValue(problem.column) { .integer($0) }, "reason": .string(problem.text),
    ]
  }
}

extension RowDefect {
  /// The defect's name in reports for scripts.
  fileprivate var name: String {
    switch self {
    case .identicalSides: "identical_sides"
    case .emptySide: "empty_side"
    case .unlabelled: "unlabelled"
    case .tied: "tied"
    }
  }
}
