import Foundation
import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite("What the bias table counts")
struct BiasFeatureTests {
  private func value(_ feature: BiasFeature, of text: String) -> Double {
    var reader = BiasReader()
    return reader.values(of: text)[feature.column]
  }

  @Test(
    "marks are counted as described",
    arguments: [
      (BiasFeature.markup, "**one** and **two**\n# Head\n#no\na # b", 3),
      (.markup, "2 * 3 * 4 *single*", 0),
      (.code, "```swift\nlet a = 1\n```\nand\n```", 2), (.code, "`inline` ``two``", 0),
      (.citations, "as in [12] and (Luce, 1959)", 2),
      (.citations, "[a] [1234] (1859) 1959) x(31959)", 1),
      (.citations, "http://www.a.b https://c.d www.e.f hwww.g awww.h", 3),
      (.emoji, "\u{1F44D}\u{1F3FD} \u{2603} \u{1F1E9}\u{1F1EA}", 4), (.emoji, "日本語 é – €", 0),
      (.lists, "- a\n* b\n1. c\nd", 3),
    ])
  func marks(feature: BiasFeature, text: String, count: Int) {
    #expect(abs(value(feature, of: text) - log1p(Double(count))) < 1e-12)
  }

  @Test("contractions are words with an apostrophe inside, straight or typographic")
  func contractions() {
    #expect(abs(value(.contractions, of: "it's what we don't say") - 2.0 / 5) < 1e-6)
    #expect(abs(value(.contractions, of: "it\u{2019}s 'quoted' dogs'") - 1.0 / 4) < 1e-6)
    #expect(value(.contractions, of: "") == 0)
  }

  @Test("what the style block has too is the same there", arguments: BiasFeature.allCases)
  func style(feature: BiasFeature) {
    guard let column = feature.style else { return }
    var style = StyleFeatures()
    var pairs = GeneratedPairs(seed: 8)
    for _ in 0..<20 {
      let text = pairs.text()
      #expect(value(feature, of: text) == style.values(of: text)[column.rawValue])
    }
  }

  @Test("any bytes are counted without a trap", arguments: 0..<20 as Range<UInt64>)
  func anyText(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let alphabet = Array("*#`[]()'12309 \nhttps://www.\u{2019}\u{1F600}\u{2603}ab".unicodeScalars)
    var reader = BiasReader()
    for _ in 0..<50 {
      var text = ""
      for _ in 0..<generator.below(30) {
        text.unicodeScalars.append(alphabet[generator.below(alphabet.count)])
      }
      #expect(reader.values(of: text).allSatisfy { $0.isFinite })
    }
  }
}

@Suite("The signal of biases")
struct BiasSignalTests {
  private func signal(_ rows: [PreferenceRow], jobs: Int = 1) throws -> [Double?] {
    let settings = ScanSettings(sketchWidth: 16, signals: [.bias])
    let result = try scanned(RowList(rows), settings: settings, jobs: jobs)
    return Array(try #require(result.signals[.bias]))
  }

  @Test("a label against the biases is below 0, and exchanging all labels changes nothing")
  func direction() throws {
    var pairs = GeneratedPairs(seed: 6)
    let rows = pairs.rows(500)
    let found = try signal(rows).compactMap(\.self)
    #expect(found.count == 500)
    let mirrored = try signal(rows.map(\.swapped)).compactMap(\.self)
    for (one, other) in zip(found, mirrored) { #expect(abs(one - other) < 1e-9) }
    let table = try biasTable(rows)
    let length = try #require(table.index(of: .feature(.length)))
    let against = Set(table.counterExamples(ofRowAt: length))
    let means = [true, false].map { isAgainst in
      let values = rows.indices.filter { against.contains($0) == isAgainst }.map { found[$0] }
      return values.reduce(0, +) / Double(values.count)
    }
    #expect(means[0] < 0 && means[1] > 0)
    #expect(SignalID.bias.isSuspiciousWhenLow)
  }

  @Test("it is the sum of the clear effects, fitted together")
  func sum() throws {
    var pairs = GeneratedPairs(seed: 6)
    let rows = pairs.rows(500)
    let clear = try biasTable(rows).rows.filter(\.isClear)
    // In these pairs the label follows length; nothing else is clear beside it.
    #expect(clear.map(\.subject) == [.feature(.length)])
    var style = StyleFeatures()
    var column = rows.map { row -> Double in
      guard let (chosen, rejected) = row.chosenAndRejected else { return 0 }
      let lengths = [chosen, rejected].map {
        Float(style.values(of: row.sides[$0].text)[StyleFeature.loglen.rawValue])
      }
      return Double(lengths[0] - lengths[1])
    }
    let scale = (column.reduce(0) { $0 + $1 * $1 } / Double(column.count)).squareRoot()
    column = column.map { DesignMatrix.nearest(max(-4, min(4, $0 / scale))) }
    let beta = try #require(FirthFit([column])).coefficients[0]
    for (value, x) in zip(try signal(rows), column) {
      #expect(abs(try #require(value) - beta * x) < 1e-4)
    }
  }

  @Test("it does not depend on the number of threads, and is silent where nothing is clear")
  func silence() throws {
    var pairs = GeneratedPairs(seed: 12)
    let rows = pairs.rows(400)
    let (one, three) = (try signal(rows), try signal(rows, jobs: 3))
    #expect(one == three)
    var generator = SeededGenerator(seed: 3)
    let drawn = rows.map { generator.below(2) == 0 ? $0 : $0.swapped }
    let silent = try signal(drawn)
    #expect(silent.allSatisfy { $0 == nil })
  }
}
