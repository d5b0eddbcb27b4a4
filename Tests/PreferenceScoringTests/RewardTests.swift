import PreferenceData
import Testing

@testable import PreferenceScoring

/// Rows whose sides carry the word of a reward model.
extension RowList {
  /// Adds a reward model that says `difference` of the pair at a position: first minus second side.
  mutating func add(
    _ kind: ExternalReward.Kind = .reward, _ difference: (Int) -> Double?
  ) {
    rewards.append(ExternalReward(name: "rm\(rewards.count)", kind: kind))
    for index in rows.indices {
      guard case .success(var row) = rows[index], row.sides.count == 2 else { continue }
      let value = difference(index)
      row.sides[0].rewards.append(value.map { $0 + 7 })
      row.sides[1].rewards.append(value.map { _ in 7 })
      rows[index] = .success(row)
    }
  }

  /// +1 where the file prefers the first side, -1 where it prefers the second.
  var directions: [Double] {
    rows.map { row in
      if case .success(let row) = row, row.label.preferred == 1 { -1 } else { 1 }
    }
  }
}

@Suite struct RewardTests {
  private func rows(_ count: Int, seed: UInt64) -> RowList {
    var pairs = GeneratedPairs(seed: seed)
    return RowList(pairs.rows(count))
  }

  /// Rewards that are right on 75 % of the pairs: normal with mean .6745 towards the better side.
  private func goodRewards(_ rows: RowList, seed: UInt64) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    return rows.directions.map { direction in
      // The sum of twelve uniform numbers is normal enough.
      let noise = (0..<12).reduce(-6.0) { sum, _ in sum + generator.unit() }
      return direction * (0.6745 + noise)
    }
  }

  private func leftOut(_ result: ScanResult) -> [Double] {
    (result.signals[.leaveOneOut] ?? []).compactMap(\.self)
  }

  @Test(
    "with a reward that is right on 75 % of the pairs, 20 % flips are found with an AUROC of .8",
    arguments: 0..<5)
  func bar(seed: UInt64) throws {
    var list = rows(1500, seed: seed)
    let said = goodRewards(list, seed: seed + 100)
    list.add { said[$0] }
    let planting = NoisePlanting(rowCount: list.rowCount, rate: 0.2, seed: seed)
    let result = try scanned(planting.planted(in: list))
    let quality = try #require(result.detectionQuality(isWrong: planting.isFlipped))
    #expect(quality.auroc.value > 0.8)
    let alone = try #require(
      result.detectionQuality(of: .reward(.reward, number: 1), isWrong: planting.isFlipped))
    #expect(alone.auroc.value > 0.75 && quality.auroc.value > alone.auroc.value)
    #expect(result.rewards[0].use == .inHead && !result.rewards[0].isAgainstItsName)
    #expect(try #require(result.rewardWeight(at: 0)) > 0)
  }

  @Test("a planted flip leaves the rewards with their sides")
  func planting() throws {
    var list = rows(40, seed: 1)
    list.add { Double($0) }
    let source = NoisePlanting(rowCount: 40, rate: 1, seed: 1).planted(in: list)
    #expect(source.rewards == list.rewards)
    for index in 0..<40 {
      let (before, after) = (try list.row(at: index).get(), try source.row(at: index).get())
      #expect(after.sides == before.sides)
      #expect(
        after.rewardDifference(at: 0) == -(try #require(before.rewardDifference(at: 0))))
    }
  }

  @Test("swapping the labels of the whole file changes no suspicion", arguments: 0..<3)
  func antisymmetry(seed: UInt64) throws {
    var list = rows(400, seed: seed)
    let said = goodRewards(list, seed: seed)
    list.add { $0.isMultiple(of: 9) ? nil : said[$0] }
    let (result, swapped) = (try scanned(list), try scanned(list.swapped))
    #expect(swapped.ranks == result.ranks)
    for (one, other) in zip(leftOut(result), leftOut(swapped)) {
      #expect(abs(one - other) < 1e-9 * (1 + abs(one)))
    }
  }

  @Test("another unit or another zero of the rewards changes nothing", arguments: [0.001, 64, 1e6])
  func scale(factor: Double) throws {
    let list = rows(400, seed: 3)
    let said = goodRewards(list, seed: 3)
    func margins(_ difference: @escaping (Double) -> Double) throws -> [Double] {
      var scored = list
      scored.add { difference(said[$0]) }
      return leftOut(try scanned(scored))
    }
    let plain = try margins { $0 }
    for (one, other) in zip(plain, try margins { factor * $0 }) {
      #expect(abs(one - other) < 1e-4 * (1 + abs(one)))
    }
  }

  @Test("a few wild numbers do not drown the others")
  func outliers() throws {
    var list = rows(1000, seed: 4)
    let said = goodRewards(list, seed: 4)
    list.add { $0.isMultiple(of: 50) ? 1e9 * said[$0] : said[$0] }
    let planting = NoisePlanting(rowCount: list.rowCount, rate: 0.2, seed: 4)
    let quality = try #require(
      try scanned(planting.planted(in: list)).detectionQuality(isWrong: planting.isFlipped))
    #expect(quality.auroc.value > 0.8)
  }

  @Test("a reward the wrong way round is used the right way round, and that is said")
  func reversed() throws {
    let list = rows(600, seed: 5)
    let said = goodRewards(list, seed: 5)
    var (straight, reversed) = (list, list)
    straight.add { said[$0] }
    reversed.add { -said[$0] }
    let (one, other) = (try scanned(straight), try scanned(reversed))
    for (a, b) in zip(leftOut(one), leftOut(other)) { #expect(abs(a - b) < 1e-6) }
    #expect(!one.rewards[0].isAgainstItsName && other.rewards[0].isAgainstItsName)
    #expect(other.rewards[0].foldsAgainst == other.rewards[0].foldCount)
    #expect(try #require(other.rewardWeight(at: 0)) < 0)
    let accuracy = try #require(one.rewards[0].accuracy)
    let mirrored = try #require(other.rewards[0].accuracy)
    #expect(abs(accuracy.value + mirrored.value - 1) < 1e-12)
  }

  @Test("a reward that knows nothing of the labels is called that", arguments: 0..<3)
  func chance(seed: UInt64) throws {
    var list = rows(500, seed: seed)
    var generator = SeededGenerator(seed: seed + 50)
    // As many right as wrong, so that no luck decides the test.
    let signs = list.directions
    list.add { signs[$0] * ($0.isMultiple(of: 2) ? 1 : -1) * (0.1 + generator.unit()) }
    #expect(try scanned(list).rewards[0].isLikeChance)
  }

  @Test("what cannot check the labels is left out, and the head is the one without it")
  func useless() throws {
    let list = rows(300, seed: 6)
    let plain = try scanned(list)
    let directions = list.directions
    let cases: [(RewardQuality.Use, (Int) -> Double?)] = [
      (.constant, { _ in 0 }),
      (.agreesWithEveryLabel, { directions[$0] * Double(1 + $0 % 5) }),
      (.agreesWithEveryLabel, { directions[$0] * Double($0 % 2) }),
      (.contradictsEveryLabel, { -100 * directions[$0] }),
      (.tooFewPairs, { $0 < 49 ? Double($0 - 20) : nil }),
      (.tooFewPairs, { _ in nil }),
      (.tooFewPairs, { $0 < 49 ? 1 : .nan }),
    ]
    for (use, difference) in cases {
      var scored = list
      scored.add(.verdict, difference)
      let result = try scanned(scored)
      #expect(result.rewards.map(\.use) == [use])
      #expect(result.rewardWeight(at: 0) == nil)
      #expect((result.rewards[0].accuracy == nil) == [.tooFewPairs, .constant].contains(use))
      #expect(result.blockWeights.map(\.block) == plain.blockWeights.map(\.block))
      #expect(leftOut(result) == leftOut(plain))
      #expect(result.signals[.reward(.verdict, number: 1)] != nil)
    }
  }

  @Test("a pair without a reward counts as one with equal rewards, and is counted")
  func missing() throws {
    let list = rows(400, seed: 7)
    let said = goodRewards(list, seed: 7)
    var (silent, equal) = (list, list)
    silent.add { $0.isMultiple(of: 3) ? nil : said[$0] }
    equal.add { $0.isMultiple(of: 3) ? 0 : said[$0] }
    let (one, other) = (try scanned(silent), try scanned(equal))
    #expect(leftOut(one) == leftOut(other))
    #expect(one.rewards[0].pairCount == 266 && one.rewards[0].missingCount == 134)
    #expect(other.rewards[0].missingCount == 0)
    let signal = try #require(one.signals[.reward(.reward, number: 1)])
    #expect(signal.indices.allSatisfy { (signal[$0] == nil) == $0.isMultiple(of: 3) })
  }

  @Test("several reward models have a signal and a contribution each, kept with the result")
  func several() throws {
    var list = rows(400, seed: 8)
    let said = goodRewards(list, seed: 8)
    let more = goodRewards(list, seed: 9)
    list.add { said[$0] }
    list.add(.verdict) { more[$0] > 0.5 ? 1 : more[$0] < -0.5 ? -1 : 0 }
    list.add { more[$0] }
    let result = try scanned(list)
    #expect(result.rewards.map(\.signal.rawValue) == ["reward", "verdict", "reward_2"])
    #expect(result.rewards.allSatisfy { $0.signal.isSuspiciousWhenLow })
    #expect(ScanResult(encoded: result.encoded()) == result)
    #expect(try scanned(list, jobs: 3).encoded() == result.encoded())
    for index in [0, 17, 399] {
      let row = try list.row(at: index).get()
      let explanation = try #require(result.explanation(of: row, at: index, limit: 1000))
      let names = explanation.contributions.compactMap { contribution -> String? in
        guard case .reward(let name) = contribution.source else { return nil }
        return name
      }
      #expect(Set(names).isSubset(of: ["rm0", "rm1", "rm2"]) && names.count >= 2)
      let sum = explanation.contributions.reduce(explanation.rest) { $0 + $1.amount }
      #expect(abs(sum - explanation.margin) < 1e-9 * (1 + abs(explanation.margin)))
    }
  }

  @Test("fewer than 50 pairs give no head and no word on a reward")
  func fewPairs() throws {
    var list = rows(49, seed: 10)
    list.add { Double($0) - 20 }
    let result = try scanned(list)
    #expect(result.rewards.isEmpty && result.signals.isEmpty)
    #expect(ScanResult(encoded: result.encoded()) == result)
  }

  @Test("the log-odds of a reward alone are the best ones of the other folds")
  func outOfFold() throws {
    let list = rows(300, seed: 11)
    let said = goodRewards(list, seed: 11)
    let differences = zip(said, list.directions).map { Optional($0 * $1) }
    let keys = (0..<300).map { number in
      let pair = UInt64(number)
      return PairKeys(prompt: pair, pair: pair, chosen: 2 * pair, rejected: 2 * pair + 1)
    }
    let groups = PairGroups(keys, foldCount: 4, seed: 0)
    let scales = RewardScales(of: differences, count: 1)
    let check = RewardCheck(
      [ExternalReward(name: "rm", kind: .reward)], differences: differences, scales: scales,
      groups: groups)
    let margins = try #require(check.margins.first)
    let x = differences.map { scales.value(of: $0, at: 0) }
    #expect(x.allSatisfy { abs($0) <= 4 })
    for fold in groups.folds {
      // By bisection of the rising derivative.
      var (low, high) = (-50.0, 50.0)
      while high - low > 1e-10 {
        let middle = (low + high) / 2
        let slope = x.indices.reduce(middle) { sum, row in
          fold.contains(row) ? sum : sum - x[row] * sigmoid(-middle * x[row])
        }
        if slope > 0 { high = middle } else { low = middle }
      }
      for row in fold { #expect(abs(margins[row] - low * x[row]) < 1e-6) }
    }
    let right = said.indices.count { said[$0] * list.directions[$0] > 0 }
    #expect(check.qualities[0].accuracy?.value == Double(right) / 300)
  }
}
