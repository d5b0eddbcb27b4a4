import PreferenceData
import Testing

@testable import PreferenceScoring

/// A data set of generated pairs, and a review of it that grows by hand.
struct AuditedReview {
  let rows: [PreferenceRow]
  let index: RowIndex
  private(set) var events: [ReviewEvent] = []
  static let kim = annotator("kim")
  static let lee = annotator("lee")

  private static func annotator(_ text: String) -> AnnotatorName {
    guard let name = AnnotatorName(text) else { preconditionFailure("\(text) is a name") }
    return name
  }

  init(_ rows: [PreferenceRow]) {
    self.rows = rows
    var index = RowIndex()
    for row in rows { index.append(.success(row)) }
    self.index = index
  }

  init(seed: UInt64, count: Int) {
    var pairs = GeneratedPairs(seed: seed)
    self.init(pairs.rows(count))
  }

  mutating func decide(
    _ position: Int, _ outcome: Outcome, route: Serving.Route = .audit, labelSeen: Bool = false,
    rank: Int? = nil, seconds: Double? = nil, probability: Double = 1,
    by annotator: AnnotatorName = Self.kim
  ) {
    let row = rows[position]
    guard let id = index.ids[position],
      let verdict = Verdict(outcome, sides: row.sides.map(\.id), preferred: row.label.preferred)
    else {
      Issue.record("row \(position) cannot be decided \(outcome)")
      return
    }
    let serving = Serving(
      route: route, probability: probability, rank: rank, firstSide: row.sides[0].id,
      labelSeen: labelSeen, seconds: seconds)
    append(
      .decided([RowDecision(row: id, decision: Decision(verdict), serving: serving)]),
      by: annotator)
  }

  /// Decides on the pair of the sides at two positions of a ranking: prefers the first, or with another
  /// verdict says that.
  mutating func decide(
    _ position: Int, _ better: Int, over worse: Int, _ verdict: Verdict? = nil,
    route: Serving.Route = .audit, labelSeen: Bool = false,
    by annotator: AnnotatorName = Self.kim
  ) {
    let sides = rows[position].sides.map(\.id)
    guard let id = index.ids[position] else { return }
    let decision = Decision(
      verdict ?? .prefers(sides[better]), on: SidePair(sides[better], sides[worse]))
    append(
      .decided([
        RowDecision(
          row: id, decision: decision, serving: Serving(route: route, labelSeen: labelSeen))
      ]), by: annotator)
  }

  mutating func append(_ content: ReviewEvent.Content, by annotator: AnnotatorName = Self.kim) {
    events.append(
      ReviewEvent(
        sequence: Int64(events.count + 1), millisecondsSince1970: Int64(events.count) * 1_000,
        annotator: annotator, content: content))
  }

  var reviewed: [ReviewedRow] {
    ReviewedRow.all(in: ReviewLedger(events: events), index: index, seed: 5) { .success(rows[$0]) }
  }

  func figures(planned: Int = 100, scan: ScanResult? = nil) -> ReviewFigures {
    ReviewFigures(
      reviewed, of: Self.kim, sample: AuditSample(of: index, seed: 5), planned: planned,
      scan: scan)
  }
}

@Suite("The audit sample")
struct AuditSampleTests {
  private func index(_ rows: [PreferenceRow]) -> RowIndex { AuditedReview(rows).index }

  @Test("each row with a label to be wrong is in it once, and no other", arguments: 0..<4)
  func population(seed: UInt64) {
    var pairs = GeneratedPairs(seed: seed)
    var rows = pairs.rows(40)
    rows[3].label = .tie
    rows[7].label = .none
    rows[11].sides[1] = rows[11].sides[0]
    rows += [rows[0], rows[0].swapped]
    let sample = AuditSample(of: index(rows), seed: seed)
    #expect(
      sample.positions.sorted() == rows.indices.filter { ![3, 7, 11].contains($0) })
    #expect(sample.probability(ofSample: 13) == 13.0 / 39 && sample.probability(ofSample: 99) == 1)
  }

  @Test("swapping labels, and rows that come or go, leave the others in their order")
  func stability() {
    var pairs = GeneratedPairs(seed: 1)
    let rows = pairs.rows(60)
    func order(_ rows: [PreferenceRow]) -> [PairID] {
      AuditSample(of: index(rows), seed: 9).positions.map { rows[$0].pairID }
    }
    let whole = order(rows)
    #expect(order(rows.map(\.swapped)) == whole)
    #expect(order(rows.reversed()) == whole)
    let gone = Set([5, 17, 40].map { rows[$0].pairID })
    #expect(
      order(rows.filter { !gone.contains($0.pairID) }) == whole.filter { !gone.contains($0) })
    #expect(AuditSample(of: index(rows), seed: 10).positions.map { rows[$0].pairID } != whole)
  }

  /// Of 4,000 samples of 5 of 20 rows each row is in about 1,000, with a deviation of 27.
  @Test("over all seeds each row is drawn as often as any other, copies too")
  func uniform() {
    var pairs = GeneratedPairs(seed: 2)
    var rows = pairs.rows(17)
    rows += [rows[0], rows[0].swapped, rows[1]]
    let index = index(rows)
    var counts = [Int](repeating: 0, count: rows.count)
    for seed in 0..<4_000 {
      for position in AuditSample(of: index, seed: UInt64(seed)).positions.prefix(5) {
        counts[position] += 1
      }
    }
    #expect(counts.allSatisfy { abs($0 - 1_000) < 135 })
  }

  @Test("looks double from 25 up to the planned size")
  func looks() {
    #expect(AuditSample.looks(planned: 400) == [25, 50, 100, 200, 400])
    #expect(AuditSample.looks(planned: 30) == [25, 30])
    #expect(AuditSample.looks(planned: 10) == [10])
  }
}

