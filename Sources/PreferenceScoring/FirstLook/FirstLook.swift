import PreferenceData

/// What a data set looks like before anything is learnt from it: its labels, sides, texts and votes,
/// counted in one pass.
public struct FirstLook: Hashable, Sendable {
  public internal(set) var labels = LabelBalance()
  public internal(set) var longerSide = LongerSide()
  /// By row, what is found of it; nothing of a row that cannot be read.
  public internal(set) var findings: [RowFindings] = []
  /// By row, what troubles its texts have.
  public internal(set) var troubles: [EncodingTroubles] = []
  /// How many rows hold a pair that a row before them holds too, in any order and with any label; how many
  /// pairs have several rows; and how many of these have labels for either side.
  public internal(set) var copyCount = 0
  public internal(set) var repeatedPairCount = 0
  public internal(set) var contradictoryPairCount = 0
  /// How many pairs with a preference stand in an earlier row just so: same context, same sides in the
  /// same order, same preference.
  public internal(set) var repeatCount = 0
  /// The prompts, and the sides by what the label says of them; nil where there are none.
  public internal(set) var prompts: LengthSummary?
  public internal(set) var chosen: LengthSummary?
  public internal(set) var rejected: LengthSummary?
  /// All sides, whatever the label.
  public internal(set) var sides: LengthSummary?
  /// How many rows have how many turns of the user, in rising order.
  public internal(set) var turns: [Share<Int>] = []
  /// In which script most letters of a row are, the most frequent first.
  public internal(set) var scripts: [Share<WritingScript>] = []
  /// Who or what wrote the sides, where the file says so, the most pairs first.
  public internal(set) var authors: [AuthorRecord] = []
  /// How far votes agree; nil where no row has two.
  public internal(set) var agreement: VoteAgreement?
  /// What of an evaluation file stands here; nil where none was given.
  public internal(set) var overlap: EvaluationOverlap?

  /// How many rows have something.
  public struct Share<Value: Hashable & Sendable>: Hashable, Sendable {
    public let value: Value
    public let rows: Int
  }

  /// The rows with this finding, in file order.
  public func rows(with finding: RowFinding) -> [Int] {
    findings.indices.filter { findings[$0].contains(RowFindings(finding)) }
  }

  /// The rows with this trouble, in file order.
  public func rows(with trouble: EncodingTrouble) -> [Int] {
    troubles.indices.filter { troubles[$0].contains(EncodingTroubles(trouble)) }
  }
}

/// A first look as rows come in, in file order.
struct FirstLookTally: Sendable {
  private(set) var index = RowIndex()
  private var look = FirstLook()
  private var facts: [RowFacts?] = []
  private var prompts = LengthTally()
  private var chosen = LengthTally()
  private var rejected = LengthTally()
  private var sides = LengthTally()
  private var turns: [Int: Int] = [:]
  private var scripts = [Int](repeating: 0, count: WritingScript.allCases.count)
  private var authors = AuthorTally()
  private var votes: [[Int]] = []
  private var annotators: Set<String> = []
  private var meetings: [(row: Int, meeting: EvaluationTexts.Meeting)] = []

  var rowCount: Int { facts.count }

  mutating func add(_ row: Result<RowLook, RowProblem>) {
    index.append(entry: row.map(\.entry))
    switch row {
    case .success(let row): add(row)
    case .failure:
      facts.append(nil)
      look.troubles.append([])
    }
  }

  private mutating func add(_ row: RowLook) {
    let position = facts.count
    facts.append(row.facts)
    look.troubles.append(row.troubles)
    look.labels.add(row.outline.label)
    authors.add(row.outline)
    if let (better, worse) = row.outline.chosenAndRejected {
      switch row.lengths[better] - row.lengths[worse] {
      case 1...: look.longerSide.wins += 1
      case 0: look.longerSide.equal += 1
      default: look.longerSide.losses += 1
      }
      chosen.add(row.lengths[better], row: position)
      rejected.add(row.lengths[worse], row: position)
    }
    for length in row.lengths { sides.add(length, row: position) }
    prompts.add(row.promptLength, row: position)
    turns[row.userTurns, default: 0] += 1
    if let script = row.script { scripts[script.place] += 1 }
    if row.outline.judgments.count > 1 { votes.append(VoteAgreement.unit(of: row.outline)) }
    if let annotator = row.outline.annotator { annotators.insert(annotator) }
    if let meeting = row.meeting { meetings.append((position, meeting)) }
  }

  /// - Complexity: O(n log n).
  func finished(evaluation: EvaluationTexts?) -> FirstLook {
    var look = look
    look.findings = RowFindings.found(in: facts)
    let groups = index.voteGroups
    look.copyCount = index.copyCount
    look.repeatedPairCount = groups.count
    look.contradictoryPairCount = groups.count { $0.isContradictory }
    look.repeatCount = repeatCount
    look.prompts = prompts.summary
    look.chosen = chosen.summary
    look.rejected = rejected.summary
    look.sides = sides.summary
    look.turns = turns.sorted { $0.key < $1.key }.map { .init(value: $0.key, rows: $0.value) }
    look.scripts = WritingScript.allCases.filter { scripts[$0.place] > 0 }
      .sorted { (scripts[$1.place], $0.place) < (scripts[$0.place], $1.place) }
      .map { .init(value: $0, rows: scripts[$0.place]) }
    look.authors = authors.sorted
    look.agreement =
      VoteAgreement(units: votes, kind: .inRow)
      ?? (annotators.count > 1 ? VoteAgreement(units: Self.units(groups), kind: .acrossRows) : nil)
    look.overlap = evaluation?.overlap(meetings)
    return look
  }

  /// By pair with several rows, how many prefer either side, or neither.
  private static func units(_ groups: [VoteGroup]) -> [[Int]] {
    groups.map { [$0.undecidedCount, 0, $0.smallerCount, $0.largerCount] }
  }

  private var repeatCount: Int {
    var seen = WordSet()
    return facts.count { facts in
      guard let copy = facts?.copy else { return false }
      let form: UInt64 = (copy.prefersFirst ? 2 : 0) + (copy.showsFirst ? 1 : 0)
      return !seen.insert(WordHash.pair(copy.exact, form))
    }
  }
}
