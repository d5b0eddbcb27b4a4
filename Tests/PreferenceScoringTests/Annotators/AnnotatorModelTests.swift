import Foundation
import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite struct AnnotatorModelTests {
  private struct Models {
    let coin: OneCoin
    let skene: DawidSkene
    let mace: MACE

    init(_ table: VoteTable) throws {
      let prior = try VotePrior(table)
      coin = OneCoin(table, prior: prior)
      skene = DawidSkene(table, prior: prior)
      mace = MACE(table, prior: prior)
    }

    var firstBetter: [[Double?]] { [coin.firstBetter, skene.firstBetter, mace.firstBetter] }
  }

  @Test("the posterior rises with every step of every model", arguments: 0..<8)
  func monotone(seed: UInt64) throws {
    let votes = GeneratedVotes(
      80, seed: seed,
      voters: (0..<6).map { number in
        { better, longer, generator in
          guard generator.below(3) > 0 else { return nil }
          if number == 0 { return longer }
          return generator.unit() < 0.55 + 0.08 * Double(number) ? better : !better
        }
      })
    let models = try Models(votes.table)
    for objectives in [models.coin.objectives, models.skene.objectives, models.mace.objectives] {
      #expect(objectives.count > 2)
      for (before, after) in zip(objectives, objectives.dropFirst()) {
        #expect(after >= before - 1e-9)
      }
    }
  }

  @Test(
    "of five annotators the one with 40 % flips comes first among the least reliable, by every model",
    arguments: 0..<10)
  func flippingAnnotator(seed: UInt64) throws {
    var rates = [0.95, 0.93, 0.9, 0.92, 0.94]
    let bad = Int(seed) % 5
    // A label that is right at the rate r, and then flipped at .4.
    rates[bad] = 0.6 * rates[bad] + 0.4 * (1 - rates[bad])
    let table = AnnotatorTable(GeneratedVotes(300, rates: rates, seed: seed).table)
    let name = "annotator \(bad)"
    #expect(table.records.first?.name == name)
    let measures: [KeyPath<AnnotatorRecord, Double?>] = [\.dawidSkene, \.competence]
    for measure in measures {
      let lowest = table.records.min { ($0[keyPath: measure] ?? 1) < ($1[keyPath: measure] ?? 1) }
      #expect(lowest?.name == name)
    }
    #expect(
      table.records.min { ($0.agreement?.value ?? 1) < ($1.agreement?.value ?? 1) }?.name == name)
  }

  @Test("reliabilities are recovered, and their intervals hold them", arguments: 0..<4)
  func recovery(seed: UInt64) throws {
    let rates = [0.95, 0.9, 0.85, 0.75, 0.65]
    let table = AnnotatorTable(GeneratedVotes(2000, rates: rates, seed: seed).table)
    for record in table.records {
      let number = try #require(record.name.flatMap { Int($0.suffix(1)) })
      let found = try #require(record.reliability)
      #expect(abs(found.value - rates[number]) < 0.035)
      #expect(found.lower < found.value && found.value < found.upper)
      #expect(abs(try #require(record.dawidSkene) - rates[number]) < 0.035)
      // Right by knowing, or by luck.
      #expect(abs(try #require(record.competence) - (2 * rates[number] - 1)) < 0.08)
    }
  }

  @Test("with one good annotator among weak ones, models beat the majority", arguments: 0..<6)
  func beatingTheMajority(seed: UInt64) throws {
    let votes = GeneratedVotes(800, rates: [0.95, 0.6, 0.6, 0.6, 0.6], seed: seed)
    let table = votes.table
    let majority = votes.accuracy(table.shares, in: table)
    for found in try Models(table).firstBetter {
      #expect(votes.accuracy(found, in: table) > majority + 0.03)
    }
  }

  @Test("the probabilities follow from the coins by Bayes' rule", arguments: 0..<4)
  func bayes(seed: UInt64) throws {
    let table = GeneratedVotes(60, rates: [0.9, 0.7, 0.6], seed: seed).table
    let models = try Models(table)
    for unit in table.units.indices {
      var coin = (1.0, 1.0)
      var skene = (models.skene.longerShare, 1 - models.skene.longerShare)
      for vote in table.votes[table.units[unit]] {
        let annotator = Int(vote.annotator)
        let r = try #require(models.coin.reliabilities[annotator])
        coin.0 *= vote.isForFirst ? r : 1 - r
        coin.1 *= vote.isForFirst ? 1 - r : r
        let own = try #require(models.skene.coins[annotator])
        let isLonger = vote.isForFirst == table.isFirstLonger[unit]
        skene.0 *= isLonger ? own.longer : 1 - own.longer
        skene.1 *= isLonger ? 1 - own.shorter : own.shorter
      }
      let first = try #require(models.coin.firstBetter[unit])
      #expect(abs(first - coin.0 / (coin.0 + coin.1)) < 1e-12)
      let longer = skene.0 / (skene.0 + skene.1)
      let other = try #require(models.skene.firstBetter[unit])
      #expect(abs(other - (table.isFirstLonger[unit] ? longer : 1 - longer)) < 1e-12)
    }
  }

  @Test("calling the other side the first turns every probability round", arguments: 0..<4)
  func exchange(seed: UInt64) throws {
    let votes = GeneratedVotes(90, rates: [0.9, 0.7, 0.6, 0.55], seed: seed)
    let exchanged = votes.ballots.map { said in
      PairBallots(
        pair: said.pair, isFirstLonger: !said.isFirstLonger,
        ballots: said.ballots.map {
          .init(annotator: $0.annotator, isForFirst: $0.isForFirst.map { !$0 })
        })
    }
    let (one, two) = (try Models(votes.table), try Models(VoteTable(exchanged)))
    for (left, right) in zip(one.firstBetter, two.firstBetter) {
      for (p, q) in zip(left, right) {
        #expect(abs(try #require(p) + (try #require(q)) - 1) < 1e-6)
      }
    }
  }

  @Test("who takes long for good has a good coin for longer sides and a bad one for shorter ones")
  func lengthBias() throws {
    let table = GeneratedVotes(
      800, seed: 3,
      voters: (0..<4).map { number in
        { better, longer, generator in
          if number == 0, better != longer, generator.unit() < 0.5 { return longer }
          return generator.unit() < 0.9 ? better : !better
        }
      }
    ).table
    let models = try Models(table)
    let biased = try #require(models.skene.coins[0])
    #expect(biased.longer > biased.shorter + 0.25)
    for coins in models.skene.coins.dropFirst() {
      let coins = try #require(coins)
      #expect(abs(coins.longer - coins.shorter) < 0.08)
    }
  }

  @Test("who always takes the longer side is found not to look")
  func spammer() throws {
    let table = GeneratedVotes(
      400, seed: 5,
      voters: (0..<5).map { number in
        { better, longer, generator in
          number == 0 ? longer : generator.unit() < 0.85 ? better : !better
        }
      }
    ).table
    let competences = try Models(table).mace.competences.compactMap(\.self)
    #expect(competences[0] < 0.12 && competences.dropFirst().allSatisfy { $0 > 0.6 })
  }

  @Test("an annotator whom nobody can be compared with has no reliability, and a lone vote none")
  func withoutOverlap() throws {
    var votes = GeneratedVotes(40, rates: [0.9, 0.8], seed: 2).ballots
    votes.append(
      PairBallots(
        pair: 1, isFirstLonger: true, ballots: [.init(annotator: "hermit", isForFirst: true)]))
    votes.append(
      PairBallots(
        pair: 2, isFirstLonger: true, ballots: [.init(annotator: "annotator 0", isForFirst: true)]))
    let table = VoteTable(votes)
    let models = try Models(table)
    let hermit = try #require(table.annotators.firstIndex(of: "hermit"))
    let alone = try #require(table.unit(of: 1))
    let lone = try #require(table.unit(of: 2))
    #expect(models.coin.reliabilities[hermit] == nil && models.mace.competences[hermit] == nil)
    for found in models.firstBetter {
      #expect(found[alone] == nil)
      #expect(try #require(found[lone]) > 0.6)
    }
  }
}
