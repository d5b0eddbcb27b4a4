import Testing

@testable import PreferenceScoring

@Suite("Audit estimates")
struct AuditEstimateTests {
  /// scipy 1.17.1: beta.ppf(.025, k, n - k + 1) and beta.ppf(.975, k + 1, n - k).
  @Test(
    "the exact interval is that of scipy",
    arguments: [
      (0, 1, 0.0000000000, 0.9750000000), (0, 100, 0.0000000000, 0.0362166926),
      (3, 100, 0.0062299715, 0.0851760530), (15, 100, 0.0864543856, 0.2353075001),
      (50, 100, 0.3983211295, 0.6016788705), (1, 1, 0.0250000000, 1.0000000000),
      (100, 100, 0.9637833074, 1.0000000000), (7, 30, 0.0993378650, 0.4228365230),
      (120, 2000, 0.0499932388, 0.0713193196),
    ])
  func exact(wins: Int, count: Int, lower: Double, upper: Double) {
    let estimate = Estimate(exactly: wins, of: count)
    #expect(abs(estimate.lower - lower) < 1e-9 && abs(estimate.upper - upper) < 1e-9)
    #expect(estimate.value == Double(wins) / Double(count))
  }

  @Test("nothing counted says nothing")
  func nothing() {
    for estimate in [
      Estimate(exactly: 0, of: 0), Estimate(stratified: []),
      Estimate(stratified: [AuditStratum(rowCount: 9, drawnCount: 0, wrongCount: 0)]),
    ] {
      #expect(estimate.lower == 0 && estimate.upper == 1)
    }
  }

  /// scipy 1.17.1: binomtest(k, n).proportion_ci(method="wilson").
  @Test(
    "one large stratum has Wilson's interval",
    arguments: [
      (3, 100, 0.0102545240, 0.0845193643), (0, 10, 0, 0.2775327999),
      (7, 30, 0.1179238814, 0.4092832616),
    ])
  func oneStratum(wins: Int, count: Int, lower: Double, upper: Double) {
    let stratum = AuditStratum(rowCount: 1_000_000_000, drawnCount: count, wrongCount: wins)
    let whole = Estimate(stratified: [stratum])
    #expect(abs(whole.lower - lower) < 1e-6 && abs(whole.upper - upper) < 1e-6)
    #expect(abs(stratum.noise.lower - lower) < 1e-6 && abs(stratum.noise.upper - upper) < 1e-6)
  }

  @Test("of rows that were all judged the share is known")
  func wholeJudged() {
    let strata = [
      AuditStratum(rowCount: 10, drawnCount: 10, wrongCount: 5),
      AuditStratum(rowCount: 90, drawnCount: 90, wrongCount: 9),
    ]
    let noise = Estimate(stratified: strata)
    #expect(abs(noise.value - 0.14) < 1e-12)
    #expect(noise.halfWidth < 1e-12)
  }

  @Test("where nothing of a stratum was drawn, the strata count as one")
  func emptyStratum() {
    let cut = Estimate(stratified: [
      AuditStratum(rowCount: 50, drawnCount: 0, wrongCount: 0),
      AuditStratum(rowCount: 950, drawnCount: 25, wrongCount: 4),
    ])
    #expect(cut == AuditStratum(rowCount: 1_000, drawnCount: 25, wrongCount: 4).noise)
  }

  /// 25 rows are the first look, 100 the usual audit. A share of the runs that is 95 % in truth is
  /// below 93 % of 2,000 runs with a probability of about 2 in 10^5.
  @Test("the interval holds the truth in about 95 % of all audits", arguments: [50, 100, 400])
  func coverage(drawn: Int) {
    var random = SeededGenerator(seed: UInt64(drawn))
    // 15 % of the rows are flagged; 40 % of them are wrong, and 10 % of the others.
    let isFlagged = (0..<2_000).map { $0 < 300 }
    let isWrong = (0..<2_000).map { $0 < 120 || (300..<470).contains($0) }
    let truth = Double(isWrong.count { $0 }) / 2_000
    var covered = 0
    var sum = 0.0
    for _ in 0..<2_000 {
      let rows = random.sample(drawn, below: 2_000)
      let strata = [true, false].map { flag in
        AuditStratum(
          rowCount: isFlagged.count { $0 == flag },
          drawnCount: rows.count { isFlagged[$0] == flag },
          wrongCount: rows.count { isFlagged[$0] == flag && isWrong[$0] })
      }
      let noise = Estimate(stratified: strata)
      sum += noise.value
      if noise.lower <= truth, truth <= noise.upper { covered += 1 }
    }
    #expect(Double(covered) / 2_000 >= 0.93)
    #expect(abs(sum / 2_000 - truth) < 0.004, "the estimate is without bias")
  }

  @Test("the sample that is said to be enough is, and one row fewer is not")
  func sampleSize() {
    for (half, noise) in [(0.07, 0.15), (0.03, 0.1), (0.1, 0.5)] {
      let size = AuditSample.size(forHalfWidth: half, noise: noise, rowCount: 100_000)
      func width(_ count: Int) -> Double {
        AuditSample.expectedHalfWidth(ofSample: count, noise: noise, rowCount: 100_000)
      }
      #expect(width(size) <= half && width(size - 2) > half - 0.003)
    }
    #expect(
      abs(AuditSample.expectedHalfWidth(ofSample: 100, noise: 0.15, rowCount: 100_000) - 0.07)
        < 0.001)
    #expect(AuditSample.size(forHalfWidth: 0, noise: 0.1, rowCount: 40) == 40)
  }
}

