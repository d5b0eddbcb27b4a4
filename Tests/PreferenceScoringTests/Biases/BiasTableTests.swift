import Foundation
import PreferenceData
import Testing

@testable import PreferenceScoring

/// The bias table of `rows`.
func biasTable(_ rows: [PreferenceRow], jobs: Int = 1) throws -> BiasTable {
  var survey = BiasSurvey(source: RowList(rows), jobs: jobs)
  var share = 0.0
  while !survey.advance() {
    #expect(survey.share >= share && survey.share < 1)
    share = survey.share
  }
  #expect(survey.share == 1)
  return try #require(survey.table)
}

extension BiasTable {
  fileprivate func row(_ subject: BiasSubject) -> BiasRow? { index(of: subject).map { rows[$0] } }
}

@Suite("Bias table")
struct BiasTableTests {
  @Test("the mirrored file has the mirrored table", arguments: 0..<3 as Range<UInt64>)
  func mirrored(seed: UInt64) throws {
    let rows = Self.variedRows(400, seed: seed)
    let (table, mirror) = (try biasTable(rows), try biasTable(rows.map(\.swapped)))
    #expect(table.rows.map(\.subject) == mirror.rows.map(\.subject))
    #expect(table.rows.map(\.withoutDirection) == mirror.rows.map(\.withoutDirection))
    for (row, other) in zip(table.rows, mirror.rows) {
      #expect(row.winCount + other.winCount == row.pairCount)
      #expect(row.effect?.logOddsRatio == other.effect.map { -$0.logOddsRatio })
      #expect(row.isClear == other.isClear && row.isSignificant == other.isSignificant)
    }
    for index in table.rows.indices
    where 2 * table.rows[index].winCount != table.rows[index].pairCount {
      #expect(table.counterExamples(ofRowAt: index) == mirror.counterExamples(ofRowAt: index))
    }
  }

  @Test(
    "it depends neither on the number of threads nor, beyond rounding, on the order of the rows")
  func order() throws {
    let rows = Self.variedRows(500, seed: 21)
    let table = try biasTable(rows)
    let parallel = try biasTable(rows, jobs: 3)
    #expect(parallel == table)
    let turned = try biasTable(rows.reversed())
    for row in table.rows {
      let other = try #require(turned.row(row.subject))
      #expect(row.pairCount == other.pairCount && row.winCount == other.winCount)
      #expect(row.isClear == other.isClear)
      if let effect = row.effect, let otherEffect = other.effect {
        #expect(abs(effect.logOddsRatio - otherEffect.logOddsRatio) < 1e-7)
      }
    }
  }

  @Test("the pairs of rankings count as pairs do, and counter-examples are rows of the file")
  func rankings() throws {
    let rows = Self.variedRows(120, seed: 4).enumerated().map { number, row in
      guard number.isMultiple(of: 3) else { return row }
      var ranked = row
      ranked.sides.append(
        Side(turns: [Turn(.assistant, String(repeating: "more ", count: number % 11 + 1))]))
      ranked.label = .ranks([number % 2, 1 - number % 2, 2])
      return ranked
    }
    let pairs = RowList(rows).listedPairs()
    let source = PairsOfRankings(RowList(rows), pairs: pairs)
    var survey = BiasSurvey(source: source, pairs: pairs, jobs: 2)
    while !survey.advance() {}
    let table = try #require(survey.table)
    let apart = try biasTable(try (0..<pairs.placeCount).map { try source.row(at: $0).get() })
    #expect(table.rows == apart.rows && table.pairCount == apart.pairCount)
    #expect(table.rankingCount == 40 && apart.rankingCount == 0)
    for index in table.rows.indices {
      let places = apart.counterExamples(ofRowAt: index)
      #expect(table.counterExamples(ofRowAt: index) == Set(places.map(pairs.row(of:))).sorted())
    }
  }

