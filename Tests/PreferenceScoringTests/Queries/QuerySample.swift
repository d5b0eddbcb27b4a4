import PreferenceData

@testable import PreferenceScoring

/// Rows, a scan and a review to ask.
enum QuerySample {
  struct Rows: QuerySource {
    let rows: [Result<PreferenceRow, RowProblem>]
    var hasBytes = true

    var rowCount: Int { rows.count }
    var rewards: [ExternalReward] { [] }
    func row(at index: Int) -> Result<PreferenceRow, RowProblem> { rows[index] }

    func readBytes(of rows: ArraySlice<Int>, _ body: (Int, Span<UInt8>) -> Void) -> Bool {
      guard hasBytes else { return false }
      for position in rows {
        var texts = ""
        if case .success(let row) = self.rows[position] {
          texts =
            JSONValue.string(
              (row.context.map(\.text) + row.sides.map(\.text)).joined(separator: "\n")
            ).text
        }
        body(position, Array(texts.utf8).span)
      }
      return true
    }

    func columnText(_ path: FieldPath, ofRow row: Int) -> String? { nil }
  }

  static let annotator = AnnotatorName("kim") ?? { preconditionFailure("kim is a name") }()

  static func rows(seed: UInt64) -> [Result<PreferenceRow, RowProblem>] {
    var generated = GeneratedPairs(seed: seed)
    var generator = SeededGenerator(seed: seed)
    var rows: [Result<PreferenceRow, RowProblem>] = generated.rows(180).map { row in
      var row = row
      row.group = [nil, "web", "Web", "mail"][generator.below(4)]
      row.annotator = [nil, "w 1", "w2"][generator.below(3)]
      return .success(row)
    }
    for position in 0..<12 { rows.append(rows[position * 3]) }
    rows[7] = .failure(RowProblem(row: 7, line: 8, reason: .notAnObject))
    return rows
  }

  static func subject(seed: UInt64) -> QuerySubject {
    let rows = rows(seed: seed)
    var subject = subject(of: rows)
    var scan = NoiseScan(
      source: subject.source, settings: ScanSettings(signals: [.peerReview, .influence]), jobs: 1)
    while scan.result == nil { scan.advance() }
    subject.scan = scan.result
    var generator = SeededGenerator(seed: seed &+ 9)
    var events: [ReviewEvent] = []
    for (position, id) in subject.index.ids.enumerated() {
      guard let id, generator.below(3) == 0, case .success(let row) = rows[position] else {
        continue
      }
      let verdicts: [Verdict] = [
        .prefers(row.sides[0].id), .prefers(row.sides[1].id), .tie, .bothBad, .drop, .skip,
      ]
      var decision = Decision(
        verdicts[generator.below(6)], strength: [nil, 1, 2][generator.below(3)])
      if generator.below(2) == 0 { decision.tags = ["good"] }
      if generator.below(2) == 0 { decision.note = "not sure" }
      decision.reason = [nil, nil, "slip", "taste"][generator.below(4)]
      if generator.below(2) == 0 {
        decision.ratings = [
          CriterionRating(
            "helpful", side: [nil, row.sides[0].id, row.sides[1].id][generator.below(3)])
        ]
      }
      let names = generator.below(3) == 0 ? ["kim", "lee"] : ["kim"]
      for name in names {
        if name == "lee" { decision.verdict = verdicts[generator.below(6)] }
        events.append(
          ReviewEvent(
            sequence: Int64(events.count + 1), millisecondsSince1970: Int64(position) * 1_000,
            annotator: AnnotatorName(name) ?? annotator,
            content: .decided([
              RowDecision(
                row: id, decision: decision,
                serving: Serving(route: .queue, seconds: Double(generator.below(90))))
            ])))
      }
    }
    subject.ledger = ReviewLedger(events: events)
    subject.marked = [1, 5, 8]
    return subject
  }

  static func subject(of rows: [Result<PreferenceRow, RowProblem>]) -> QuerySubject {
    var index = RowIndex()
    for row in rows { index.append(row) }
    return QuerySubject(
      source: Rows(rows: rows), index: index, scan: nil, ledger: ReviewLedger(),
      annotator: annotator, seed: 5)
  }

  static func positions(_ query: Query, _ subject: QuerySubject) -> [Int] {
    var run = QueryRun(query, of: subject, jobs: 1)
    while !run.advance() {}
    return run.answer?.positions ?? []
  }
}
