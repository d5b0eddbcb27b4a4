import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite("Auditing rankings")
struct RankedAuditTests {
  /// Rankings of three to five responses and, every third row, pairs; some rankings have ties.
  private static func rows(_ count: Int, seed: UInt64) -> [PreferenceRow] {
    var texts = GeneratedPairs(seed: seed)
    return (0..<count).map { number in
      guard number % 3 != 2 else { return texts.rows(1)[0] }
      let qualities = (0..<3 + texts.generator.below(3)).map { _ in
        Double(texts.generator.below(number % 2 == 0 ? 1_000 : 3))
      }
      // One of each is better at least.
      let label = PreferenceLabel(qualities: qualities + [-1])
      return PreferenceRow(
        context: [Turn(.user, "question \(number)")],
        sides: (0...qualities.count).map {
          Side(turns: [Turn(.assistant, "response \($0) to \(number)")])
        }, label: label)
    }
  }

  /// The same with every label turned round.
  private static func turned(_ row: PreferenceRow) -> PreferenceRow {
    guard case .ranks(let places) = row.label else { return row.swapped }
    var row = row
    row.label = .ranks(places.map { (places.max() ?? 0) - $0 })
    return row
  }

  /// The same with the sides in another order.
  private static func moved(_ row: PreferenceRow) -> PreferenceRow {
    guard case .ranks(let places) = row.label else { return row }
    var row = row
    row.sides.reverse()
    row.label = .ranks(places.reversed())
    return row
  }

  private static func index(_ rows: [PreferenceRow]) -> RowIndex { AuditedReview(rows).index }

  @Test("the drawn pair is one that the ranking orders, and other rows have none", arguments: 0..<8)
  func drawing(seed: UInt64) {
    let rows = Self.rows(60, seed: seed)
    let index = Self.index(rows)
    for (position, row) in rows.enumerated() {
      let ids = row.sides.map(\.id)
      let ordered = row.pairs.map { SidePair(ids[$0.better], ids[$0.worse]) }
      let drawn = index.auditedPair(at: position, seed: seed)
      #expect(Set(index.sidePairs(at: position)) == (ids.count > 2 ? Set(ordered) : []))
      #expect(drawn.map(ordered.contains) == (ids.count > 2 ? true : nil))
      #expect(drawn == index.auditedPair(at: position, seed: seed))
    }
    let sample = AuditSample(of: index, seed: seed)
    #expect(sample.positions.sorted() == Array(rows.indices))
    #expect(sample.rankingCount == rows.count { $0.sides.count > 2 })
  }

  @Test(
    "labels turned round and sides moved draw the same pairs of the same rows in the same order")
  func labels() {
    let rows = Self.rows(90, seed: 3)
    func drawn(_ rows: [PreferenceRow], seed: UInt64) -> [[SidePair?]] {
      let index = Self.index(rows)
      return AuditSample(of: index, seed: seed).positions.map { row in
        [
          index.auditedPair(at: row, seed: seed),
          SidePair(rows[row].sides[0].id, rows[row].sides[1].id),
        ]
      }
    }
    func pairs(_ rows: [PreferenceRow], seed: UInt64) -> [SidePair?] {
      drawn(rows, seed: seed).map { $0[0] }
    }
    #expect(drawn(rows.map(Self.turned), seed: 5) == drawn(rows, seed: 5))
    #expect(pairs(rows.map(Self.moved), seed: 5) == pairs(rows, seed: 5))
    #expect(pairs(rows, seed: 6) != pairs(rows, seed: 5))
  }

