import PreferenceData

@testable import PreferenceScoring

/// A small data set with one of everything that a screen has to cope with, and a scan of it.
enum SampleRows {
  static let annotator: AnnotatorName = {
    guard let name = AnnotatorName("kim") else { preconditionFailure("kim is a name") }
    return name
  }()

  static let rows: [Result<PreferenceRow, RowProblem>] = [
    pair("how do I get a refund if the parcel is lost?", refundLong, refundShort),
    pair("write a short poem on autumn", "Leaves fall down.\nThe year grows old.", "I cannot."),
    pair(
      "translate: 日本語は難しい", "\"Japanese is difficult.\" 日本語 means the Japanese language.",
      "日本語は難しいと言われますが、毎日少しずつ練習すれば、誰でも話せるようになります。"),
    pair("describe my day 👩‍👩‍👧‍👦", "Sunny ☀️ with 👍🏽 friends 🇩🇪", "It was fine 1️⃣ e\u{301}"),
    pair(
      "hostile \u{1B}[2Jtext\u{202E}", "clear\u{1B}[31m red\u{7} bell\u{0}",
      "zero\u{200B}width\u{9B}1m"),
    .failure(RowProblem(row: 5, line: 6, column: 17, reason: .malformed("unescaped control"))),
    pair("the same twice", "identical text", "identical text"),
    pair("an empty side", "", "something"),
    pair("what is the capital of Australia?", "Canberra.", "Sydney, I think."),
    // A contradicting copy of the row before.
    pair("what is the capital of Australia?", "Sydney, I think.", "Canberra."),
    pair("what is the capital of Australia?", "Canberra.", "Sydney, I think."),
    conversation,
    pair("count", long("alpha beta gamma delta ", 400), long("one two three four ", 300)),
    .success(
      PreferenceRow(
        context: [Turn(.user, "three answers")], sides: ["one", "two", "three"].map(side),
        label: .prefers(0))),
    .success(
      PreferenceRow(
        context: [Turn(.user, "no label here")], sides: ["left", "right"].map(side), label: .none)),
  ]

  /// The same data set with every label exchanged.
  static var mirrored: [Result<PreferenceRow, RowProblem>] {
    rows.map { $0.map(\.labelSwapped) }
  }

  /// Scores that put the rows in another order than the file's.
  static func scan(
    of rows: [Result<PreferenceRow, RowProblem>], hasSignal: Bool = true,
    changes: LabelChanges = LabelChanges()
  ) -> ScanResult {
    var reasons: [UnscoredReason?] = []
    var margins: [Double?] = []
    for (position, row) in rows.enumerated() {
      let reason: UnscoredReason? =
        switch row {
        case .success(let row): UnscoredReason(row)
        case .failure: .unreadable
        }
      reasons.append(reason)
      margins.append(reason == nil ? margin(of: position) : nil)
    }
    let lower = hasSignal ? 0.62 : 0.49
    return ScanResult(
      settings: ScanSettings(), unscoredReasons: reasons, margins: SignalValues(margins),
      leftOutMargins: SignalValues(margins),
      quality: .measured(
        accuracy: Estimate(value: 0.61, lower: 0.58, upper: 0.64),
        auc: Estimate(value: lower + 0.03, lower: lower, upper: lower + 0.06), pairCount: 12),
      head: nil, changes: changes
    ).adding(signals(by: margins).mapValues { SignalValues($0) })
  }

  /// The same scan, as if every margin had changed its sign.
  static func turnedScan(of rows: [Result<PreferenceRow, RowProblem>]) -> ScanResult {
    let usual = scan(of: rows)
    let margins = SignalValues(usual.signals[.leaveOneOut]?.map { $0.map { -$0 } } ?? [])
    return ScanResult(
      settings: usual.settings, unscoredReasons: usual.unscoredReasons, margins: margins,
      leftOutMargins: margins, quality: usual.quality, head: nil
    ).adding([.leaveOneOut: margins, .margin: margins])
  }

