import PreferenceData
import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("The workspace of large screens")
struct WorkspaceTests {
  private static let rubric = """
    guidelines = "Much better: would you ship A and never B?\\nTie: a coin flip is fair.\\n\\nLength alone is no merit. What is not asked for is no merit either."
    [criteria]
    helpful = "Does it do what was asked?"
    truthful = "Is it so?"
    harmless = "Would you show it to anyone?"
    terse = "Is every sentence needed?"
    """

  private func script(
    _ size: Size, isBlind: Bool = true, repeatShare: Double = 0
  ) throws -> ReviewScript {
    ReviewScript(
      size: size, isBlind: isBlind, isScanned: true, repeatShare: repeatShare,
      rubric: try Rubric(Self.rubric))
  }

  @Test(
    "history, rubric, note and guidelines stand below the pair, filled with what is known",
    arguments: [
      Size(columns: 160, rows: 48), Size(columns: 200, rows: 50), Size(columns: 220, rows: 64),
    ])
  func filled(size: Size) throws {
    var script = try script(size)
    script.go(to: 0)
    script.press("A b t i")
    script.type("the second one answers; the first one asks back, which the guidelines call a miss")
    script.press("Enter #")
    script.type("safety math")
    script.press("Enter")
    try GoldenScreen.check(script.session.frame(), "pair/workspace")
    script.press("a K C 5 3 0 Down Enter")
    try GoldenScreen.check(script.session.frame(), "pair/workspace-decided")
  }

  @Test("nothing overlaps and nothing is left between the parts, whatever the size")
  func tiles() {
    for columns in [150, 151, 160, 233] {
      for rows in [15, 16, 39, 40, 41, 48, 59, 60, 61, 80] {
        let size = Size(columns: columns, rows: rows)
        let geometry = PairGeometry(
          size: size, shape: .workspace, sole: nil, isZoomed: false, isPromptUnfolded: false,
          lines: [.prompt: 3, .a: 20, .b: 10])
        var covered = [Int](repeating: 0, count: columns * rows)
        // A text begins one column behind the edge of its pane.
        let texts = geometry.areas.values.map {
          Rect(column: $0.column - 1, row: $0.row, columns: $0.columns + 1, rows: $0.rows)
        }
        let others = [geometry.queue, geometry.evidence].compactMap(\.self)
        for area in texts + others + geometry.rules.values + geometry.panels.values
          + geometry.dividers
        {
          for row in area.row..<area.endRow {
            for column in area.column..<area.endColumn { covered[row * columns + column] += 1 }
          }
        }
        let first = 1 + WorkspacePanel.headRows(in: size)
        let body = covered[(first * columns)..<((rows - 2) * columns)]
        #expect(body.allSatisfy { $0 == 1 }, "\(size)")
        #expect(geometry.panels.isEmpty == (rows < 40))
        #expect(geometry.queue?.rows == 1 + PairGeometry.queueRows(in: size))
      }
    }
  }

  @Test("the history lists each row once, forgets what is undone, and counts a bulk as one step")
  func history() throws {
    var script = try script(Size(columns: 160, rows: 48))
    script.go(to: 0)
    #expect(script.screen.contains("nothing decided yet"))
    script.press("A", every: 12_000)
    #expect(script.screen.contains("row 0  A much better"))
    script.go(to: 0)
    script.press("C 5 5 5 5")
    #expect(script.session.pastSteps(9).compactMap(\.position) == [0])
    script.press("u u")
    #expect(script.session.pastSteps(9).isEmpty)
    script.press("gq m j m Md y")
    #expect(script.session.pastSteps(9).map(\.decisions.count) == [2])
    script.go(to: 0)
    #expect(script.screen.contains("2 rows in one step"))
  }

  @Test("what was said about a pair is not listed while it is looked at as if it were new")
  func repeats() throws {
    var script = try script(Size(columns: 160, rows: 48), repeatShare: 0.5)
    script.go(to: 0)
    var seen = 0
    for _ in 0..<60 {
      script.press("a")
      guard let pair = script.session.pair, pair.route == .repeat else { continue }
      seen += 1
      let listed = script.session.pastSteps(9).compactMap(\.position)
      #expect(!listed.contains(pair.position))
      #expect(!script.screen.contains("row \(pair.position)  A better"))
    }
    #expect(seen > 0)
  }

  @Test("the guidelines open over any view, scroll, decide nothing and close")
  func guidelines() throws {
    var script = try script(Size(columns: 60, rows: 10))
    for start in ["", "Enter", "gd"] {
      script.press(start + " gh")
      #expect(script.screen.contains("Much better: would you ship A and never B?"))
      script.press("a b t G PgDn j")
      #expect(script.screen.contains("no merit either"))
      #expect(script.events.isEmpty)
      script.press("k gg")
      script.press("Esc")
      #expect(!script.screen.contains("no merit either"))
    }
    var bare = ReviewScript()
    bare.press("gh")
    #expect(bare.screen.contains("no guidelines"))
  }

  @Test("guidelines that are no text are refused with their line")
  func wrongGuidelines() throws {
    let error = try #require(throws: RubricError.self) { try Rubric("ask = true\nguidelines = 3") }
    #expect(error.line == 2)
    #expect(error.problem == .wrongValue("guidelines", wanted: "a text"))
    let long = try Rubric("guidelines = \"\"\"\nBe fair.\nBe brief.\n\"\"\"")
    #expect(long.guidelines == "Be fair.\nBe brief.\n")
  }
}
