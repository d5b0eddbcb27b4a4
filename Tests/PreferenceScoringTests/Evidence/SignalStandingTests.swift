import Testing

@testable import PreferenceScoring

@Suite("Where a pair stands by each signal")
struct SignalStandingTests {
  /// A result with these signals and no head.
  private func result(_ signals: [SignalID: [Double?]], rows: Int) -> ScanResult {
    let margins = SignalValues(repeatElement(0, count: rows))
    return ScanResult(
      settings: ScanSettings(), unscoredReasons: Array(repeating: nil, count: rows),
      margins: margins, leftOutMargins: margins,
      quality: .notMeasured(.oneGroup), head: nil
    ).adding(signals.mapValues { SignalValues($0) })
  }

  /// Few different values, so that many are equal, and some missing.
  private func column(_ generator: inout SeededGenerator, rows: Int) -> [Double?] {
    (0..<rows).map { _ in
      generator.below(5) == 0 ? nil : Double(generator.below(12)) / 4 - 1
    }
  }

  @Test("the rank is one more than the pairs that are more suspicious", arguments: 0..<24)
  func ranks(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let values = column(&generator, rows: 40)
    for id in [SignalID.peerReview, .selfInfluence] {
      let result = result([id: values], rows: 40)
      for row in values.indices {
        guard let own = values[row] else {
          #expect(result.standing(of: id, at: row) == nil)
          continue
        }
        let standing = try #require(result.standing(of: id, at: row))
        let known = values.compactMap(\.self)
        let ahead = known.filter { id.isSuspiciousWhenLow ? $0 < own : $0 > own }
        #expect(standing.value == own)
        #expect(standing.rank == ahead.count + 1)
        #expect(standing.equalCount == known.count { $0 == own })
        #expect(standing.pairCount == known.count)
      }
    }
  }

  @Test("the share is 1 for the least suspicious pairs, and where all are alike")
  func shares() throws {
    let result = result(
      [.fifa: [0.5, 0.5, 0.5], .strength: [3, 1, 2], .contradiction: [nil, 0.75, nil]], rows: 3)
    #expect((0..<3).map { result.standing(of: .fifa, at: $0)?.share } == [1, 1, 1])
    let shares = (0..<3).map { result.standing(of: .strength, at: $0)?.share }
    #expect(shares == [1, 1 / 3, 2 / 3])
    #expect(result.standing(of: .contradiction, at: 1)?.share == 1)
    #expect(result.standing(of: .contradiction, at: 3) == nil)
    #expect(result.standing(of: .influence, at: 0) == nil)
  }

  @Test("standings come by family, and what no family knows comes last by name")
  func order() {
    let ids: [SignalID] = [
      .init(rawValue: "zeal"), .init(rawValue: "beta"), .fifa, .contradiction, .strength,
      .selfInfluence, .influence, .peerMarginB, .peerReview, .annotator, .margin, .leaveOneOut,
    ]
    let signals = Dictionary(
      uniqueKeysWithValues: ids.map { ($0, [Double?](repeating: 1, count: 2)) })
    let shown = result(signals, rows: 2).standings(at: 0).map(\.id.rawValue)
    #expect(
      shown == [
        "leave_one_out", "margin", "annotator", "peer_review", "peer_margin_b", "influence",
        "self_influence", "strength", "contradiction", "fifa", "beta", "zeal",
      ])
    #expect(SignalFamily(.init(rawValue: "zeal")) == .other)
    #expect(ids.filter(SignalFamily.isLead).count == 8)
  }

  @Test("every signal that a scan can be asked for belongs to a family")
  func everySignalHasAFamily() {
    #expect(SignalID.selectable.allSatisfy { SignalFamily($0) != .other })
    #expect(SignalFamily.standard.count <= 3)
  }
}

