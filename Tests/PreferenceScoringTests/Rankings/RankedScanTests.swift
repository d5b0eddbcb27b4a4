import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite("Scanning rankings")
struct RankedScanTests {
  /// Rankings of `sides` responses by words and rivers, apart from chance: `noise` shuffles them.
  private func rankings(
    _ count: Int, sides: Int, noise: Double = 1, seed: UInt64
  ) -> [PreferenceRow] {
    var texts = GeneratedPairs(seed: seed)
    return (0..<count).map { number in
      let responses = (0..<sides).map { _ in texts.text() }
      let qualities = responses.map { text in
        let words = text.split(separator: " ")
        let gain = 0.3 * Double(words.count) + 2 * Double(words.count { $0.hasPrefix("river") })
        return gain + noise * (texts.generator.unit() + texts.generator.unit() - 1)
      }
      return PreferenceRow(
        context: [Turn(.user, "question \(number)")],
        sides: responses.map { Side(turns: [Turn(.assistant, $0)]) },
        label: PreferenceLabel(qualities: qualities))
    }
  }

  private func scannedByRow(
    _ source: any PairSource, jobs: Int = 1
  ) throws -> (places: ScanResult, rows: ScanResult, pairs: PairList) {
    let pairs = source.listedPairs()
    let places = try scanned(PairsOfRankings(source, pairs: pairs), jobs: jobs)
    return (places, places.byRow(pairs), pairs)
  }

  @Test("a row is as suspicious as the most suspicious of its pairs, whatever the number of jobs")
  func folding() throws {
    var pairs = GeneratedPairs(seed: 4)
    let rows = RowList(rankings(60, sides: 4, seed: 1) + pairs.rows(100))
    let (places, byRow, list) = try scannedByRow(rows)
    #expect(byRow.rowCount == 160 && byRow.scoredCount == 160)
    for row in 0..<160 {
      let own = list.places(of: row).compactMap { places.suspicion[$0] }
      #expect(byRow.suspicion[row] == own.max())
      let scores = byRow.pairScores?.scores(of: row) ?? []
      #expect(scores.count == (row < 60 ? own.count : 0))
      let shown = byRow.pairScores?.mostSuspicious(of: row)
      #expect(shown == scores.first { $0.suspicion == byRow.suspicion[row] }?.pair)
    }
    #expect(try scannedByRow(rows, jobs: 3).places.encoded() == places.encoded())
  }

  @Test("without rankings nothing changes: the same bytes, and a place is a row")
  func plain() throws {
    var pairs = GeneratedPairs(seed: 8)
    let rows = RowList(pairs.rows(150))
    let (places, byRow, list) = try scannedByRow(rows)
    #expect(list.isPlain)
    #expect(byRow == places)
    #expect(try scanned(rows).encoded() == places.encoded())
  }

