import PreferenceData
import TerminalSurface
import Testing

@testable import CurationInterface
@testable import PreferenceScoring

/// Rows of four responses: they stand in the queue once, and are decided a pair at a time.
@Suite("Reviewing rankings")
struct RankingReviewTests {
  private static func row(_ number: Int, _ places: [Int]) -> PreferenceRow {
    PreferenceRow(
      context: [Turn(.user, "question \(number)")],
      sides: places.indices.map {
        Side(turns: [Turn(.assistant, "response number \($0) of row \(number)")])
      }, label: .ranks(places))
  }

  private static let places = [[2, 0, 3, 1], [0, 1, 2, 3], [1, 1, 0, 2]]

  private static func rows(
    turned: Bool = false
  ) -> [Result<PreferenceRow, RowProblem>] {
    places.enumerated().map { number, places in
      let last = places.max() ?? 0
      return .success(row(number, turned ? places.map { last - $0 } : places))
    }
  }

  /// What a scan found, with `suspicious` the pair that stands out in each row.
  private static func scan(
    _ rows: [Result<PreferenceRow, RowProblem>], suspicious: [(Int, Int)]
  ) throws -> ScanResult {
    let pairs = SampleRows.index(of: rows).pairs
    let margins = try (0..<pairs.placeCount).map { place -> Double? in
      let pair = try #require(pairs.pair(of: place))
      let wanted = suspicious[pairs.row(of: place)]
      let isMeant = Set([pair.better, pair.worse]) == Set([wanted.0, wanted.1])
      return isMeant ? -2 : 1 + Double(pair.better + pair.worse) / 10
    }
    let basis = SampleRows.scan(of: rows)
    return ScanResult(
      settings: ScanSettings(), unscoredReasons: margins.map { _ in nil },
      margins: SignalValues(margins), leftOutMargins: SignalValues(margins), quality: basis.quality,
      head: nil
    ).byRow(pairs)
  }

  private func script(
    isBlind: Bool = true, turned: Bool = false, isScanned: Bool = true,
    size: Size = Size(columns: 80, rows: 24)
  ) throws -> ReviewScript {
    let rows = Self.rows(turned: turned)
    var script = ReviewScript(rows: rows, size: size, isBlind: isBlind)
    if isScanned {
      script.send(
        .scanned(try Self.scan(rows, suspicious: [(1, 2), (0, 3), (0, 2)]), scanID: "scan-1"))
    }
    return script
  }

  private func shown(_ script: ReviewScript) throws -> Set<Int> {
    let pair = try #require(script.session.loadedPair?.ranking?.shownPair)
    return [pair.better, pair.worse]
  }

  @Test("a row opens with its most suspicious pair, and steps go through all of them and round")
  func steps() throws {
    var script = try script()
    script.press("Enter")
    let position = try #require(script.position)
    #expect(try shown(script) == [[1, 2], [0, 3], [0, 2]][position])
    let count = try #require(script.session.loadedPair?.ranking?.pairs.count)
    var seen: [Set<Int>] = []
    for step in 0..<count {
      let ranking = try #require(script.session.loadedPair?.ranking)
      #expect(
        script.screen.contains("pair \(ranking.shown + 1) of \(count) of this row (4 responses)"))
      for side in try shown(script) { #expect(script.screen.contains("response number \(side)")) }
      seen.append(try shown(script))
      script.press(step.isMultiple(of: 2) ? ")" : ") ( )")
    }
    #expect(Set(seen).count == count)
    #expect(try shown(script) == seen[0])
    script.press("( (")
    #expect(try shown(script) == seen[count - 2])
  }

  @Test(
    "with every ranking turned round, every blind screen stays the same",
    arguments: [
      Size(columns: 60, rows: 20), Size(columns: 80, rows: 24), Size(columns: 160, rows: 48),
    ])
  func blind(size: Size) throws {
    for isScanned in [false, true] {
      var original = try script(isScanned: isScanned, size: size)
      var turned = try script(turned: true, isScanned: isScanned, size: size)
      for key in "Enter ) ) ( ,s ) J ) Tab K = e n q j Enter )".split(separator: " ") {
        original.press(String(key))
        turned.press(String(key))
        #expect(original.session.frame() == turned.session.frame(), "after \(key)")
      }
    }
  }

  @Test("a decision is about the pair in view, and hides nothing of the others")
  func deciding() throws {
    var script = try script()
    script.press(",n Enter")
    let position = try #require(script.position)
    let first = try #require(script.session.loadedPair?.ranking)
    script.press("a")
    let judged = try #require(script.decision(on: position))
    #expect(judged.pair == first.shownSides)
    #expect(script.screen.contains("chosen"))
    script.press(")")
    #expect(script.decision(on: position) == nil)
    #expect(!script.screen.contains("chosen"))
    #expect(script.screen.contains("not decided"))
    script.press("(")
    #expect(script.decision(on: position) == judged)
    // Undone, the pair that it was about is in view again.
    script.press(") ) u")
    #expect(script.session.loadedPair?.ranking?.shown == first.shown)
    #expect(script.decision(on: position) == nil && script.events.count == 2)
    script.press("d")
    #expect(script.decision(on: position) == Decision(.drop))
    #expect(script.screen.contains("dropped"))
  }

  @Test("decisions that lead in a circle are refused, and so is a tie where none can be written")
  func refusals() throws {
    var script = try script()
    script.press(",n Enter")
    let ranking = try #require(script.session.loadedPair?.ranking)
    /// Brings the pair of two sides into view and prefers the first of them.
    func prefer(_ better: Int, to worse: Int) throws {
      while try shown(script) != [better, worse] { script.press(")") }
      let row = try #require(script.session.loadedPair)
      let id = ranking.sideIDs[better]
      script.press(row.sideIDs[script.session.sideOrder(of: row)[0]] == id ? "a" : "b")
    }
    let sides = Array(try shown(script)).sorted()
    let third = try #require(
      (0..<4).first { side in
        !sides.contains(side)
          && sides.allSatisfy { other in
            ranking.pairs.contains { Set([$0.better, $0.worse]) == [side, other] }
          }
      })
    try prefer(sides[0], to: sides[1])
    try prefer(sides[1], to: third)
    #expect(script.events.count == 2)
    try prefer(third, to: sides[0])
    #expect(script.events.count == 2)
    #expect(script.screen.contains("lead in a circle"))
    script.send(
      .opened(
        DatasetFacts(
          name: "pairs.jsonl", container: "jsonl", format: "ranked-list", rowCount: 3,
          isWhole: true, holdsEqualRanks: false)))
    script.press("t")
    #expect(script.events.count == 2)
    #expect(script.screen.contains("cannot hold a tie"))
  }

  @Test("the evidence that is asked for is that of the pair in view")
  func evidence() throws {
    var script = try script(isBlind: false)
    script.press("Enter e q )")
    script.press("e")
    let asked = script.commands.compactMap { command -> RankedPair?? in
      if case .explain(_, let pair) = command { .some(pair) } else { nil }
    }
    #expect(asked.count == 2 && asked[0] != asked[1])
    #expect(asked.last == script.session.loadedPair?.ranking?.shownPair)
  }
}