  @Test("length is counted as its words say, and its counter-examples are those that lose")
  func length() throws {
    var pairs = GeneratedPairs(seed: 5)
    let rows = pairs.rows(600)
    let table = try biasTable(rows)
    let index = try #require(table.index(of: .feature(.length)))
    let longerWins = rows.map { row -> Int in
      guard let (chosen, rejected) = row.chosenAndRejected else { return 0 }
      let lengths = [chosen, rejected].map { row.sides[$0].text.unicodeScalars.count }
      return (lengths[0] - lengths[1]).signum()
    }
    #expect(table.rows[index].winCount == longerWins.count { $0 > 0 })
    #expect(table.rows[index].pairCount == longerWins.count { $0 != 0 })
    #expect(
      table.counterExamples(ofRowAt: index) == rows.indices.filter { longerWins[$0] < 0 })
    #expect(table.rows[index].isClear)
    for position in rows.indices {
      #expect(table.effectsAgainst(pairAt: position).contains(index) == (longerWins[position] < 0))
    }
    #expect(table.effectsAgainst(pairAt: 600) == [])
  }

  @Test("what only comes with length wins more often, and has no odds of its own")
  func control() throws {
    var generator = SeededGenerator(seed: 3)
    let rows = (0..<3000).map { _ -> PreferenceRow in
      let counts = [generator.below(40) + 1, generator.below(40) + 1]
      let texts = counts.map { count in
        (0..<count).map { _ in generator.below(6) == 0 ? "word!" : "words" }
          .joined(separator: " ")
      }
      let lengths = texts.map { log1p(Double($0.unicodeScalars.count)) }
      let odds = 1.5 * (lengths[0] - lengths[1])
      return Self.row(texts, chosen: generator.unit() < sigmoid(odds) ? 0 : 1)
    }
    let table = try biasTable(rows)
    let exclamations = try #require(table.row(.feature(.exclamations)))
    let effect = try #require(exclamations.effect)
    #expect(exclamations.winRate.lower > 0.6)
    #expect(abs(effect.logOddsRatio) < 3 * effect.standardError)
    #expect(!exclamations.isClear)
    #expect(table.row(.feature(.length))?.isClear == true)
  }

  @Test("of sixty files with labels drawn by lot, about one in twenty has an effect beyond chance")
  func chance() throws {
    let falseAlarms = try (0..<60 as Range<UInt64>).count { seed in
      var generator = SeededGenerator(seed: seed &+ 1000)
      let rows = Self.variedRows(150, seed: seed).map { row in
        var row = row
        row.label = .prefers(generator.below(2))
        return row
      }
      let table = try biasTable(rows)
      #expect(table.testedCount > 12)
      return table.significantCount > 0
    }
    // Holm allows 3; above 8 is three standard deviations off.
    #expect(falseAlarms <= 8)
  }

  @Test("of models and of the position the odds are those of the two-by-two table")
  func authors() throws {
    var rows: [PreferenceRow] = []
    // Texts of one length: nothing is left to control for.
    for (count, chosen) in [(60, 0), (20, 1)] {
      for number in 0..<count {
        var row = Self.row(["side a \(number + 100)", "side b \(number + 100)"], chosen: chosen)
        row.sides[0].author = "small"
        row.sides[1].author = "large"
        rows.append(row)
      }
    }
    let table = try biasTable(rows)
    let model = try #require(table.row(.author("small")))
    #expect(model.pairCount == 80 && model.winCount == 60)
    let position = try #require(table.row(.position))
    for row in [model, position] {
      let effect = try #require(row.effect)
      #expect(abs(effect.oddsRatio.value - 60.5 / 20.5) < 1e-6)
    }
    #expect(table.row(.author("large"))?.winCount == 20)
    #expect(table.row(.feature(.length)) == nil)
    let index = try #require(table.index(of: .author("large")))
    #expect(table.counterExamples(ofRowAt: index) == Array(60..<80))
  }

  @Test("a file that always names the chosen side first tests no position")
  func position() throws {
    let rows = Self.variedRows(200, seed: 2).map { row -> PreferenceRow in
      var row = row
      row.label = .prefers(0)
      return row
    }
    #expect(try biasTable(rows).row(.position) == nil)
    #expect(try biasTable(rows.map(\.swapped)).row(.position) == nil)
  }

  @Test("sources and annotators are compared with all others, by their two-by-two table")
  func groups() throws {
    var rows: [PreferenceRow] = []
    for (group, wins, losses) in [("forum", 60, 20), ("mail", 30, 50), ("few", 3, 3)] {
      for number in 0..<(wins + losses) {
        let texts = ["a much longer side \(number)", "a side \(number)"]
        var row = Self.row(texts, chosen: number < wins ? 0 : 1)
        row.group = group
        row.annotator = "kim"
        rows.append(row)
      }
    }
    let table = try biasTable(rows)
    let forum = try #require(table.row(.group("forum")))
    let effect = try #require(forum.effect)
    #expect(abs(effect.oddsRatio.value - (60.5 * 53.5) / (20.5 * 33.5)) < 1e-9)
    let variance = 1 / 60.5 + 1 / 20.5 + 1 / 33.5 + 1 / 53.5
    #expect(abs(effect.standardError - variance.squareRoot()) < 1e-12)
    #expect(forum.isSignificant && !forum.isClear)
    #expect(table.row(.group("few")) == nil)
    // With one annotator there are no others.
    #expect(table.row(.annotator("kim")) == nil)
    let mail = try #require(table.index(of: .group("mail")))
    #expect(table.counterExamples(ofRowAt: mail) == Array(80..<110))
  }

  @Test("the later half of the dates is compared with the earlier one, undated rows left out")
  func dates() throws {
    var rows: [PreferenceRow] = []
    for number in 0..<240 {
      let wins = number < 100 ? number.isMultiple(of: 2) : number < 200 ? number % 5 != 0 : true
      var row = Self.row(["a much longer side", "a side"], chosen: wins ? 0 : 1)
      // Dates fall: the second hundred is the earlier one.
      row.date = number < 200 ? 1000 - Int64(number) : nil
      rows.append(row)
    }
    let later = try #require(try biasTable(rows).row(.laterHalf))
    #expect(later.pairCount == 100 && later.winCount == 50)
    let effect = try #require(later.effect)
    #expect(abs(effect.oddsRatio.value - (50.5 * 20.5) / (50.5 * 80.5)) < 1e-9)
    let sameDay = rows.map { row in
      var row = row
      row.date = 5
      return row
    }
    #expect(try biasTable(sameDay).row(.laterHalf) == nil)
  }

  @Test("rows that are no pairs count for nothing, and too few pairs are not tested")
  func oddRows() throws {
    var rows = (0..<5).map { Self.row(["long side \($0)", "side"], chosen: 0) }
    rows.append(PreferenceRow(context: [], sides: rows[0].sides, label: .tie))
    rows.append(Self.row(["same", "same"], chosen: 0))
    rows.append(Self.row(["one"], chosen: 0))
    let table = try biasTable(rows)
    let length = try #require(table.row(.feature(.length)))
    #expect(table.pairCount == 5 && length.pairCount == 5)
    #expect(length.effect == nil && length.adjustedPValue == nil && !length.isSignificant)
    #expect(try biasTable([]).rows.isEmpty)
  }

  @Test("the size of an effect follows Cohen's limits")
  func effectSize() {
    func size(_ wins: Int, of count: Int) -> BiasRow.EffectSize {
      BiasRow(
        subject: .position, pairCount: count, winCount: wins, effect: nil, adjustedPValue: nil
      ).effectSize
    }
    #expect(size(50, of: 100) == .none && size(54, of: 100) == .none)
    #expect(size(55, of: 100) == .small && size(45, of: 100) == .small)
    #expect(size(65, of: 100) == .medium && size(35, of: 100) == .medium)
    #expect(size(75, of: 100) == .large && size(0, of: 100) == .large)
  }

  /// Rows with everything that the table tests: marks of all kinds, models, sources, annotators, and
  /// labels on either side.
  static func variedRows(_ count: Int, seed: UInt64) -> [PreferenceRow] {
    var pairs = GeneratedPairs(seed: seed)
    var generator = SeededGenerator(seed: seed &+ 77)
    let marks = [
      "**bold**", "```", "see [3]", "\u{1F600}", "it's", "https://a.b", "# head", "plain",
    ]
    return pairs.rows(count).map { row in
      var row = row
      for side in row.sides.indices {
        row.sides[side].turns[0].text += "\n\(marks[generator.below(marks.count)])"
        row.sides[side].author = ["m1", "m2", "m3"][generator.below(3)]
      }
      row.group = ["s1", "s2"][generator.below(2)]
      row.annotator = ["a1", "a2", "a3"][generator.below(3)]
      return row
    }
  }

  private static func row(_ texts: [String], chosen: Int) -> PreferenceRow {
    PreferenceRow(
      context: [Turn(.user, "a question")],
      sides: texts.map { Side(turns: [Turn(.assistant, $0)]) }, label: .prefers(chosen))
  }
}
