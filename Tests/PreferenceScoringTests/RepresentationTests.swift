import Foundation
import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite struct RepresentationTests {
  /// Pairs among `count` responses to one prompt, better ones of which are only known by their name:
  /// the words say nothing.
  private func tournament(pairs: Int, responses count: Int, seed: UInt64) -> [PreferenceRow] {
    var texts = GeneratedPairs(seed: seed)
    let sides = (0..<count).map { "\(texts.text()) \($0)" }
    var generator = SeededGenerator(seed: seed)
    return (0..<pairs).map { _ in
      let first = generator.below(count)
      let second = (first + 1 + generator.below(count - 1)) % count
      let gain = 6 * Double(first - second) / Double(count)
      return PreferenceRow(
        context: [Turn(.user, "which?")],
        sides: [first, second].map { Side(turns: [Turn(.assistant, sides[$0])]) },
        label: .prefers(generator.unit() < sigmoid(gain) ? 0 : 1))
    }
  }

  @Test("responses that recur give a block, responses that do not give none")
  func recurrence() throws {
    let result = try scanned(RowList(tournament(pairs: 400, responses: 30, seed: 1)))
    #expect(result.blockWeights.map(\.block) == [.style, .words, .items])
    #expect(result.head?.space.items.keys.count == 30)
    var pairs = GeneratedPairs(seed: 1)
    let plain = try scanned(RowList(pairs.rows(200)))
    #expect(plain.blockWeights.map(\.block) == [.style, .words])
  }

  @Test("copies of one pair do not make its responses recur")
  func copiesAreNoItems() {
    let pair = PairKeys(prompt: 1, pair: 7, chosen: 2, rejected: 3)
    let swapped = PairKeys(prompt: 1, pair: 7, chosen: 3, rejected: 2)
    #expect(RecurringTexts(in: [pair, pair, swapped], seed: 0).keys.isEmpty)
    let other = PairKeys(prompt: 1, pair: 8, chosen: 2, rejected: 4)
    let items = RecurringTexts(in: [pair, swapped, other], seed: 0)
    #expect(items.keys == [pair.items[0]])
    #expect(items.pairCount(of: pair.items[0]) == 2)
    #expect(items.pairCount(of: pair.items[1]) == 0)
  }

  @Test("swapping a pair negates its items, sketched or not", arguments: [900, 3000])
  func itemSigns(count: Int) {
    let pairs = (0..<count).map { index in
      PairKeys(
        prompt: 5, pair: UInt64(index), chosen: UInt64(index),
        rejected: UInt64((index + 1) % count))
    }
    let items = RecurringTexts(in: pairs, seed: 3)
    #expect(items.keys.count == count)
    #expect(items.width == (count > 1024 ? 512 : count))
    for pair in pairs {
      var swapped = pair
      (swapped.chosen, swapped.rejected) = (pair.rejected, pair.chosen)
      var one = [Float](repeating: 0, count: items.width)
      var other = one
      items.add(pair, to: &one, at: 0)
      items.add(swapped, to: &other, at: 0)
      #expect(one == other.map { -$0 })
    }
  }

  @Test("what recurs is judged by its other pairs: wrong labels of a tournament are found")
  func tournaments() throws {
    var rows = tournament(pairs: 1500, responses: 40, seed: 2)
    var generator = SeededGenerator(seed: 9)
    let isWrong = rows.map { _ in generator.unit() < 0.15 }
    for row in rows.indices where isWrong[row] { rows[row] = rows[row].swapped }
    let quality = try #require(try scanned(RowList(rows)).detectionQuality(isWrong: isWrong))
    #expect(quality.auroc.value > 0.75)
  }

  /// Rows whose better side is the longer one in the group "long", the shorter one in "short".
  private func opposed(_ count: Int, seed: UInt64) -> [PreferenceRow] {
    var pairs = GeneratedPairs(seed: seed)
    return pairs.rows(count).enumerated().map { index, row in
      var row = row
      row.group = index.isMultiple(of: 2) ? "long" : "short"
      let longer = row.sides[0].text.count > row.sides[1].text.count ? 0 : 1
      row.label = .prefers(row.group == "long" ? longer : 1 - longer)
      return row
    }
  }

  @Test("groups of opposite taste are told apart where the file names them")
  func groups() throws {
    let rows = opposed(800, seed: 4)
    let named = try scanned(RowList(rows))
    #expect(named.blockWeights.map(\.block) == [.style, .words, .groups])
    let unnamed = try scanned(
      RowList(
        rows.map { row in
          var row = row
          row.group = nil
          return row
        }))
    #expect(unnamed.blockWeights.map(\.block) == [.style, .words])
    guard case .measured(_, let with, _) = named.quality,
      case .measured(_, let without, _) = unnamed.quality
    else {
      Issue.record("not measured")
      return
    }
    #expect(with.value > 0.9)
    #expect(without.value < 0.65)
    for (index, row) in rows.enumerated() {
      let found = try #require(named.explanation(of: row, at: index, limit: 4))
      let sum = found.contributions.reduce(found.rest) { $0 + $1.amount }
      #expect(abs(sum - found.margin) < 1e-9)
    }
    #expect(ScanResult(encoded: named.encoded()) == named)
  }

  @Test("groups stand by falling size, small ones and lone ones do not count")
  func groupOrder() {
    let many = (0..<200).map { $0 < 90 ? "b" : $0 < 150 ? "c" : $0 < 151 ? nil : "a" }
    #expect(GroupStyle(of: many).names == ["b", "c"])
    #expect(GroupStyle(of: Array(repeating: "a", count: 500)).names.isEmpty)
  }

  @Test("an annotator whose other labels are contradicted makes a label suspicious")
  func annotators() throws {
    var pairs = GeneratedPairs(seed: 6)
    var generator = SeededGenerator(seed: 6)
    var isWrong: [Bool] = []
    let rows = pairs.rows(1500).enumerated().map { index, row in
      var row = row
      row.annotator = "worker \(index % 5)"
      isWrong.append(index % 5 == 3 && generator.unit() < 0.4)
      return isWrong[index] ? row.swapped : row
    }
    let result = try scanned(RowList(rows))
    let offsets = try #require(result.signals[.annotator])
    func mean(_ worker: Int) -> Double {
      let own = offsets.indices.filter { $0 % 5 == worker }.compactMap { offsets[$0] }
      return own.reduce(0, +) / Double(own.count)
    }
    #expect([0, 1, 2, 4].allSatisfy { mean($0) > 0 } && mean(3) < 0)
    let unnamed = try scanned(
      RowList(
        rows.map { row in
          var row = row
          row.annotator = nil
          return row
        }))
    #expect(unnamed.signals[.annotator] == nil)
    let with = try #require(result.detectionQuality(isWrong: isWrong))
    let without = try #require(unnamed.detectionQuality(isWrong: isWrong))
    #expect(with.auroc.value > without.auroc.value)
    for (index, row) in rows.prefix(100).enumerated() {
      let found = try #require(result.explanation(of: row, at: index, limit: 4))
      let sum = found.contributions.reduce(found.rest) { $0 + $1.amount }
      #expect(abs(sum - found.margin) < 1e-9)
      #expect(found.margin == result.signals[.leaveOneOut]?[index])
    }
  }

  @Test("a label says nothing about its own annotator, and one annotator is none")
  func annotatorLeaveOut() {
    let names = (0..<40).map { $0 < 10 ? "a" : "b" }
    var margins: [Double?] = (0..<40).map { Double($0 % 7) - 2 }
    let before = AnnotatorReliability.offsets(annotators: names, leftOutMargins: margins)
    margins[0] = -30
    let after = AnnotatorReliability.offsets(annotators: names, leftOutMargins: margins)
    // Only the average moves for row 0, and the others of its annotator fall.
    #expect(zip(before, after).dropFirst().prefix(9).allSatisfy { ($0.0 ?? 0) > ($0.1 ?? 0) })
    #expect((after[0] ?? 0) >= (before[0] ?? 0))
    #expect(
      AnnotatorReliability.offsets(
        annotators: names.map { _ in "a" }, leftOutMargins: margins
      ).isEmpty)
  }
}