@Suite("What an audit finds")
struct AuditFiguresTests {
  private func audited(_ outcomes: [Outcome], count: Int = 200) -> AuditedReview {
    var review = AuditedReview(seed: 3, count: count)
    let sample = AuditSample(of: review.index, seed: 5).positions
    for (position, outcome) in zip(sample, outcomes) { review.decide(position, outcome) }
    return review
  }

  @Test("between two looks nothing is said but what the last look said")
  func fixedLooks() throws {
    let outcomes = (0..<60).map { $0 % 5 == 0 ? Outcome.swap : $0 % 7 == 1 ? .tie : .keep }
    var looks: [Int?] = []
    for count in 0...60 {
      let audit = audited(Array(outcomes.prefix(count))).figures(planned: 50).audit
      #expect(audit.answered.count == min(count, 50))
      looks.append(audit.look?.rowCount)
      guard let look = audit.look else { continue }
      let shown = outcomes.prefix(look.rowCount)
      #expect(look.wrongPositions.count == shown.count { $0 == .swap })
      #expect(look.tieCount == shown.count { $0 == .tie })
      #expect(look.number == (look.rowCount == 25 ? 1 : 2))
      #expect(audit.isComplete == (look.rowCount == 50))
    }
    #expect(
      looks
        == Array(repeating: nil, count: 25) + Array(repeating: 25, count: 25)
        + Array(repeating: 50, count: 11))
  }

  @Test("an undecided row ends the sample; skipped and seen rows are passed over and counted")
  func gaps() {
    var review = AuditedReview(seed: 4, count: 100)
    let sample = AuditSample(of: review.index, seed: 5).positions
    for place in 0..<40 where place != 34 {
      switch place {
      case 3: review.decide(sample[place], .skip)
      case 5: review.decide(sample[place], .swap, labelSeen: true)
      case 6: review.decide(sample[place], .swap, route: .bulk)
      case 9: review.decide(sample[place], .swap, route: .queue, rank: 2)
      default: review.decide(sample[place], .keep)
      }
    }
    let audit = review.figures(planned: 25).audit
    #expect(audit.answered == [0, 1, 2, 4].map { sample[$0] } + (7..<28).map { sample[$0] })
    #expect(audit.skippedCount == 1 && audit.seenCount == 2)
    #expect(audit.look?.wrongPositions == [sample[9]], "a blind look in the queue counts too")
    #expect(review.figures(planned: 50).audit.answered.count == 31, "row 34 is open")
  }

  @Test("what is left wrong is what the audit found less what was swapped since")
  func undecided() throws {
    var review = audited((0..<50).map { $0 % 5 == 0 ? .swap : .keep })
    // A fifth of 200 rows is 40, of which the audit itself has swapped 10.
    #expect(try #require(review.figures(planned: 50).undecidedNoise) == 30.0 / 150)
    let rest = AuditSample(of: review.index, seed: 5).positions.dropFirst(50)
    for position in rest.prefix(20) { review.decide(position, .swap, labelSeen: true) }
    #expect(abs(try #require(review.figures(planned: 50).undecidedNoise) - 10.0 / 130) < 1e-12)
    for position in rest.dropFirst(20).prefix(20) {
      review.decide(position, .swap, labelSeen: true)
    }
    #expect(review.figures(planned: 50).undecidedNoise == 0, "no share below 0")
    #expect(audited([.swap, .keep]).figures(planned: 50).undecidedNoise == nil)
  }

  @Test("what is changed after the label was seen does not change the audit")
  func laterChange() {
    var review = audited(Array(repeating: .keep, count: 25))
    let first = AuditSample(of: review.index, seed: 5).positions[0]
    review.decide(first, .swap, labelSeen: true)
    let figures = review.figures(planned: 25)
    #expect(figures.audit.look?.wrongPositions == [])
    #expect(figures.positions[.swap] == [first], "the review itself has the change")
  }

  @Test("flagged rows and others are weighed by their number, whatever share was drawn")
  func strata() throws {
    let review = audited((0..<50).map { $0 % 4 == 0 ? .swap : .keep })
    let margins = SignalValues(review.rows.indices.map { Double(($0 * 37) % 200) / 100 - 1 })
    let scan = ScanResult(
      settings: ScanSettings(), unscoredReasons: review.rows.map { _ in nil }, margins: margins,
      leftOutMargins: margins,
      quality: .notMeasured(.noDifference), head: nil)
    let look = try #require(review.figures(planned: 50, scan: scan).audit.look)
    #expect(look.strata.map(\.isFlagged) == [true, false])
    #expect(look.strata.map(\.stratum.rowCount) == [30, 170])
    var expected = 0.0
    for (stratum, weight) in zip(look.strata, [0.15, 0.85]) {
      let rows = look.positions.filter { scan.isFlagged(at: $0) == stratum.isFlagged }
      let wrong = rows.count { look.wrongPositions.contains($0) }
      #expect(stratum.stratum.drawnCount == rows.count && stratum.stratum.wrongCount == wrong)
      expected += weight * Double(wrong) / Double(rows.count)
    }
    #expect(abs(look.noise.value - expected) < 1e-12)
    #expect(look.plainNoise == Estimate(exactly: 13, of: 50))
  }

  @Test("groups cut the same rows, none is lost")
  func groups() throws {
    let review = audited((0..<50).map { $0 % 4 == 0 ? .swap : .keep })
    let names: [String?] = review.rows.indices.map { [nil, "a", "b"][$0 % 3] }
    let figures = review.figures(planned: 50)
    let groups = figures.audit.groups(of: AuditSample(of: review.index, seed: 5), named: names)
    #expect(groups.map(\.name) == [nil, "a", "b"])
    #expect(groups.reduce(0) { $0 + $1.stratum.rowCount } == 200)
    #expect(groups.reduce(0) { $0 + $1.stratum.drawnCount } == 50)
    #expect(groups.reduce(0) { $0 + $1.stratum.wrongCount } == 13)
  }
}