  /// What signals say that follow the margin more or less; the contradiction knows of one pair only.
  private static func signals(by margins: [Double?]) -> [SignalID: [Double?]] {
    func following(_ value: (Int, Double) -> Double) -> [Double?] {
      margins.enumerated().map { position, margin in margin.map { value(position, $0) } }
    }
    return [
      .leaveOneOut: margins,
      .margin: following { $1 + 0.25 },
      .peerReview: following { Double($0 % 5) / 14 + ($1 > 0 ? 0.5 : 0) },
      .peerMarginA: following { _, margin in margin / 2 },
      .influence: following { Double($0 % 3) / 100 + $1 / 50 },
      .selfInfluence: following { 0.01 * $1 * $1 + Double($0) / 1_000 },
      .contradiction: following { _, _ in 0.5 }.indices.map { (8...10).contains($0) ? 0.75 : nil },
      SignalID(rawValue: "length_only"): following { Double($0) - $1 },
    ]
  }

  /// What the engine counts of `rows`.
  static func firstLook(of rows: [Result<PreferenceRow, RowProblem>]) -> FirstLook {
    struct Source: PairSource {
      let rows: [Result<PreferenceRow, RowProblem>]
      let rewards: [ExternalReward] = []
      var rowCount: Int { rows.count }
      func row(at index: Int) -> Result<PreferenceRow, RowProblem> { rows[index] }
    }
    var survey = FirstLookSurvey(source: Source(rows: rows), jobs: 1)
    while !survey.advance() {}
    return survey.look ?? FirstLook()
  }

  /// A bias table with a row of every kind. Which pairs go with a row follows from their labels, so that
  /// mirrored rows have the mirrored table.
  static func biases(of rows: [Result<PreferenceRow, RowProblem>]) -> BiasTable {
    let signs = rows.enumerated().map { position, row -> Int8 in
      guard case .success(let row) = row, row.sides.count == 2, let chosen = row.label.preferred
      else { return 0 }
      return (position.isMultiple(of: 3)) == (chosen == 0) ? -1 : 1
    }
    let isMirrored = signs.first == 1
    func row(
      _ subject: BiasSubject, _ wins: Int, of count: Int, _ logOdds: Double?, error: Double = 0.1
    ) -> (BiasRow, [Int8]) {
      let effect = logOdds.map {
        BiasEffect(logOddsRatio: isMirrored ? -$0 : $0, standardError: error)
      }
      let row = BiasRow(
        subject: subject, pairCount: count, winCount: isMirrored ? count - wins : wins,
        effect: effect, adjustedPValue: nil)
      return (row, signs)
    }
    return BiasTable(
      rows: [
        row(.feature(.length), 1_402, of: 2_337, 0.52), row(.feature(.lists), 66, of: 94, 0.5),
        row(.feature(.questions), 389, of: 927, -0.6), row(.feature(.markup), 1, of: 1, nil),
        row(.feature(.formality), 1_290, of: 2_300, -0.4), row(.position, 1_170, of: 2_350, 0.01),
        row(.author("gpt-\u{1B}[31m難しい"), 310, of: 400, 1.1),
        row(.author("a model with a very long name indeed"), 90, of: 400, -1.3),
        row(.group("forum"), 500, of: 700, 0.6), row(.group("mail"), 300, of: 640, -0.6),
        row(.annotator("w17"), 40, of: 60, 0.2, error: 0.3),
        row(.laterHalf, 600, of: 1_100, -0.5),
      ], pairCount: 2_352)
  }

  /// A scan in which the rows have these ranks.
  static func scan(of rows: [Result<PreferenceRow, RowProblem>], ranks: [Int?]) -> ScanResult {
    let scan = scan(of: rows)
    let margins = SignalValues(ranks.map { $0.map { Double($0) / 10 - 1 } })
    return ScanResult(
      settings: scan.settings, unscoredReasons: scan.unscoredReasons, margins: margins,
      leftOutMargins: margins, quality: scan.quality, head: nil)
  }

  private static func margin(of position: Int) -> Double {
    Double((position * 7 + 3) % 15) / 3 - 2
  }

  /// Evidence of a row: an explanation whose parts add up to the margin that `scan` gives it, pairs
  /// that bear on it, and a way through the epochs. Nil where the row cannot be read.
  static func evidence(
    of position: Int, in scan: ScanResult, rows: [Result<PreferenceRow, RowProblem>]
  ) -> PairEvidence? {
    guard case .success = rows[position] else { return nil }
    guard scan.ranks[position] != nil else {
      return PairEvidence(
        findings: position == 6 ? [.identicalSides] : [], explanation: nil, standings: [])
    }
    return PairEvidence(
      findings: (8...10).contains(position) ? [.exactConflict] : [],
      explanation: explanation(of: position, in: scan), standings: scan.standings(at: position),
      related: related(to: position), trajectory: trajectory(of: position),
      correlations: SignalCorrelations(scan))
  }

