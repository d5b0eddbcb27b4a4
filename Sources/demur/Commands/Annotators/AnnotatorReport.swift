import CurationInterface
import PreferenceData
import PreferenceScoring

/// The annotators of a file, for a person and for a script.
struct AnnotatorReport {
  let table: AnnotatorTable

  /// So many are shown to a person.
  private static let shownCount = 40

  var json: JSONValue {
    [
      "pairs": .integer(table.pairCount), "shared_pairs": .integer(table.sharedPairCount),
      "usual_reliability": JSONValue(table.usualReliability) { .number($0) },
      "shortage": JSONValue(table.shortage) { .string($0.sentence) },
      "annotators": .array(table.records.map(Self.json)),
    ]
  }

  private static func json(_ record: AnnotatorRecord) -> JSONValue {
    func number(_ value: Double?) -> JSONValue { JSONValue(value) { .number($0) } }
    return [
      "name": JSONValue(record.name) { .string($0) }, "votes": .integer(record.voteCount),
      "ties": .integer(record.tieCount), "shared": .integer(record.sharedCount),
      "agreement": JSONValue(record.agreement) { $0.json },
      "one_coin": JSONValue(record.reliability) { $0.json },
      "dawid_skene": number(record.dawidSkene),
      "dawid_skene_on_longer": number(record.onLonger),
      "dawid_skene_on_shorter": number(record.onShorter), "mace": number(record.competence),
      "crowdlab": number(record.quality),
      "head": JSONValue(record.headAgreement) { $0.json }, "influence": number(record.influence),
    ]
  }

  /// The same as a table in per cent, with what its columns mean.
  var lines: [String] {
    var lines = [
      "\(Numbers.count(table.records.count, "annotator")), \(Numbers.count(table.pairCount, "pair"))"
        + " with votes, \(Numbers.grouped(table.sharedPairCount)) of them with several"
    ]
    if let usual = table.usualReliability {
      lines.append(
        "a vote is right in about \(Numbers.nearestPercent(usual)), by how far votes agree")
    }
    if let shortage = table.shortage { lines.append(shortage.sentence) }
    lines.append("")
    lines.append(
      "ANNOTATOR             VOTES  TIES  SHARED  AGREES      COIN        D-S  MACE  LAB  HEAD"
        + (showsInfluence ? "        INFLUENCE" : ""))
    lines += table.records.prefix(Self.shownCount).map(line)
    let left = table.records.count - Self.shownCount
    if left > 0 {
      lines.append("and \(Numbers.count(left, "annotator")) more reliable: see --json")
    }
    lines.append("")
    lines += Self.legend
    return lines
  }

  private var showsInfluence: Bool { table.records.contains { $0.influence != nil } }

  private func line(_ record: AnnotatorRecord) -> String {
    func range(_ estimate: Estimate?) -> String {
      estimate.map { "\(Numbers.nearestPercent($0.value)) \(Numbers.percentRange($0))" } ?? "-"
    }
    func percent(_ value: Double?) -> String { value.map(Numbers.nearestPercent) ?? "-" }
    var cells = [
      Table.cell(record.name ?? "(not named)", 20),
      Table.cell(Numbers.grouped(record.voteCount), 5, alignedRight: true),
      Table.cell(Numbers.grouped(record.tieCount), 4, alignedRight: true),
      Table.cell(Numbers.grouped(record.sharedCount), 6, alignedRight: true),
      Table.cell(range(record.agreement), 10), Table.cell(range(record.reliability), 10),
      Table.cell(percent(record.dawidSkene), 3, alignedRight: true),
      Table.cell(percent(record.competence), 4, alignedRight: true),
      Table.cell(percent(record.quality), 3, alignedRight: true),
      Table.cell(range(record.headAgreement), 10),
    ]
    if showsInfluence {
      cells.append(record.influence.map { Numbers.signed($0, decimals: 1) } ?? "-")
    }
    return cells.joined(separator: "  ")
  }

  private static let legend = [
    "Least reliable first. A tie is for neither side: it is counted, and left out of all else.",
    "AGREES  of the others' votes on the same pairs, how many say the same",
    "COIN    how often a vote is right, drawn to the average (one-coin Dawid-Skene); D-S: with a coin",
    "        for pairs whose longer side is better, and one for the others",
    "MACE    how often the annotator knows instead of guessing; LAB: CROWDLAB, votes and head",
    "HEAD    how far a model that has not seen the pair agrees, drawn to the average",
    "An honest minority looks unreliable: agreement is not truth.",
  ]
}

extension VoteShortage {
  /// Why no annotator can be judged by the others.
  var sentence: String {
    switch self {
    case .noVotes: "no reliability by the votes of others: nobody prefers a side"
    case .oneAnnotator: "no reliability by the votes of others: all votes are by one annotator"
    case .tooFewSharedPairs(let found, let needed):
      "no reliability by the votes of others: \(Numbers.count(found, "pair")) with several votes, "
        + "\(Numbers.grouped(needed)) are needed"
    case .likeChance:
      "no reliability by the votes of others: they agree no more often than coins would"
    }
  }
}

extension Failure {
  /// Nobody can be listed.
  static let noAnnotators = Failure(
    .badData, what: "there are no annotators to list",
    why: "the file names none, and holds no votes",
    remedy: "name the column of the annotators with --annotator-field")
}