  /// Of 6,000 draws each of the five pairs of [0, 1, 1, 2] comes about 1,200 times, with a deviation of
  /// 31.
  @Test("over all seeds each pair of a ranking is drawn as often as any other")
  func uniform() throws {
    let row = PreferenceRow(
      context: [Turn(.user, "q")],
      sides: ["a", "b", "c", "d"].map { Side(turns: [Turn(.assistant, $0)]) },
      label: .ranks([0, 1, 1, 2]))
    let index = Self.index([row])
    var counts: [SidePair: Int] = [:]
    for seed in 0..<6_000 {
      counts[try #require(index.auditedPair(at: 0, seed: UInt64(seed))), default: 0] += 1
    }
    #expect(counts.count == 5 && counts.values.allSatisfy { abs($0 - 1_200) < 155 })
  }

  /// What is estimated is the mean over rows of the share of their pairs that is wrong. Whoever judges
  /// knows the truth; the mean of the estimates over 1,500 seeds has to meet it within four standard
  /// errors.
  @Test("over seeds the share of wrong pairs is met, whatever the rankings' lengths and ties")
  func unbiased() {
    let rows = Self.rows(60, seed: 11)
    let index = Self.index(rows)
    var generator = SeededGenerator(seed: 12)
    let wrong = rows.map { row -> [SidePair: Bool] in
      let ids = row.sides.map(\.id)
      let rate = generator.unit()
      return Dictionary(
        row.pairs.map { (SidePair(ids[$0.better], ids[$0.worse]), generator.unit() < rate) },
        uniquingKeysWith: { first, _ in first })
    }
    let truth =
      wrong.map { Double($0.values.count(where: \.self)) / Double($0.count) }.reduce(0, +) / 60
    var (sum, squares) = (0.0, 0.0)
    let seeds = 1_500
    for seed in 0..<UInt64(seeds) {
      let sample = AuditSample(of: index, seed: seed).positions.prefix(20)
      let count = sample.count { row in
        guard let pair = index.auditedPair(at: row, seed: seed) else {
          return wrong[row].values.contains(true)
        }
        return wrong[row][pair] == true
      }
      sum += Double(count) / 20
      squares += Double(count * count) / 400
    }
    let mean = sum / Double(seeds)
    let error = ((squares / Double(seeds) - mean * mean) / Double(seeds)).squareRoot()
    #expect(abs(mean - truth) < 4 * error, "\(mean), true is \(truth), error \(error)")
    #expect(error < 0.005)
  }

  /// Decides on the drawn pair of a row as one who calls it wrong or right.
  private func judge(
    _ review: inout AuditedReview, _ position: Int, isWrong: Bool, labelSeen: Bool = false
  ) throws {
    guard let pair = review.index.auditedPair(at: position, seed: 5) else {
      review.decide(position, isWrong ? .swap : .keep, labelSeen: labelSeen)
      return
    }
    let row = review.rows[position]
    let (one, other) = try #require(pair.positions(in: row.sides.map(\.id)))
    let places = try #require(row.label.places(of: row.sides.count))
    let better = (places[one] < places[other]) != isWrong ? one : other
    review.decide(position, better, over: one + other - better, labelSeen: labelSeen)
  }

  @Test("in a mixed file the figures count the drawn pair of a ranking and the label of a pair")
  func mixed() throws {
    var review = AuditedReview(Self.rows(60, seed: 21))
    let sample = AuditSample(of: review.index, seed: 5).positions
    for (place, position) in sample.prefix(50).enumerated() {
      try judge(&review, position, isWrong: place % 5 == 0)
    }
    let audit = review.figures(planned: 50).audit
    #expect(audit.isComplete && audit.rankingCount == 40 && audit.rowCount == 60)
    let look = try #require(audit.look)
    #expect(look.wrongPositions == stride(from: 0, to: 50, by: 5).map { sample[$0] })
    #expect(look.plainNoise == Estimate(exactly: 10, of: 50))
    #expect(try #require(review.figures(planned: 50).undecidedNoise) == (0.2 * 60 - 10) / 10)
  }

  @Test("another pair of a row leaves it open; the whole row, a skip and a seen label do not")
  func otherPairs() throws {
    var review = AuditedReview(
      Self.rows(120, seed: 31).filter { $0.sides.count > 2 && $0.pairs.count > 2 })
    let sample = AuditSample(of: review.index, seed: 5).positions
    let open = 40
    for place in 0..<45 {
      let position = sample[place]
      let drawn = try #require(review.index.auditedPair(at: position, seed: 5))
      let ids = review.rows[position].sides.map(\.id)
      let other = try #require(
        review.rows[position].pairs.first { SidePair(ids[$0.better], ids[$0.worse]) != drawn })
      let (one, two) = try #require(drawn.positions(in: ids))
      review.decide(position, other.worse, over: other.better, route: .queue)
      switch place {
      case open: break
      case 3: review.decide(position, one, over: two, .skip)
      case 5: try judge(&review, position, isWrong: true, labelSeen: true)
      case 7: review.decide(position, .drop)
      case 9: review.decide(position, one, over: two, .tie)
      default:
        try judge(&review, position, isWrong: place % 2 == 0)
        review.decide(position, other.better, over: other.worse, route: .queue)
      }
    }
    let audit = review.figures(planned: 50).audit
    #expect(audit.answered == (0..<open).filter { $0 != 3 && $0 != 5 }.map { sample[$0] })
    #expect(audit.skippedCount == 1 && audit.seenCount == 1)
    let look = try #require(review.figures(planned: 25).audit.look)
    let wrong = (0..<27).filter { $0 != 3 && $0 != 5 && $0 % 2 == 0 }
    #expect(look.wrongPositions == wrong.map { sample[$0] })
    #expect(look.tieCount == 1 && look.contestedCount == 1)
  }