@Suite("What a review comes to")
struct ReviewFiguresTests {
  @Test("a hidden second look decides nothing, and is what the reviewer's error is measured by")
  func repeats() throws {
    var review = AuditedReview(seed: 6, count: 60)
    for row in 0..<40 { review.decide(row, row % 2 == 0 ? .keep : .swap, route: .queue) }
    let before = review.reviewed.map(\.outcome)
    for row in 0..<30 {
      review.decide(row, (row % 2 == 0) == (row < 24) ? .keep : .swap, route: .repeat)
    }
    #expect(review.reviewed.map(\.outcome) == before)
    let figures = review.figures()
    #expect(figures.withSelf.rowCount == 30 && figures.withSelf.sameCount == 24)
    let error = try #require(figures.reviewerError)
    #expect(error.differingCount == 6 && error.pairCount == 30)
    review.append(.undone(Int64(review.events.count)))
    #expect(review.figures().withSelf.rowCount == 29)
    #expect(review.reviewed.map(\.outcome) == before)
  }

  @Test("annotators are compared on the rows that both have judged")
  func peers() throws {
    var review = AuditedReview(seed: 7, count: 40)
    for row in 0..<20 { review.decide(row, row < 15 ? .keep : .swap, route: .queue) }
    review.decide(21, .skip, route: .queue)
    for row in 10..<30 { review.decide(row, .keep, route: .queue, by: AuditedReview.lee) }
    let figures = review.figures()
    let peer = try #require(figures.peers.first)
    #expect(figures.peers.count == 1 && peer.annotator == AuditedReview.lee)
    #expect(peer.agreement.rowCount == 10 && peer.agreement.sameCount == 5)
    #expect(figures.conflicts == Array(15..<20))
    #expect(figures.decidedCount == 21 && figures.withLabel.count == 20)
    #expect(figures.alpha == peer.agreement.alpha)
  }

  @Test("what the next decisions will find is said once enough were made, by rank alone")
  func forecast() throws {
    var review = AuditedReview(seed: 8, count: 120)
    for row in 0..<24 {
      review.decide(row, row % 3 == 0 ? .swap : .keep, route: .queue, rank: row + 1, seconds: 8)
    }
    #expect(review.figures().expectedByRank(inNext: 100) == nil)
    review.decide(40, .swap, route: .search)
    #expect(review.figures().expectedByRank(inNext: 100) == nil)
    review.decide(24, .swap, route: .queue, rank: 25, seconds: 20)
    let figures = review.figures()
    #expect(try #require(figures.expectedByRank(inNext: 100)).value == 36)
    #expect(figures.expectedAtRandom(inNext: 100) == nil)
    #expect(figures.medianSeconds == 8 && figures.medianSeconds(inParts: 10) == [8, 8, 8, 8, 8])
  }

  @Test("the side that stood as A is counted over all preferences")
  func firstSide() {
    var review = AuditedReview(seed: 9, count: 30)
    for row in 0..<20 { review.decide(row, row < 12 ? .keep : .swap, route: .queue) }
    review.decide(20, .tie, route: .queue)
    let first = review.figures().firstSide
    let expected = (0..<20).count { (review.rows[$0].label.preferred == 0) == ($0 < 12) }
    #expect(first.count == 20 && first.hitCount == expected)
  }
}
