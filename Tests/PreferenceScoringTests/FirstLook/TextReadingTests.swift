import Foundation
import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite("Text reading")
struct TextReadingTests {
  private static let pieces = [
    "word", "Word", "WORDS", "don't", "'quoted'", "a_b", "3.14", "über", "ÜBER", "naïve", "Straße",
    "İstanbul", "К", "привет", "日本語", "かな", "ไทย", "한국어", "हिन्दी", "e\u{301}", "\u{2019}", "\u{212A}",
    "?", "!", "...", "\u{2028}", "\u{a0}", "\u{3000}", "\n", "\t", " ", "-", "\u{200b}", "😀", "👩‍👩‍👧",
    "ﬁ", "½",
    "\u{0}", "\u{85}", "_", "'", "a'", "''b",
  ]

  private static func text(_ seed: UInt64) -> String {
    var generator = SeededGenerator(seed: seed)
    return (0..<generator.below(30)).map { _ in
      pieces[generator.below(pieces.count)] + (generator.below(2) == 0 ? " " : "")
    }.joined()
  }

  @Test(
    "the key of every text is the one that a scan gives it", arguments: 0..<400 as Range<UInt64>)
  func sameKey(seed: UInt64) {
    let text = Self.text(seed)
    var reading = TextReading(keepsWords: true)
    var scan = TextScan()
    reading.read(text)
    scan.read(text.utf8.span)
    #expect(reading.key == scan.key, "\(text.unicodeScalars.map { String($0.value, radix: 16) })")
    #expect(reading.length == text.unicodeScalars.count)
    let marks: Set<UInt64> = [WordHash.of(Array("?".utf8)), WordHash.of(Array("!".utf8))]
    #expect(reading.words == scan.tokens.map(\.hash).filter { !marks.contains($0) })
  }

  @Test("letters are counted by script, and the script of most letters is the row's")
  func scripts() {
    for (text, script) in [
      ("Hello, it's 12 o'clock", .latin), ("Καλημέρα κόσμε ok", .greek),
      ("Привет, world", .cyrillic),
      ("שלום", .hebrew), ("مرحبا بالعالم", .arabic), ("नमस्ते", .devanagari), ("สวัสดี", .thai),
      ("안녕하세요", .hangul), ("こんにちは", .kana), ("你好世界", .han), ("გამარჯობა", .other),
      ("বাংলা", .bengali), ("தமிழ்", .otherIndic), ("Բարեւ", .armenian),
    ] as [(String, WritingScript)] {
      var reading = TextReading(keepsWords: false)
      reading.read(text)
      #expect(reading.mainScript == script, "\(text)")
      reading.begin()
      #expect(reading.mainScript == nil)
      reading.read("12 % -- \u{2026} 😀")
      #expect(reading.mainScript == nil)
    }
    for (place, script) in WritingScript.allCases.enumerated() { #expect(script.place == place) }
  }

  private func troubles(_ text: String) -> EncodingTroubles {
    var reading = TextReading(keepsWords: false)
    reading.read(text)
    return reading.troubles
  }

  @Test("each sign of trouble is told from ordinary text")
  func troubleSigns() {
    for (text, trouble) in [
      ("a\u{fffd}", .replacement), ("a\u{7}b", .control), ("a\u{9d}", .control),
      ("\u{202e}abc", .bidirectional), ("a\u{2067}b", .bidirectional), ("a\u{200b}b", .invisible),
      ("\u{feff}a", .invisible), ("soft\u{ad}ly", .invisible), ("\u{e0041}", .invisible),
    ] as [(String, EncodingTrouble)] {
      #expect(troubles(text) == EncodingTroubles(trouble), "\(trouble)")
    }
    for text in ["plain\ttext\r\n", "👩‍👩‍👧 می‌خواهم", "a \u{2028} b", "“quotes” – dash… €"] {
      #expect(troubles(text) == [])
    }
  }

  /// `text` as UTF-8 read as Windows-1252.
  private func misread(_ text: String) -> String? {
    var scalars = String.UnicodeScalarView()
    for byte in text.utf8 {
      guard byte >= 0x80 else {
        scalars.append(Unicode.Scalar(byte))
        continue
      }
      let known = (0x80...0x2122 as ClosedRange<UInt32>).lazy.compactMap(Unicode.Scalar.init)
      // Bytes without a meaning in Windows-1252 stay the control characters of Latin-1.
      let scalar = known.reversed().first { Mojibake.byte(of: $0) == byte }
      scalars.append(scalar ?? Unicode.Scalar(byte))
    }
    return String(scalars)
  }

  @Test(
    "text in the wrong encoding is noticed, the text itself is not",
    arguments: [
      "Café au lait", "naïve", "it’s", "“so”", "a – b", "5 € a day", "über", "Привет, мир",
      "Καλημέρα",
      "日本語です", "你好", "well 😀", "señor ¿qué?", "10 °C",
    ])
  func mojibake(text: String) throws {
    #expect(!troubles(text).contains(EncodingTroubles(.mojibake)), "\(text)")
    let wrong = try #require(misread(text))
    #expect(troubles(wrong).contains(EncodingTroubles(.mojibake)), "\(wrong)")
  }

  @Test(
    "correct text that could be read as bytes is left alone",
    arguments: [
      "« le café »…", "le café»…", "SÃO PAULO", "“È”", "¿Qué…?", "ÄÖÜ äöü ß", "Łódź", "œuvre",
      "Ñandú",
      "tout été…» dit-il", "â", "à 5°", "x² + y²",
    ])
  func noMojibake(text: String) {
    #expect(!troubles(text).contains(EncodingTroubles(.mojibake)), "\(text)")
  }
}
