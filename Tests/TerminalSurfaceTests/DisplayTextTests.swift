import CUTF8Proc
import TerminalSurface
import Testing

@Suite("Text that may be drawn")
struct DisplayTextTests {
  let display = DisplayText()

  /// Whether all that is drawn of `text` may be drawn, and is as wide as utf8proc says.
  private func isHonest(_ text: String) -> Bool {
    display.clusters(of: text).allSatisfy { cluster in
      var columns = 0
      for scalar in cluster.text.unicodeScalars {
        let width = Int(scalar_columns(scalar.value))
        if width < 0 { return false }
        columns += width
      }
      return columns == cluster.columns
    }
  }

  @Test(
    "every scalar is drawn as utf8proc allows and as wide, alone on a line and behind a letter",
    arguments: ["\n", "a"])
  func drawsWhatUTF8ProcDraws(before: Unicode.Scalar) {
    for first in stride(from: UInt32(0), to: 0x11_0000, by: 256) {
      var text = String.UnicodeScalarView()
      for value in first..<(first + 256) {
        guard let scalar = Unicode.Scalar(value) else { continue }
        text.append(before)
        text.append(scalar)
      }
      let isDrawnWell = isHonest(String(text))
      #expect(isDrawnWell, "in the 256 scalars from \(first)")
    }
  }

  @Test("a scalar of doubtful width is never drawn, whatever stands beside it")
  func hidesDoubtfulScalars() {
    let opinion = { (scalar: Unicode.Scalar) in
      scalar.value % 7 == 0 ? -1 : Int(scalar_columns(scalar.value))
    }
    let doubtful = DisplayText.doubtfulScalars(columns: opinion)
    let careful = DisplayText(doubtful: doubtful)
    for seed in 0..<200 {
      let drawn = careful.clusters(of: hostileText(seed: seed)).map(\.text).joined()
      #expect(!drawn.unicodeScalars.contains { doubtful.contains($0) && $0.value >= 0xA0 })
    }
    #expect(!doubtful.isEmpty)
    #expect(DisplayText.doubtfulScalars { Int(scalar_columns($0.value)) }.isEmpty)
  }

  @Test("the clusters' sources follow each other and make up the text", arguments: 0..<100)
  func sourcesCoverTheText(seed: Int) {
    let text = hostileText(seed: seed)
    var end = 0
    for cluster in display.clusters(of: text) {
      #expect(cluster.source.lowerBound == end)
      end = cluster.source.upperBound
    }
    #expect(end == text.utf8.count)
  }

  @Test("text that was made drawable stays as it is and as wide", arguments: 0..<200)
  func isIdempotent(seed: Int) {
    let drawn = display.clusters(of: hostileText(seed: seed)).map(\.text).joined()
    #expect(display.clusters(of: drawn).map(\.text).joined() == drawn)
    #expect(display.columns(of: drawn) == display.columns(of: hostileText(seed: seed)))
  }

  @Test("a cluster has at most the five scalars that a cell of ncurses holds", arguments: 0..<100)
  func fitsACell(seed: Int) {
    for cluster in display.clusters(of: hostileText(seed: seed))
    where cluster.text.utf8.count != cluster.columns {
      #expect((1...5).contains(cluster.text.unicodeScalars.count))
      #expect((1...2).contains(cluster.columns))
    }
  }

  @Test("cut text never takes more than its columns, and padded text takes exactly them")
  func cutsAndPads() {
    for seed in 0..<60 {
      let text = hostileText(seed: seed, pieces: 8)
      for columns in 0..<40 {
        #expect(display.columns(of: display.truncated(text, to: columns)) <= columns)
        #expect(display.columns(of: display.padded(text, to: columns)) == columns)
        #expect(
          display.columns(of: display.padded(text, to: columns, alignedRight: true)) == columns)
      }
    }
    #expect(display.truncated("exactly", to: 7) == "exactly")
    #expect(display.truncated("one more", to: 7) == "one ...")
    #expect(display.truncated("one", to: 2) == "on")
    #expect(display.truncated("one", to: .max) == "one")
    #expect(display.truncated("one", to: -1) == "")
  }

  @Test(
    "what would drive or trick a terminal is shown as a mark",
    arguments: [
      ("\u{1B}[31m", "^[[31m"), ("\u{9B}m", "<U+009B>m"), ("\u{7F}", "^?"), ("\u{0}", "^@"),
      ("a\rb", "a^Mb"), ("\u{202E}abc", "<U+202E>abc"), ("a\u{200B}b", "a<U+200B>b"),
      ("pass\u{200D}word", "pass<U+200D>word"), ("a\u{FE0F}b", "a<U+FE0F>b"),
      ("\u{E0041}", "<U+E0041>"), ("\u{3164}", "<U+3164>"), ("\u{10FFFF}", "<U+10FFFF>"),
      ("\u{301}", "<U+0301>"),
      ("a\u{300}\u{300}\u{300}\u{300}\u{301}\u{302}", "a\u{300}\u{300}\u{300}\u{300}<+2>"),
      ("🇩🇪", "[DE]"), ("🇩", "<U+1F1E9>"), ("❤️", "❤"), ("👍🏽", "👍"), ("👨‍👩‍👧", "👨👩👧"),
      ("\u{1112}\u{1161}\u{11AB}", "한"), ("a\tb", "a   b"), ("a\r\nb\nc", "a b c"),
      ("می‌خواهم", "میخواهم"),
    ])
  func showsMarks(stored: String, drawn: String) {
    let shown = display.clusters(of: stored).map(\.text).joined()
    #expect(Array(shown.unicodeScalars) == Array(drawn.unicodeScalars))
  }
}
