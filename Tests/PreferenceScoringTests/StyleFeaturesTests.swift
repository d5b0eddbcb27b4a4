import Foundation
import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite struct StyleFeaturesTests {
  private func values(_ response: String, to prompt: String = "") -> [StyleFeature: Double] {
    var features = StyleFeatures()
    features.setPrompt([Turn(.user, prompt)], lastRequest: prompt)
    let values = features.values(of: response)
    return Dictionary(uniqueKeysWithValues: zip(StyleFeature.allCases, values))
  }

  @Test("there are 37 features, named as in the table")
  func names() {
    #expect(StyleFeature.count == 37)
    #expect(
      StyleFeature.allCases.map(\.name).joined(separator: " ")
        == """
        loglen logwords sents lines q excl digits bullets quotes paren caps ttr wlen refuse hedge \
        clarify polite I you neg endq endpunct short1 short2 long1 long2 jac contain novel lastover \
        rep sqrtlen sentlen url comma colon loglen2
        """)
  }

  @Test("an empty response has no words, one sentence and a closed end")
  func empty() {
    let found = values("")
    let expected: [StyleFeature: Double] = [
      .sents: log1p(1), .endpunct: 1, .short1: 1, .short2: 1, .logwords: log1p(1e-9),
      .sentlen: log1p(1e-9),
    ]
    for feature in StyleFeature.allCases {
      #expect(abs((found[feature] ?? .nan) - (expected[feature] ?? 0)) < 1e-15, "\(feature)")
    }
  }

  @Test("counts agree with a text counted by hand")
  func byHand() {
    let text = "Sorry, I can't: is it \"blue\"? Maybe.\n1. You don't know (no)!\n- great!"
    let found = values(text, to: "Is the sky blue today?")
    // sorry i can't is it blue maybe 1 you don't know no great: 13 words of 44 letters.
    let wordCount = 13 + 1e-9
    let expected: [StyleFeature: Double] = [
      .loglen: log1p(69), .logwords: log1p(wordCount), .sents: log1p(5), .lines: log1p(2), .q: 1,
      .excl: 2, .digits: log1p(1), .bullets: log1p(2), .quotes: log1p(1), .paren: log1p(1),
      .caps: 4.0 / 70, .ttr: 13 / wordCount, .wlen: 44 / wordCount, .refuse: 2, .hedge: log1p(1),
      .clarify: 0, .polite: log1p(1), .I: 1 / wordCount, .you: 1 / wordCount,
      .neg: 3 / wordCount, .endq: 0, .endpunct: 1, .short1: 0, .short2: 1,
      .comma: log1p(1), .colon: log1p(1), .rep: 1 - 12 / (12 + 1e-9),
    ]
    for (feature, value) in expected.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      #expect(abs((found[feature] ?? .nan) - value) < 1e-12, "\(feature)")
    }
  }

  @Test(
    "phrases are found at word boundaries, in any letter case, with or without an apostrophe",
    arguments: [
      ("I CAN'T and i cant", 2.0), ("insorry sorrys", 0), ("x'sorry'", 1), ("sorryé", 0),
      ("I don't know, I dont think", 2), ("illegal harmful dangerous sorry", 3), ("not  sure", 0),
    ])
  func refusals(text: String, count: Double) {
    #expect(values(text)[.refuse] == count)
  }

  @Test(
    "a question back needs its question mark before the sentence ends",
    arguments: [
      ("Which one?", 1.0), ("Which one. Ok?", 0), ("Which, or could you say?", 1),
      ("Could you? Can you! Do you?", 2), ("which", 0),
    ])
  func clarifications(text: String, count: Double) {
    #expect(values(text)[.clarify] == count)
  }

  @Test("bullets may follow blank lines and blanks, and numbers need their mark")
  func bullets() {
    #expect(values("- a\n\n  * b\n• c\n12) d\n7. e\n8 f\n3x. g\nh - i")[.bullets] == log1p(5))
  }

  @Test("the words of prompt and response are compared without stop words")
  func overlap() {
    var features = StyleFeatures()
    let last = Turn(.user, "And the moon?")
    features.setPrompt(
      [Turn(.user, "Is the sky blue"), Turn(.assistant, "Yes, blue sky"), last],
      lastRequest: last.text)
    let found = features.values(of: "The moon is grey, the sky blue")
    // W(p) = sky blue yes moon, W(last) = moon, W(y) = moon grey sky blue.
    #expect(found[StyleFeature.jac.rawValue] == 3.0 / 6)
    #expect(found[StyleFeature.contain.rawValue] == 1.0 / 2)
    #expect(found[StyleFeature.novel.rawValue] == log1p(1))
    #expect(found[StyleFeature.lastover.rawValue] == 1)
  }

  @Test("a text is not remembered when the next is read", arguments: 0..<16)
  func noMemory(seed: UInt64) {
    var pairs = GeneratedPairs(seed: seed)
    let texts = (0..<8).map { _ in pairs.text() }
    var shared = StyleFeatures()
    shared.setPrompt([Turn(.user, texts[0])], lastRequest: texts[0])
    for text in texts {
      var fresh = StyleFeatures()
      fresh.setPrompt([Turn(.user, texts[0])], lastRequest: texts[0])
      #expect(shared.values(of: text) == fresh.values(of: text))
    }
  }

  @Test("any text of any scalars is read, and counted by scalars", arguments: 0..<64)
  func anyText(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var text = ""
    let ranges = [
      0x20...0x7e, 0x0...0x1f, 0xa0...0x24f, 0x300...0x5ff, 0x2000...0x206f, 0x3040...0x9fff,
      0x1f300...0x1faff,
    ]
    for _ in 0..<generator.below(200) {
      let range = ranges[generator.below(ranges.count)]
      let value = range.lowerBound + generator.below(range.count)
      if let scalar = Unicode.Scalar(UInt32(value)) { text.unicodeScalars.append(scalar) }
    }
    let found = values(text, to: text)
    #expect(found[.loglen] == log1p(Double(text.unicodeScalars.count)))
    let areFinite = found.values.allSatisfy(\.isFinite)
    #expect(areFinite)
    let upper = text.unicodeScalars.count { $0.properties.isUppercase }
    #expect(found[.caps] == Double(upper) / Double(text.unicodeScalars.count + 1))
  }
}
