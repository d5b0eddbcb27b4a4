import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite struct RescoringTests {
  private static let settings = ScanSettings(sketchWidth: 32, signals: [])

  /// Rows with some copies, and what a person makes of some of them.
  private func reviewed(
    _ seed: UInt64, count: Int = 400, decided: Int = 25
  ) -> (rows: [PreferenceRow], changes: LabelChanges) {
    var pairs = GeneratedPairs(seed: seed)
    var rows = pairs.rows(count)
    rows += rows.prefix(6)
    rows += rows.prefix(3).map(\.swapped)
    var generator = SeededGenerator(seed: seed)
    let chosen = generator.sample(decided, below: rows.count)
    return (
      rows,
      LabelChanges(
        swapped: chosen.filter { !$0.isMultiple(of: 3) },
        leftOut: chosen.filter { $0.isMultiple(of: 3) })
    )
  }

  private func refit(_ artefacts: ScanArtefacts, _ changes: LabelChanges) throws
    -> ScanArtefacts
  {
    var fit = HeadRefit(of: artefacts, changes: changes, jobs: 1)
    for _ in 0..<1000 {
      if let found = fit.advance() { return found }
    }
    throw Unfinished()
  }

  private struct Unfinished: Error {}

  @Test("without decisions the ranking is the same bytes")
  func nothingDecided() throws {
    let (rows, _) = reviewed(1)
    let artefacts = try finishedScan(of: RowList(rows), settings: Self.settings)
    #expect(artefacts.rescored(LabelChanges()).encoded() == artefacts.result.encoded())
    let same = try refit(artefacts, LabelChanges())
    #expect(same.result.ranks == artefacts.result.ranks)
  }

  @Test("a refit is the fresh fit to the edited file, row by row", arguments: 0..<3)
  func refitIsFreshFit(seed: UInt64) throws {
    let (rows, changes) = reviewed(seed)
    let artefacts = try finishedScan(of: RowList(rows), settings: Self.settings)
    let refitted = try refit(artefacts, changes)
    // The edited file under the statistics of the file: the same columns, with the changed labels.
    let signs = try #require(artefacts.pairs.signs(of: changes))
    var edited = DesignMatrix(columnCount: artefacts.design.columnCount)
    for row in 0..<artefacts.design.rowCount where signs[row] != 0 {
      edited.append(artefacts.design.row(row).map { signs[row] * $0 })
    }
    var fit = HeadFit(
      rowCount: edited.rowCount, penalties: artefacts.penalties,
      start: Array(repeating: 0, count: edited.columnCount))
    var fresh: BradleyTerryHead?
    while fresh == nil { fresh = fit.advance(edited, rowLimit: 1 << 20, jobs: 1) }
    let head = try #require(fresh)
    for (one, other) in zip(head.theta, refitted.head.theta) { #expect(abs(one - other) < 1e-5) }
    for row in 0..<artefacts.design.rowCount where signs[row] != 0 {
      let margin = Double(signs[row]) * head.margin(of: artefacts.design.row(row))
      let found = try #require(refitted.result.signals[.margin]?[artefacts.pairs.fileRows[row]])
      #expect(abs(found - margin) < 1e-4)
    }
  }

  @Test("one step agrees with the refit: correlation at least .99", arguments: 0..<4)
  func stepAgreesWithRefit(seed: UInt64) throws {
    let (rows, changes) = reviewed(seed)
    let artefacts = try finishedScan(of: RowList(rows), settings: Self.settings)
    let stepped = artefacts.rescored(changes)
    let exact = try refit(artefacts, changes).result
    func margins(_ result: ScanResult) -> [Double] {
      result.signals[.leaveOneOut]?.compactMap(\.self) ?? []
    }
    #expect(correlation(margins(stepped), margins(exact)) > 0.99)
    // What is to be explained is how far the decisions moved the margins, not where they were.
    let before = artefacts.result.signals[.leaveOneOut] ?? []
    func moves(_ result: ScanResult) -> [Double] {
      result.signals[.leaveOneOut]?.indices.compactMap { row in
        guard !changes.swaps(row), let before = before[row],
          let after = result.signals[.leaveOneOut]?[row]
        else { return nil }
        return after - before
      } ?? []
    }
    #expect(correlation(moves(stepped), moves(exact)) > 0.99)
  }

  @Test("a swap negates its row, what is left out has no number and a reason")
  func labels() throws {
    let (rows, changes) = reviewed(5)
    let artefacts = try finishedScan(of: RowList(rows), settings: Self.settings)
    for result in [artefacts.rescored(changes), try refit(artefacts, changes).result] {
      #expect(result.changes == changes)
      #expect(result.scoredCount == rows.count - changes.leftOut.count)
      for row in changes.leftOut {
        #expect(result.suspicion[row] == nil && result.ranks[row] == nil)
        #expect(result.unscoredReasons[row] == .leftOut)
      }
      #expect(Set(result.queue()) == Set(rows.indices).subtracting(changes.leftOut))
      // An explanation speaks of the side that the file calls chosen, as before.
      for row in changes.swapped {
        let explanation = try #require(result.explanation(of: rows[row], at: row, limit: 5))
        let judged = try #require(result.signals[.leaveOneOut]?[row])
        #expect(abs(explanation.margin + judged) < 1e-9)
      }
      let open = try #require(rows.indices.first { !changes.swapped.contains($0) })
      #expect(
        result.explanation(of: rows[open], at: open, limit: 5)?.margin
          == result.signals[.leaveOneOut]?[open])
    }
  }

  @Test("deciding that the whole file is labelled the wrong way round changes no suspicion")
  func allSwapped() throws {
    let (rows, _) = reviewed(2)
    let artefacts = try finishedScan(of: RowList(rows), settings: Self.settings)
    let swapped = try refit(artefacts, LabelChanges(swapped: rows.indices))
    for (one, other) in zip(artefacts.judged.margins, swapped.judged.margins) {
      #expect(abs(one - other) < 1e-4)
    }
  }

  @Test("related pairs after a decision are those of the decided labels")
  func relatedAfterDecisions() throws {
    let (rows, _) = reviewed(4)
    let artefacts = try finishedScan(of: RowList(rows), settings: Self.settings)
    let refitted = try refit(artefacts, LabelChanges(swapped: [9], leftOut: [11]))
    let plain = try #require(artefacts.related(to: 20, limit: 500))
    let after = try #require(refitted.related(to: 20, limit: 500))
    #expect(plain.supporting.contains { $0.row == 9 } == after.opposing.contains { $0.row == 9 })
    #expect(!(after.supporting + after.opposing).contains { $0.row == 11 })
    #expect(refitted.related(to: 11, limit: 3) == nil)
    // Row 0 has a copy (400) and a contradiction (406).
    #expect(artefacts.related(to: 0, limit: 1)?.copies == [400])
    let turned = try refit(artefacts, LabelChanges(swapped: [406]))
    #expect(turned.related(to: 0, limit: 1)?.copies == [400, 406])
  }

  @Test("any decisions on a small file give numbers, before and after a refit", arguments: 0..<6)
  func anyDecisions(seed: UInt64) throws {
    // Few rows and many columns: the head leans on every single row.
    var (rows, changes) = reviewed(seed, count: 56, decided: 30)
    rows += rows.prefix(8)
    let artefacts = try finishedScan(of: RowList(rows), settings: Self.settings)
    let refitted = try refit(artefacts, changes)
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<20 {
      let chosen = generator.sample(generator.below(40), below: rows.count)
      changes = LabelChanges(
        swapped: chosen.filter { $0.isMultiple(of: 2) },
        leftOut: chosen.filter { !$0.isMultiple(of: 2) })
      for base in [artefacts, refitted] {
        let found = base.rescored(changes)
        #expect(found.scoredCount == rows.count - changes.leftOut.count)
        #expect(found.suspicion.allSatisfy { $0?.isFinite ?? true })
      }
    }
  }
}
