import Foundation
import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite struct ColumnSignalTests {
  private let settings = ScanSettings(sketchWidth: 16, signals: [.lengthFree])

  private func rows(_ count: Int, seed: UInt64) -> RowList {
    var pairs = GeneratedPairs(seed: seed)
    return RowList(pairs.rows(count))
  }

  /// Adds what a model and its reference give the sides, and what comes of it.
  private func implicit(_ list: RowList, seed: UInt64) -> RowList {
    var list = list
    var generator = SeededGenerator(seed: seed)
    list.rewards = [ExternalReward(name: "lm", kind: .dpo)]
    for index in list.rows.indices {
      guard case .success(var row) = list.rows[index] else { continue }
      for side in row.sides.indices { row.sides[side].rewards = [4 * generator.unit() - 2] }
      list.rows[index] = .success(row)
    }
    return list
  }

  @Test("swapping the labels of the file negates what rewards say, and leaves what the head says")
  func swapping() throws {
    let list = implicit(rows(150, seed: 2), seed: 3)
    let (one, two) = (
      try scanned(list, settings: settings), try scanned(list.swapped, settings: settings)
    )
    let negated: [SignalID] = [.lengthFree(of: .init(rawValue: "dpo")), .kto]
    for id in negated {
      let (before, after) = (try #require(one.signals[id]), try #require(two.signals[id]))
      for (left, right) in zip(before, after) {
        #expect(abs(try #require(left) + (try #require(right))) < 1e-6)
      }
    }
    // IPO aims at +5 whichever side is chosen.
    let (before, after) = (try #require(one.signals[.ipo]), try #require(two.signals[.ipo]))
    for (left, right) in zip(before, after) {
      #expect(abs(try #require(left) + (try #require(right)) + 10) < 1e-9)
    }
    #expect(one.signals[.likeness] == two.signals[.likeness])
    // Refitted to the swapped labels, the head is the other way round.
    let heads = zip(
      try #require(one.signals[.lengthFree]), try #require(two.signals[.lengthFree]))
    for (left, right) in heads {
      #expect(abs(try #require(left) - (try #require(right))) < 1e-4)
    }
  }

  @Test("IPO, KTO and displacement are what their formulas say", arguments: 0..<4)
  func formulas(seed: UInt64) throws {
    let list = implicit(rows(80, seed: seed), seed: seed + 9)
    let result = try scanned(list, settings: settings)
    let sides = list.rows.map { row -> (chosen: Double, rejected: Double) in
      guard case .success(let row) = row, let pair = row.chosenAndRejected else { return (0, 0) }
      return (row.sides[pair.chosen].rewards[0] ?? 0, row.sides[pair.rejected].rewards[0] ?? 0)
    }
    let divergence = max(0, sides.reduce(0) { $0 + $1.chosen + $1.rejected } / 160)
    func sigma(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
    for (index, side) in sides.enumerated() {
      let ratio = (side.chosen - side.rejected) / 0.1
      #expect(abs(try #require(result.signals[.ipo]?[index] ?? nil) - (ratio - 5)) < 1e-9)
      let value = sigma(side.chosen - divergence) - sigma(side.rejected - divergence)
      #expect(abs(try #require(result.signals[.kto]?[index] ?? nil) - value) < 1e-9)
      let fall = try #require(result.signals[.displacement]?[index] ?? nil)
      #expect(abs(fall + side.chosen / 0.1) < 1e-9)
    }
  }

  @Test("of a reward that is nothing but length, nothing is left without length")
  func lengthFree() throws {
    let lengths = [0.3, -1.2, 0.8, 0, 2.5]
    let left = ColumnSignals.withoutLength(lengths.map { 3 * $0 }, lengths)
    #expect(left.allSatisfy { abs($0 ?? 1) < 1e-12 })
    // What is left has nothing in common with length.
    var generator = SeededGenerator(seed: 1)
    let values = lengths.map { $0 + generator.unit() }
    let rest = ColumnSignals.withoutLength(values, lengths).compactMap(\.self)
    #expect(abs(zip(rest, lengths).reduce(0) { $0 + $1.0 * $1.1 }) < 1e-12)
    #expect(ColumnSignals.withoutLength([1, nil], [0, 0]) == [1, nil])
  }

  @Test("an explicit and an implicit reward that say the same are nowhere apart")
  func explicitImplicit() throws {
    var list = rows(120, seed: 5)
    var generator = SeededGenerator(seed: 4)
    let said = (0..<120).map { _ in generator.unit() - 0.5 }
    list.add(.reward) { 10 * said[$0] }
    list.add(.simpo) { $0 == 7 ? -said[$0] : $0 == 8 ? nil : said[$0] }
    let apart = try #require(try scanned(list, settings: settings).signals[.explicitImplicit])
    for (index, value) in apart.enumerated() {
      switch index {
      case 7: #expect(try #require(value) > 0.01)
      case 8: #expect(value == nil)
      default: #expect(try #require(value) < 0.05)
      }
    }
  }

  @Test("ratings are compared with the label; without columns there is no such signal")
  func ratings() throws {
    var list = rows(60, seed: 6)
    let plain = try scanned(list, settings: settings)
    for id in [SignalID.rating, .ipo, .kto, .displacement, .explicitImplicit] {
      #expect(plain.signals[id] == nil)
    }
    for index in list.rows.indices {
      guard case .success(var row) = list.rows[index] else { continue }
      row.sides[0].rating = Double(index % 5)
      row.sides[1].rating = index % 9 == 0 ? nil : 2
      list.rows[index] = .success(row)
    }
    let directions = list.directions
    let found = try #require(try scanned(list, settings: settings).signals[.rating])
    for (index, value) in found.enumerated() {
      #expect(value == (index % 9 == 0 ? nil : directions[index] * (Double(index % 5) - 2)))
    }
  }

  @Test("likeness is 1 for the same words, 0 for none in common, and the same either way")
  func likeness() {
    func counts(_ text: String) -> BucketCounts {
      var (style, counts) = (StyleFeatures(), BucketCounts())
      style.read(text)
      counts.count(style.scan.tokens)
      return counts
    }
    #expect(BucketCounts.likeness(counts("one two"), counts("One, two")) == 1)
    #expect(BucketCounts.likeness(counts("one two"), counts("three four")) == 0)
    #expect(BucketCounts.likeness(counts(""), counts("")) == 1)
    // Words one, two, three and pairs; in common: one, two, "one two".
    #expect(BucketCounts.likeness(counts("one two"), counts("one two three")) == 3.0 / 5)
    #expect(
      BucketCounts.likeness(counts("a b c a"), counts("a d"))
        == BucketCounts.likeness(counts("a d"), counts("a b c a")))
  }

  @Test("a head learns nothing from numbers that are only looked at, and says how right they are")
  func measures() throws {
    let plain = rows(200, seed: 8)
    var measured = plain
    let directions = plain.directions
    measured.add(.reference) { directions[$0] * ($0 % 4 == 0 ? -1 : 1) }
    let (one, two) = (try scanned(plain), try scanned(measured))
    #expect(one.signals[.leaveOneOut] == two.signals[.leaveOneOut])
    #expect(two.rewards[0].use == .measure)
    #expect(abs(try #require(two.rewards[0].accuracy?.value) - 0.75) < 1e-12)
    let signal = SignalID(rawValue: "reference")
    #expect(two.signals[signal] != nil && signal.isExternalReward)
    #expect(SignalID(rawValue: "ld_dpo_2").isExternalReward)
    #expect(!SignalID(rawValue: "dpo_").isExternalReward)
    #expect(ScanResult(encoded: two.encoded()) == two)
  }
}