  @Test("the pairs of a ranking, and of its copies, are one copy group in one fold")
  func groups() throws {
    let rows = rankings(40, sides: 4, seed: 2)
    let source = RowList(rows + [rows[3], rows[7]])
    let pairs = source.listedPairs()
    var reader = PairReader()
    var keys: [PairKeys] = []
    for place in 0..<pairs.placeCount {
      let found = reader.keys(of: try PairsOfRankings(source, pairs: pairs).row(at: place).get())
      keys.append(try #require(found))
    }
    let groups = PairGroups(keys, rows: pairs.rowsByPlace, foldCount: 5, seed: 1)
    #expect(groups.order.sorted() == Array(keys.indices))
    for (row, copies) in [(3, [3, 40]), (7, [7, 41]), (5, [5])] {
      let first = try #require(groups.order.firstIndex(of: pairs.places(of: row).lowerBound))
      let members = Set(groups.copyGroup(of: first).map { pairs.row(of: groups.order[$0]) })
      #expect(members == Set(copies))
      let fold = try #require(groups.folds.first { $0.contains(first) })
      #expect(groups.copyGroup(of: first).allSatisfy(fold.contains))
    }
  }

  @Test("what is said of a ranking hardly depends on its own label: its pairs do not vouch")
  func leakage() throws {
    let rows = rankings(60, sides: 4, noise: 4, seed: 3)
    /// By sides, the margin of the first over the second, whichever the label calls better.
    func margins(_ rows: [PreferenceRow], _ row: Int, _ id: SignalID) throws -> [Double] {
      let (places, _, list) = try scannedByRow(RowList(rows))
      var margins = [Double](repeating: 0, count: 16)
      for place in list.places(of: row) {
        let pair = try #require(list.pair(of: place))
        let margin = try #require(places.signals[id]?[place])
        margins[pair.better * 4 + pair.worse] = margin
        margins[pair.worse * 4 + pair.better] = -margin
      }
      return margins
    }
    var moved: [SignalID: Double] = [:]
    for row in [0, 20, 40] {
      guard case .ranks(let places) = rows[row].label else { continue }
      var turned = rows
      turned[row].label = .ranks(places.map { 3 - $0 })
      for id in [SignalID.margin, .leaveOneOut] {
        let (before, after) = (try margins(rows, row, id), try margins(turned, row, id))
        moved[id, default: 0] += zip(before, after).reduce(0) { $0 + abs($1.0 - $1.1) }
      }
    }
    // The search for the ridge sees one other label of sixty.
    #expect(try #require(moved[.leaveOneOut]) < 0.5 * #require(moved[.margin]))
  }

  @Test("pairs left out with their ranking have the margin of a head without it")
  func refits() throws {
    let rows = rankings(80, sides: 3, noise: 4, seed: 6)
    let source = RowList(rows)
    let pairs = source.listedPairs()
    var scan = NoiseScan(
      source: PairsOfRankings(source, pairs: pairs),
      settings: ScanSettings(sketchWidth: 16, signals: []), jobs: 1)
    while !scan.advance().isFinished {}
    let artefacts = try #require(scan.artefacts)
    let design = artefacts.pairs.design
    for row in [0, 9, 33] {
      let own = Set(pairs.places(of: row))
      let kept = design.relabelled(
        artefacts.pairs.fileRows.map { own.contains($0) ? 0 : 1 })
      var fit = HeadFit(
        rowCount: design.rowCount, penalties: artefacts.penalties, start: artefacts.head.theta)
      var refitted: BradleyTerryHead?
      while refitted == nil { refitted = fit.advance(kept, rowLimit: 10_000, jobs: 1) }
      for place in own {
        let designRow = try #require(artefacts.pairs.designRow(of: place))
        let expected = zip(refitted?.theta ?? [], design.row(designRow))
          .reduce(0.0) { $0 + $1.0 * Double($1.1) }
        let found = try #require(artefacts.result.signals[.leaveOneOut]?[place])
        #expect(abs(found - expected) < 0.05 * (1 + abs(expected)))
      }
    }
  }

  @Test("the evidence about a pair of a ranking adds up to its margin")
  func explanations() throws {
    let source = RowList(rankings(60, sides: 4, noise: 4, seed: 7))
    let pairs = source.listedPairs()
    let places = PairsOfRankings(source, pairs: pairs)
    var scan = NoiseScan(source: places, settings: ScanSettings(sketchWidth: 32), jobs: 1)
    while !scan.advance().isFinished {}
    let result = try #require(scan.result)
    for place in stride(from: 0, to: pairs.placeCount, by: 17) {
      let row = try places.row(at: place).get()
      let evidence = result.evidence(of: row, at: place, limit: 5, asking: scan.artefacts)
      let explanation = try #require(evidence.explanation)
      let sum = explanation.contributions.reduce(explanation.rest) { $0 + $1.amount }
      let margin = try #require(result.signals[.leaveOneOut]?[place])
      #expect(abs(sum - margin) < 1e-6 * (1 + abs(margin)))
      // The ranking's own pairs are no witnesses.
      let named = evidence.related?.byRow(pairs).rows ?? []
      #expect(!named.isEmpty && !named.contains(pairs.row(of: place)))
    }
  }

  @Test("planted exchanges of two ranks are found", arguments: 0..<2)
  func planting(seed: UInt64) throws {
    let rows = RowList(rankings(250, sides: 4, seed: 20 + seed))
    let planting = NoisePlanting(rowCount: 250, rate: 0.2, seed: seed)
    let planted = planting.planted(in: rows)
    for index in 0..<250 {
      let (before, after) = (try rows.row(at: index).get(), try planted.row(at: index).get())
      let changed = try zip(
        #require(before.label.places(of: 4)), #require(after.label.places(of: 4))
      ).count { $0 != $1 }
      #expect(changed == (planting.isFlipped[index] ? 2 : 0))
    }
    let (_, byRow, _) = try scannedByRow(planted)
    let quality = try #require(byRow.detectionQuality(isWrong: planting.isFlipped))
    #expect(quality.auroc.value > 0.8)
  }

  @Test("decisions about pairs move the ranking of the file, and none of them is none")
  func rescoring() throws {
    let source = RowList(rankings(80, sides: 4, noise: 4, seed: 9))
    let pairs = source.listedPairs()
    var scan = NoiseScan(
      source: PairsOfRankings(source, pairs: pairs), settings: ScanSettings(sketchWidth: 32),
      jobs: 1)
    while !scan.advance().isFinished {}
    let artefacts = try #require(scan.artefacts)
    let place = pairs.places(of: 5).lowerBound
    let changes = LabelChanges(swapped: [place], leftOut: pairs.places(of: 6))
    let rescored = artefacts.rescored(changes).byRow(pairs)
    #expect(rescored.suspicion[6] == nil && rescored.unscoredReasons[6] == .leftOut)
    #expect(rescored.changes == LabelChanges(swapped: [5], leftOut: [6]))
    #expect(rescored.suspicion[5] != artefacts.result.byRow(pairs).suspicion[5])
    #expect(
      artefacts.rescored(LabelChanges()).byRow(pairs).ranks == scan.result?.byRow(pairs).ranks)
  }
}
