import ArgumentParser
import CurationEngine
import PreferenceData

struct LabelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "label",
    abstract: "Decide about one row, or about all that a query finds.",
    discussion: """
      EXAMPLES
        demur label train.jsonl row:17 swap --note "B answers the question"
        demur label train.jsonl 9f2c41 keep --strength 2
        demur label ranked.jsonl row:3 swap --pair 0,2    two responses of a ranking
        demur label train.jsonl row:17 swap --reason slip --tag safety
        demur label train.jsonl row:17 swap --criterion helpful=swap:2
        demur label train.jsonl -q 'words(chosen)<3 susp>.9' drop --dry-run
        demur label train.jsonl -q 'tag:safety' keep --criterion harmless=keep
      """)

  @OptionGroup var options: FileOptions
  @OptionGroup var scanOptions: ScanOptions
  @Argument(
    help: "The row: its id, the beginning of its identity, or row:N from 0; with -q left out.",
    completion: .custom(CompletionWords.rows))
  var id: String
  @Argument(help: "keep, swap, tie, both-bad, drop or skip.") var decision: Outcome?
  @Option(
    name: .shortAndLong, parsing: .unconditional,
    help: ArgumentHelp(
      "Decide about all rows that this finds, in one step; exit status 1 where it finds none.",
      valueName: "query"))
  var query: String?
  @Flag(help: "With -q: say what would be decided, and decide nothing.") var dryRun = false
  @Option(
    help: ArgumentHelp(
      "Which two responses of a row of more are meant, by their positions from 0.",
      valueName: "i,j"))
  var pair: PositionPair?
  @Option(help: "How much better: 1 better, 2 much better, 3 beyond doubt.") var strength: Int?
  @Option(help: "A remark that stays with the decision.") var note = ""
  @Option(
    help: ArgumentHelp(
      "Why the label was wrong, in a word: slip, misread, taste, policy, underspecified, wrong-fact.",
      valueName: "word"))
  var reason: String?
  @Option(
    name: .customLong("tag"), help: "A tag; may be given several times.",
    completion: .custom(CompletionWords.tags))
  var tags: [String] = []

  @Option(
    name: .customLong("criterion"),
    help: ArgumentHelp(
      "What a criterion of the rubric says: NAME=keep, swap or tie; keep:2 for much better. May be "
        + "given several times; criteria that are not named stay.", valueName: "name=value"))
  var criteria: [CriterionWord] = []

  func validate() throws {
    if let strength, !(1...3).contains(strength) {
      throw ValidationError("--strength takes 1, 2 or 3, got \(strength)")
    }
    if query == nil {
      if decision == nil { throw ValidationError("Missing expected argument '<decision>'") }
      if dryRun { throw ValidationError("--dry-run goes with -q") }
    } else {
      if decision != nil {
        throw ValidationError("-q names the rows, so no row is named beside it")
      }
      if Outcome(rawValue: id) == nil {
        throw ValidationError("with -q, '\(id)' is to be keep, swap, tie, both-bad, drop or skip")
      }
      if pair != nil { throw ValidationError("--pair is about one row") }
    }
  }

  /// What goes with the decision.
  var remarks: DecisionRemarks {
    DecisionRemarks(
      strength: strength, note: note,
      tags: tags.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }, reason: reason,
      ratings: criteria.map(\.record))
  }

  func run() throws {
    guard let query else {
      guard let decision else { preconditionFailure("validate has looked for a decision") }
      return try label(decision)
    }
    guard let outcome = Outcome(rawValue: id) else {
      preconditionFailure("validate has looked at the decision")
    }
    try label(rowsFoundBy: query, outcome)
  }

  private func label(_ decision: Outcome) throws {
    let opening = try OpenedReview(editing: options)
    let position = try opening.position(named: id)
    let row = try opening.pair(at: position)
    let judged = try judgedPair(in: row, at: position, for: decision)
    let seen = judged.map { row.narrowed(to: $0.first, $0.second) } ?? row
    let sides = seen.sides.map(\.id)
    guard let rowID = opening.opened.index.ids[position],
      let verdict = Verdict(decision, sides: sides, preferred: seen.label.preferred),
      // Where both sides are the same text, to swap them would be to keep them.
      verdict.outcome(sides: sides, preferred: seen.label.preferred) == decision
    else {
      throw Failure(
        .badData, what: "row \(position) has no preference to \(decision.rawValue)",
        why: row.sides.count > 2 && judged == nil
          ? "it has \(row.sides.count) responses" : "",
        remedy: row.sides.count > 2 && judged == nil
          ? "say which two are meant with --pair I,J, or decide both-bad, drop or skip"
          : "decide tie, both-bad, drop or skip")
    }
    let sidePair = judged == nil ? nil : SidePair(sides[0], sides[1])
    let standing = opening.ledger.judgment(
      on: rowID, by: opening.review.annotator, about: sidePair)
    let made = Decision(
      verdict, on: sidePair, strength: strength, note: note, tags: remarks.tags, reason: reason,
      ratings: try ratings(of: seen, at: position, beside: standing?.decision.ratings ?? []))
    try opening.check([made], on: rowID, at: position, row)
    let event = try opening.append(
      .decided([
        RowDecision(
          row: rowID, decision: made,
          serving: Serving(route: .script, labelSeen: true))
      ]))
    StandardError.line("saved: row \(position) \(decision.rawValue) (step \(event.sequence))")
  }

  /// The two sides that are meant, in a row of more; nil where the whole row is.
  private func judgedPair(
    in row: PreferenceRow, at position: Int, for decision: Outcome
  ) throws -> PositionPair? {
    guard let pair else { return nil }
    guard max(pair.first, pair.second) < row.sides.count else {
      throw Failure(
        .usage, what: "row \(position) has \(row.sides.count) responses",
        why: "--pair counts them from 0", remedy: "give two positions that are there")
    }
    switch decision {
    case .keep, .swap, .tie, .skip: return row.sides.count > 2 ? pair : nil
    case .bothBad, .drop:
      throw Failure(
        .usage, what: "\(decision.rawValue) is about the whole row",
        remedy: "leave --pair out")
    }
  }
}

/// Two positions as a person writes them: `0,2`.
struct PositionPair: ExpressibleByArgument {
  let first: Int
  let second: Int

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let first = parts[0], let second = parts[1], first >= 0, second >= 0,
      first != second
    else { return nil }
    (self.first, self.second) = (first, second)
  }
}