  private static func explanation(of position: Int, in scan: ScanResult) -> Explanation? {
    guard let rank = scan.ranks[position] else { return nil }
    let margin = margin(of: position)
    let contributions = [
      Explanation.Contribution(
        source: .style(.logwords), amount: -0.75, chosenValue: 3.5, rejectedValue: 4.25),
      Explanation.Contribution(
        source: .words("card issuer"), amount: 0.5, chosenValue: 2, rejectedValue: 0),
      Explanation.Contribution(
        source: .words("\u{1B}[31m難しい"), amount: -0.25, chosenValue: 0, rejectedValue: 1),
    ]
    return Explanation(
      margin: margin, rank: rank, contributions: contributions, rest: margin + 0.5, restCount: 412,
      lengthAmount: -0.75)
  }

  /// The copies are those of `rows`; the influences are made up.
  private static func related(to position: Int) -> RelatedPairs {
    let same = (8...10).contains(position) ? (8...10).filter { $0 != position } : []
    let others = [0, 1, 2, 3, 4, 11].filter { $0 != position }
    func entries(_ rows: [Int], sign: Double) -> [RelatedPairs.Entry] {
      rows.enumerated().map { place, row in
        RelatedPairs.Entry(row: row, influence: sign / Double(place + 2))
      }
    }
    return RelatedPairs(
      supporting: entries(Array(others.prefix(3)), sign: 1),
      opposing: entries(Array(others.dropFirst(3)), sign: -0.5),
      copies: same.filter { ($0 == 9) == (position == 9) },
      conflicts: same.filter { ($0 == 9) != (position == 9) })
  }

  /// Both peers begin on the label's side, and end where the margin is.
  private static func trajectory(of position: Int) -> PeerTrajectory {
    let end = Float(margin(of: position))
    return PeerTrajectory(
      epochs: (0..<15).map { epoch in
        let share = Float(epoch) / 14
        return PeerTrajectory.Epoch(
          marginA: 0.5 + (end - 0.5) * share, marginB: 0.25 + (end / 2 - 0.25) * share,
          isKeptByA: epoch == 0 || end > -1 || epoch < 6, isKeptByB: epoch % 4 != 3)
      })
  }

  static func index(of rows: [Result<PreferenceRow, RowProblem>]) -> RowIndex {
    var index = RowIndex()
    for row in rows { index.append(row) }
    return index
  }

  static func pair(
    _ prompt: String, _ chosen: String, _ rejected: String
  ) -> Result<PreferenceRow, RowProblem> {
    .success(
      PreferenceRow(
        context: [Turn(.user, prompt)], sides: [side(chosen), side(rejected)], label: .prefers(0)))
  }

  private static func side(_ text: String) -> Side { Side(turns: [Turn(.assistant, text)]) }

  private static func long(_ words: String, _ count: Int) -> String {
    String(repeating: words, count: count)
  }

  private static let conversation: Result<PreferenceRow, RowProblem> = .success(
    PreferenceRow(
      context: [
        Turn(.system, "You are a patient cook."), Turn(.user, "What can I make from eggs?"),
        Turn(.assistant, "An omelette, a custard, or simply boiled eggs."),
        Turn(.user, "And without a stove?"),
      ],
      sides: [
        side("Use a kettle: pour boiling water over the eggs and wait fifteen minutes."),
        side("Without a stove you cannot cook eggs."),
      ], label: .prefers(1)))

  private static let refundLong = """
    You can ask your card issuer for a chargeback. First write to the shop once more and keep the \
    tracking number. If the parcel is marked lost, the seller must refund you within 14 days in most \
    countries.

    1. Collect the order mail and the tracking page.
    2. Ask the carrier for a written loss report.
    3. Send both to the card issuer.
    """

  private static let refundShort = """
    You can ask the shop for a refund. First write to the shop and keep the mail. If the parcel is \
    late, the seller may refund you at some point in most countries.

    1. Collect the order mail and the tracking page.
    3. Send both to the card issuer.
    """
}

extension PreferenceRow {
  /// The row as a file would hold it whose label says the opposite.
  var labelSwapped: PreferenceRow {
    guard sides.count == 2, let preferred = label.preferred else { return self }
    var copy = self
    // Half of the formats write the preferred side first, the other half name it.
    if preferred == 0 {
      copy.sides = sides.reversed()
    } else {
      copy.label = .prefers(1 - preferred)
    }
    return copy
  }
}
