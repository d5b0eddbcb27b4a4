import PreferenceData
import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Rendering of texts")
struct RenderingTests {
  private func rendering(_ highlight: String? = nil) -> PairRendering {
    PairRendering(unfoldingKey: "k", highlight: highlight)
  }

  @Test("reasoning folds to one line, unless it never ends, is empty, or holds what is sought")
  func reasoningFolds() {
    func folded(_ text: String, _ highlight: String? = nil) -> String {
      Reasoning.folded(text, rendering(highlight)).text
    }
    #expect(
      folded("<think>\na b\n</think>\nx <thinking>c</thinking>")
        == "[reasoning: 2 words, k unfolds]\nx [reasoning: 1 word, k unfolds]")
    for text in [
      "<think>a b", "</think>", "<think> \n</think>", "a < b", "<think", "<thin>k</thin>",
    ] {
      #expect(folded(text) == text)
    }
    let text = "<think>needle</think> <think>hay</think>"
    #expect(folded(text, "NEEDLE") == "<think>needle</think> [reasoning: 1 word, k unfolds]")
  }

  @Test("rendering adds nothing to a text and takes nothing away, but folds and alignment")
  func textStays() throws {
    for case .success(let row) in RenderedRows.rows + SampleRows.rows {
      let loaded = LoadedRow(row, seed: 7, annotator: SampleRows.annotator)
      let order = Array(loaded.row.sides.indices)
      let raw = PairTexts(loaded, order: order)
      let read = PairTexts(loaded, order: order, rendering: PairRendering())
      for pane in PairState.Pane.allCases {
        func text(_ texts: PairTexts, columns: Int) -> String {
          texts.rendered(
            pane, comparison: .off, columns: columns, display: DisplayText()
          ).runs.map(\.text).joined()
        }
        let original = text(raw, columns: 1)
        func words(_ text: String) -> [Character] {
          text.filter { !$0.isWhitespace && $0 != "-" }
        }
        #expect(words(text(read, columns: 1_000)) == words(original))
        if pane == .a { #expect(original == loaded.row.sides[0].text) }
        #expect(text(read, columns: 1).utf8.count == original.utf8.count)
      }
    }
  }

  @Test("places are found again through edits", arguments: 0..<32 as Range<UInt64>)
  func offsets(seed: UInt64) {
    var generator = SplitMix(seed: seed)
    var map = OffsetMap()
    // For each byte of the changed text, the byte of the source that it stands for.
    var origins: [Int] = []
    var source = 0
    for _ in 0..<Int.random(in: 0...8, using: &generator) {
      let kept = Int.random(in: 0...3, using: &generator)
      origins += source..<(source + kept)
      source += kept
      let removed = Int.random(in: 0...3, using: &generator)
      let put = Int.random(in: 1...3, using: &generator)
      map.append(OffsetMap.Edit(source: source..<(source + removed), count: put))
      origins += Array(repeating: source, count: put)
      source += removed
      // Edits that touch would leave open which of them a place belongs to.
      origins.append(source)
      source += 1
    }
    origins += source..<(source + 3)
    for (changed, origin) in origins.enumerated() {
      #expect(map.source(changed) == origin)
      #expect(map.source(map.changed(origin)) == origin)
    }
  }

  @Test(
    "lines that belong together share a row, both sides are equally long",
    arguments: 0..<64 as Range<UInt64>)
  func alignment(seed: UInt64) {
    var generator = SplitMix(seed: seed)
    var pairs: [(first: Int, second: Int)] = []
    var counts = (0, 0)
    for _ in 0..<Int.random(in: 0...6, using: &generator) {
      counts.0 += Int.random(in: 0...5, using: &generator)
      counts.1 += Int.random(in: 0...5, using: &generator)
      pairs.append((counts.0, counts.1))
      counts.0 += 1
      counts.1 += 1
    }
    let rows = PaneRows.aligned(pairs, first: counts.0, second: counts.1)
    for pair in pairs {
      #expect(rows.first.row(ofLine: pair.first) == rows.second.row(ofLine: pair.second))
    }
    #expect(counts.0 + rows.first.gapCount == counts.1 + rows.second.gapCount)
    for (side, count) in [(rows.first, counts.0), (rows.second, counts.1)] {
      let places = (0..<count).map { side.row(ofLine: $0) }
      #expect(zip(places, places.dropFirst()).allSatisfy { $0 < $1 })
      for row in 0..<(count + side.gapCount) {
        #expect(side.line(from: row, of: count) == places.firstIndex { $0 >= row } ?? count)
      }
    }
    // No row is a gap on both sides.
    let first = (0..<counts.0).map { rows.first.row(ofLine: $0) }
    let second = (0..<counts.1).map { rows.second.row(ofLine: $0) }
    #expect(Set(first + second).count == counts.0 + rows.first.gapCount)
  }

  @Test("paragraphs that say the same stand side by side, and scroll together")
  func sideBySide() throws {
    var script = ReviewScript(rows: RenderedRows.rows, size: Size(columns: 100, rows: 30))
    script.go(to: 5)
    func rows(of text: String) -> [Int] {
      script.lines.indices.filter { script.lines[$0].components(of: text) == 2 }
    }
    #expect(rows(of: "Write to the shop first").count == 1)
    #expect(rows(of: "Take the parcel to the post").count == 1)
    #expect(rows(of: "Keep the").count == 1)
    #expect(script.screen.contains("~"))
    script.press("=")
    #expect(rows(of: "Take the parcel to the post").isEmpty)
    #expect(!script.screen.contains("~"))
    script.press("=")
    script.send(.resized(Size(columns: 84, rows: 12)))
    script.press("Tab j j Tab Tab j")
    let panes = try #require(script.session.layout?.panes)
    #expect(panes[.a]?.top == panes[.b]?.top && panes[.a]?.top != 0)
  }

  @Test("raw text and reasoning are one key away, and keep the place")
  func toggles() {
    var script = ReviewScript(rows: RenderedRows.rows)
    script.go(to: 2)
    #expect(script.screen.contains("[reasoning:") && !script.screen.contains("Seventeen"))
    script.press(",f")
    #expect(script.screen.contains("Seventeen threes."))
    script.press(",f ,r")
    #expect(script.screen.contains("<think>") && script.screen.contains("raw: every character"))
    let roles = Set(script.session.frame().cells.map(\.role))
    #expect(roles.isDisjoint(with: [.markupMark, .code]))
    script.press(",r")
    #expect(script.screen.contains("[reasoning:"))
  }

  @Test("what is sought in folded reasoning is shown")
  func searchUnfolds() {
    var script = ReviewScript(rows: RenderedRows.rows)
    script.press("Enter /")
    script.type("seventeen")
    script.press("Enter")
    #expect(script.position == 2)
    #expect(script.screen.contains("Seventeen threes."))
  }

  @Test("with labels exchanged, every rendered blind screen stays the same")
  func blindLaw() {
    for size in [
      Size(columns: 40, rows: 10), Size(columns: 80, rows: 24), Size(columns: 160, rows: 48),
    ] {
      var original = ReviewScript(rows: RenderedRows.rows, size: size)
      var mirrored = ReviewScript(rows: RenderedRows.mirrored, size: size)
      for key in ["Enter"]
        + Array(repeating: [",r", ",r", ",f", "=", "j", "Tab", "J"], count: 7).joined()
      {
        original.press(key)
        mirrored.press(key)
        #expect(original.session.frame() == mirrored.session.frame(), "after \(key)")
      }
    }
  }

  @Test("nothing of a hostile text reaches a cell as control, however it is rendered")
  func hostileText() {
    for columns in [40, 80, 100, 160] {
      var script = ReviewScript(rows: RenderedRows.rows, size: Size(columns: columns, rows: 48))
      script.go(to: 6)
      for keys in ["", "=", ",f", ",r", "p"] {
        script.press(keys)
        for scalar in script.session.frame().cells.flatMap(\.text.unicodeScalars) {
          #expect(scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value))
          #expect(scalar.properties.generalCategory != .format)
        }
      }
    }
  }

  @Test(
    "rendered texts look as they are kept",
    arguments: [
      ("code", 0, "="), ("code-compared", 0, ""), ("table", 1, ""), ("reasoning", 2, ""),
      ("reasoning-unfolded", 2, ",f"), ("tools", 3, ""), ("tools-unfolded", 3, "p"),
      ("image", 4, ""), ("aligned", 5, ""), ("hostile-markup", 6, ""), ("raw", 1, ",r"),
    ])
  func goldens(name: String, row: Int, keys: String) throws {
    for size in [
      Size(columns: 40, rows: 10), Size(columns: 80, rows: 24), Size(columns: 160, rows: 48),
    ] {
      var script = ReviewScript(rows: RenderedRows.rows, size: size)
      script.go(to: row)
      script.press(keys)
      try GoldenScreen.check(script.session.frame(), "rendering/\(name)")
    }
  }
}

extension String {
  /// How often `text` occurs.
  fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