@Suite("The reviewer's own error")
struct ReviewerErrorTests {
  @Test("without an error nothing is corrected, and with few repeats nothing is said")
  func limits() throws {
    #expect(ReviewerError(differing: 0, of: 19) == nil)
    #expect(ReviewerError(differing: 12, of: 24) == nil)
    let none = try #require(ReviewerError(differing: 0, of: 100_000_000))
    let observed = Estimate(value: 0.2, lower: 0.15, upper: 0.27)
    let corrected = none.corrected(observed)
    #expect(abs(corrected.value - 0.2) < 1e-6 && abs(corrected.lower - 0.15) < 1e-6)
    #expect(abs(corrected.upper - 0.27) < 1e-6)
  }

  @Test("two looks that err with probability e differ with 2 e (1 - e)", arguments: [2, 10, 18])
  func inverse(differing: Int) throws {
    let error = try #require(ReviewerError(differing: differing, of: 60)).rate
    let difference = Estimate(wins: differing, of: 60)
    for (e, d) in [
      (error.value, difference.value), (error.lower, difference.lower),
      (error.upper, difference.upper),
    ] {
      #expect(abs(2 * e * (1 - e) - d) < 1e-12)
    }
  }

  @Test("the corrected interval holds the true share in about 95 % of all audits")
  func coverage() {
    var random = SeededGenerator(seed: 3)
    var (covered, plain, count) = (0, 0, 0)
    for _ in 0..<2_000 {
      func errs() -> Bool { random.unit() < 0.1 }
      let wrong = (0..<200).count { _ in (random.unit() < 0.15) != errs() }
      let differing = (0..<80).count { _ in errs() != errs() }
      guard let error = ReviewerError(differing: differing, of: 80) else { continue }
      count += 1
      let observed = Estimate(wins: wrong, of: 200)
      let corrected = error.corrected(observed)
      if corrected.lower <= 0.15, 0.15 <= corrected.upper { covered += 1 }
      if observed.lower <= 0.15, 0.15 <= observed.upper { plain += 1 }
    }
    #expect(Double(covered) / Double(count) >= 0.93)
    #expect(Double(plain) / Double(count) < 0.5, "without the correction the audit is wrong")
  }
}

@Suite("Agreement")
struct AgreementTests {
  private static let names = SideChoice.allCases

  @Test("Cohen's kappa of the table 20, 5, 10, 15 is .4")
  func kappa() throws {
    var judgments: [(SideChoice, SideChoice)] = []
    for (first, second, count) in [
      (SideChoice.smaller, SideChoice.smaller, 20), (.smaller, .larger, 5),
      (.larger, .smaller, 10), (.larger, .larger, 15),
    ] {
      judgments += Array(repeating: (first, second), count: count)
    }
    let agreement = Agreement(judgments)
    #expect(abs(try #require(agreement.kappa) - 0.4) < 1e-12)
    #expect(agreement.raw == Estimate(wins: 35, of: 50))
  }

  /// The data and the value .74342 (nominal, 40 values) are those of Krippendorff's own example,
  /// "Computing Krippendorff's alpha-reliability", 2011, table C.
  @Test("Krippendorff's alpha of four observers with gaps is that of his example")
  func alpha() throws {
    let observers = [
      "123321412...", "1233224125.3", ".333234225" + "1.", "123324412" + "51.",
    ]
    let units = (0..<12).map { unit in
      observers.compactMap { row -> SideChoice? in
        Int(String(Array(row)[unit])).map { Self.names[$0 - 1] }
      }
    }
    #expect(abs(try #require(krippendorffAlpha(units)) - 0.74342) < 5e-6)
  }

  @Test("who always agrees has 1, who guesses about 0, and where nothing varies nothing is said")
  func ends() throws {
    var random = SeededGenerator(seed: 8)
    func guess() -> SideChoice { Self.names[random.below(3)] }
    let same = (0..<50).map { _ in guess() }.map { ($0, $0) }
    #expect(Agreement(same).kappa == 1 && Agreement(same).alpha == 1)
    let guessed = Agreement((0..<5_000).map { _ in (guess(), guess()) })
    let (kappa, alpha) = (try #require(guessed.kappa), try #require(guessed.alpha))
    #expect(abs(kappa) < 0.03 && abs(alpha) < 0.03)
    let constant = Agreement([(.tie, .tie), (.tie, .tie)])
    #expect(constant.kappa == nil && constant.alpha == nil && constant.raw.value == 1)
    #expect(Agreement([]).kappa == nil && krippendorffAlpha([[.tie], []]) == nil)
  }

  @Test("exchanging the judges or the names of the sides changes nothing", arguments: 0..<8)
  func symmetric(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let judgments = (0..<60).map { _ -> (SideChoice, SideChoice) in
      let first = Self.names[random.below(5)]
      return (first, random.below(3) > 0 ? first : Self.names[random.below(5)])
    }
    func renamed(_ choice: SideChoice) -> SideChoice {
      switch choice {
      case .smaller: .larger
      case .larger: .smaller
      default: choice
      }
    }
    let own = Agreement(judgments)
    for other in [
      Agreement(judgments.map { ($0.1, $0.0) }),
      Agreement(judgments.map { (renamed($0.0), renamed($0.1)) }),
    ] {
      let (kappa, alpha) = (try #require(other.kappa), try #require(other.alpha))
      #expect(abs(try #require(own.kappa) - kappa) < 1e-12)
      #expect(abs(try #require(own.alpha) - alpha) < 1e-12)
    }
  }
}