@Suite("How much signals say the same")
struct SignalCorrelationTests {
  /// Spearman's coefficient from Pearson's on mean ranks, counted pair by pair.
  private func coefficient(_ left: [Double], _ right: [Double]) -> Double? {
    func ranks(_ values: [Double]) -> [Double] {
      values.map { own in
        Double(values.count { $0 < own }) + Double(values.count { $0 == own } - 1) / 2
      }
    }
    let (a, b) = (ranks(left), ranks(right))
    let count = Double(a.count)
    guard count > 2 else { return nil }
    let (meanA, meanB) = (a.reduce(0, +) / count, b.reduce(0, +) / count)
    let covariance = zip(a, b).reduce(0) { $0 + ($1.0 - meanA) * ($1.1 - meanB) }
    let variances =
      a.reduce(0) { $0 + ($1 - meanA) * ($1 - meanA) }
      * b.reduce(0) { $0 + ($1 - meanB) * ($1 - meanB) }
    return variances == 0 ? nil : covariance / variances.squareRoot()
  }

  @Test("the correlations are Spearman's over the rows that both have", arguments: 0..<24)
  func values(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let ids: [SignalID] = [.leaveOneOut, .peerReview, .contradiction, .strength]
    let columns = ids.enumerated().map { place, id in
      (
        id: id,
        values: SignalValues(
          (0..<30).map { _ -> Double? in
            // The first two are whole, as most signals are.
            place > 1 && generator.below(3) == 0 ? nil : Double(generator.below(9))
          })
      )
    }
    let correlations = SignalCorrelations(columns)
    for (one, left) in columns.enumerated() {
      for (two, right) in columns.enumerated() where one != two {
        let both = zip(left.values, right.values).compactMap { a, b in
          if let a, let b { (a, b) } else { nil }
        }
        let sign = left.id.isSuspiciousWhenLow == right.id.isSuspiciousWhenLow ? 1.0 : -1
        let expected = coefficient(both.map(\.0), both.map(\.1)).map { sign * $0 }
        let found = correlations[left.id, right.id]
        #expect(found == correlations[right.id, left.id])
        guard let expected else {
          #expect(found == nil)
          continue
        }
        #expect(abs(try #require(found) - expected) < 1e-12)
      }
    }
  }

  @Test("signals that are suspicious at opposite ends agree when they are mirror images")
  func directions() {
    let correlations = SignalCorrelations([
      (.strength, [3, 1, 2, nil]), (.strengthVotes, [0, 1, 0.5, 1]), (.fifa, [1, 1, 1, 1]),
      (.contradiction, [nil, nil, 1, 2]),
    ])
    #expect(correlations[.strength, .strengthVotes] == 1)
    #expect(correlations[.strength, .strength] == 1)
    #expect(correlations[.strength, .fifa] == nil, "a constant has no order")
    #expect(correlations[.strengthVotes, .contradiction] == nil, "two rows are no correlation")
    #expect(correlations[.strength, .influence] == nil, "nothing is known of a missing signal")
  }

  @Test("of a scan, the signals that speak for their families are compared")
  func ofAScan() throws {
    var pairs = GeneratedPairs(seed: 5)
    let rows = pairs.rows(120)
    let result = try scanned(
      RowList(rows), settings: ScanSettings(sketchWidth: 64, signals: Set(SignalID.selectable)))
    let correlations = SignalCorrelations(result)
    #expect(
      correlations.ids == [
        .leaveOneOut, .peerReview, .influence, .strength, .contradiction, .fifa, .bias, .mlp,
        .em, .confident, .aum, .uncertainty, .consensus, .lengthFree,
      ])
    #expect(try #require(correlations[.leaveOneOut, .peerReview]) > 0.3)
    let evidence = result.evidence(of: rows[7], at: 7, limit: 5)
    #expect(evidence.standings.map(\.id).contains(.peerMarginA))
    #expect(evidence.standing(of: .leaveOneOut)?.rank == result.ranks[7])
    #expect(evidence.explanation == result.explanation(of: rows[7], at: 7, limit: 5))
  }
}