  @Test("a decision on a lower pair keeps or swaps that pair, and only the same pair is compared")
  func outcomes() throws {
    var review = AuditedReview(
      (0..<4).map { number in
        PreferenceRow(
          context: [Turn(.user, "q \(number)")],
          sides: ["a", "b", "c"].map { Side(turns: [Turn(.assistant, $0)]) },
          label: .ranks([0, 1, 2]))
      })
    review.decide(0, 1, over: 2, route: .queue)
    review.decide(1, 2, over: 1, route: .queue)
    review.decide(2, 0, over: 1, route: .queue)
    review.decide(0, 1, over: 2, route: .queue, by: AuditedReview.lee)
    review.decide(1, 1, over: 2, route: .queue, by: AuditedReview.lee)
    review.decide(2, 0, over: 2, route: .queue, by: AuditedReview.lee)
    let figures = review.figures()
    #expect(figures.positions == [.keep: [0, 2], .swap: [1]])
    #expect(figures.withLabel.count == 3 && figures.withLabel.hitCount == 2)
    let peer = try #require(figures.peers.first)
    #expect(peer.agreement.rowCount == 2 && peer.agreement.sameCount == 1)
    #expect(figures.conflicts == [1])
  }

  @Test("the margin that goes with an audited pair is its own, not the row's most suspicious one")
  func margins() throws {
    var review = AuditedReview(Self.rows(40, seed: 41))
    let pairs = review.index.pairs
    let places = try scanned(PairsOfRankings(RowList(review.rows), pairs: pairs))
    let values = try #require(places.signals[.leaveOneOut])
    for position in AuditSample(of: review.index, seed: 5).positions {
      try judge(&review, position, isWrong: position % 4 == 0)
    }
    let scan = places.byRow(pairs)
    let look = try #require(review.figures(planned: 40, scan: scan).audit.look)
    let margins = look.margins(in: scan)
    var expected: [(margin: Double, isWrong: Bool)] = []
    for position in look.positions {
      let ids = review.rows[position].sides.map(\.id)
      let drawn = review.index.auditedPair(at: position, seed: 5)
      let place = pairs.places(of: position).first { place in
        pairs.pair(of: place).map { SidePair(ids[$0.better], ids[$0.worse]) } == drawn
      }
      if let margin = values[try #require(place)] { expected.append((margin, position % 4 == 0)) }
    }
    try #require(expected.count > 30)
    #expect(margins.map(\.margin) == expected.map(\.margin))
    #expect(margins.map(\.isWrong) == expected.map(\.isWrong))
    let model = review.figures(planned: 40, scan: scan).withModel
    let clear = margins.filter { $0.margin != 0 }
    #expect(model.count == clear.count)
    #expect(model.hitCount == clear.count { ($0.margin > 0) != $0.isWrong })
  }
}
