import Foundation
import Testing

@testable import PreferenceScoring

@Suite struct TournamentTests {
  /// Labels among `items` responses, where the lower number wins but for chance.
  private func labels(_ count: Int, items: Int, noise: Double, seed: UInt64) -> [[UInt64]] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      let first = generator.below(items)
      let second = (first + 1 + generator.below(items - 1)) % items
      let isRight = generator.unit() >= noise
      return [min(first, second), max(first, second)].map { UInt64($0) }.reversed(unless: isRight)
    }
  }

  private func cycles(_ pairs: [[UInt64]]) throws -> [Double?]? {
    try verdicts(pairs)[.cycle]
  }

  private func verdicts(_ pairs: [[UInt64]]) throws -> [SignalID: [Double?]] {
    var design = DesignMatrix(columnCount: 2)
    for index in pairs.indices { design.append([Float(index + 1), 1]) }
    let plain = try SignalCase.evidence(design, penalty: 1, seed: 0)
    let keys = pairs.map { PairKeys(prompt: 7, chosen: $0[0], rejected: $0[1]) }
    let evidence = SignalEvidence(
      design: design, groups: plain.groups, keys: keys, prompts: plain.prompts,
      promptQualities: plain.promptQualities, head: plain.head, penalties: plain.penalties,
      blocks: plain.blocks, margins: plain.margins, leftOutMargins: plain.leftOutMargins, seed: 0)
    var work = Contradiction()
    return work.finished(evidence)
  }

  @Test("three in a circle close a cycle, an order of three does not, two responses have no order")
  func smallest() throws {
    #expect(try cycles([[1, 2], [2, 3], [3, 1]]) == [1, 1, 1])
    #expect(try cycles([[1, 2], [2, 3], [1, 3]]) == [0, 0, 0])
    #expect(try cycles([[1, 2], [1, 2]]) == nil)
    // The one label against a majority closes a cycle with it.
    #expect(try cycles([[1, 2], [1, 2], [2, 1], [2, 3]]) == [0, 0, 1, 0])
  }

  @Test("in a regular tournament of five every label is in a cycle, in a transitive one none is")
  func regular() throws {
    let regular = (0..<5 as Range<UInt64>).flatMap { item in
      [1, 2].map { [item, (item + $0) % 5] as [UInt64] }
    }
    #expect(try cycles(regular) == Array(repeating: 1, count: 10))
    let transitive = (0..<4 as Range<UInt64>).flatMap { winner in
      (winner + 1..<5).map { [winner, $0] }
    }
    #expect(try cycles(transitive) == Array(repeating: 0, count: 10))
  }

  @Test("components are what searching both ways finds", arguments: 0..<32)
  func components(seed: UInt64) {
    let tournament = PromptTournament(
      labels(24, items: 12, noise: 0.15, seed: seed))
    let count = tournament.itemCount
    var reaches = (0..<count).map { start in (0..<count).map { $0 == start } }
    for _ in 0..<count {
      for start in 0..<count {
        for item in 0..<count where reaches[start][item] {
          for match in tournament.matches[item] where match.majority > 0 {
            reaches[start][match.opponent] = true
          }
        }
      }
    }
    let found = tournament.components()
    for first in 0..<count {
      for second in 0..<count {
        #expect(
          (found[first] == found[second]) == (reaches[first][second] && reaches[second][first]))
      }
    }
  }

  @Test("Copeland and Borda without a match are those of a tournament that never held it")
  func leftOutCounts() throws {
    let pairs = labels(120, items: 9, noise: 0.25, seed: 4)
    let whole = PromptTournament(pairs)
    let order = PromptOrder(whole)
    for pair in pairs.prefix(40) {
      let winner = try #require(whole.number(of: pair[0]))
      let loser = try #require(whole.number(of: pair[1]))
      let match = try #require(whole.match(of: winner, against: loser))
      let margins = try #require(order.margins(of: winner, match: match))
      let rest = PromptTournament(pairs.filter { Set($0) != Set(pair) })
      func means(_ key: UInt64) throws -> (copeland: Double, borda: Double) {
        let matches = rest.matches[try #require(rest.number(of: key))]
        let count = Double(matches.count)
        return (
          matches.reduce(0) { $0 + Double($1.majority) } / count,
          matches.reduce(0) { $0 + $1.winShare } / count
        )
      }
      let (first, second) = (try means(pair[0]), try means(pair[1]))
      #expect(abs(margins.copeland - (first.copeland - second.copeland)) < 1e-12)
      #expect(abs(margins.borda - (first.borda - second.borda)) < 1e-12)
    }
  }

  @Test("Bradley-Terry without a match agrees with refits: correlation at least .999")
  func leftOutRefits() throws {
    let pairs = labels(400, items: 12, noise: 0.2, seed: 9)
    let whole = PromptTournament(pairs)
    let order = PromptOrder(whole)
    var (steps, refits): ([Double], [Double]) = ([], [])
    for winner in whole.matches.indices {
      for match in whole.matches[winner] {
        let margin = try #require(order.margins(of: winner, match: match)?.bradleyTerry)
        let keys = (0..<12 as Range<UInt64>).filter {
          [winner, match.opponent].contains(whole.number(of: $0) ?? -1)
        }
        steps.append(margin)
        refits.append(
          try refitMargin(pairs.filter { Set($0) != Set(keys) }, whole, winner, match.opponent))
      }
    }
    #expect(correlation(steps, refits) > 0.999)
  }

  /// By plain gradient ascent: sum ln sigma(margin) - |reward|^2 / 2.
  private func refitMargin(
    _ pairs: [[UInt64]], _ numbers: PromptTournament, _ winner: Int, _ loser: Int
  ) throws -> Double {
    let matches = try pairs.map { pair in
      try pair.map { try #require(numbers.number(of: $0)) }
    }
    var rewards = [Double](repeating: 0, count: numbers.itemCount)
    for _ in 0..<3000 {
      var ascent = rewards.map { -$0 }
      for match in matches {
        let wrong = sigmoid(rewards[match[1]] - rewards[match[0]])
        ascent[match[0]] += wrong
        ascent[match[1]] -= wrong
      }
      for item in rewards.indices { rewards[item] += 0.02 * ascent[item] }
    }
    return rewards[winner] - rewards[loser]
  }

  @Test(
    "the order that all others give finds planted wrong labels, and swapping all changes nothing")
  func plantedErrors() throws {
    var generator = SeededGenerator(seed: 6)
    let right = labels(600, items: 20, noise: 0, seed: 6)
    let isWrong = right.map { _ in generator.unit() < 0.15 }
    let pairs = zip(right, isWrong).map { $0.reversed(unless: !$1) }
    let found = try verdicts(pairs)
    let mirrored = try verdicts(pairs.map { $0.reversed() })
    for id in [SignalID.copeland, .borda, .bradleyTerry] {
      let values = try #require(found[id])
      let quality = try #require(
        DetectionQuality(
          suspicion: values.map { $0.map { -$0 } }, margins: isWrong.map { $0 ? -1 : 1 },
          isWrong: isWrong, seed: 0))
      #expect(quality.auroc.value > 0.9, "\(id.rawValue)")
      for (one, other) in zip(values, try #require(mirrored[id])) {
        #expect(abs((one ?? 0) - (other ?? 0)) < 1e-9)
      }
    }
    let votes = try #require(found[.orderVotes]).compactMap(\.self)
    #expect(votes.allSatisfy { (0...1).contains($0) })
    #expect(found[.cycle] == mirrored[.cycle])
  }

  @Test("a response with no other match has no order, and nothing is said of it")
  func lonely() throws {
    let found = try verdicts([[1, 2], [2, 3], [1, 3], [3, 4]])
    #expect(found[.copeland]?.map { $0 == nil } == [false, false, false, true])
    #expect(found[.contradiction]?.map { $0 == nil } == [true, true, false, true])
  }
}

extension [UInt64] {
  fileprivate func reversed(unless isRight: Bool) -> [UInt64] { isRight ? self : reversed() }
}
