import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite("Further signals follow the decisions")
struct FollowedSignalTests {
  private struct Unfinished: Error {}

  /// Rows with all that a label orients: copies, rewards of two kinds, ratings, annotators, sources.
  private func source(_ seed: UInt64, count: Int = 240) -> RowList {
    var pairs = GeneratedPairs(seed: seed)
    var rows = pairs.rows(count)
    rows += rows.prefix(6)
    rows += rows.prefix(3).map(\.swapped)
    var generator = SeededGenerator(seed: seed)
    for index in rows.indices {
      rows[index].annotator = ["ann", "ben", "cas"][generator.below(3)]
      rows[index].group = ["web", "book"][generator.below(2)]
      for side in 0...1 { rows[index].sides[side].rating = Double(generator.below(5)) }
    }
    var list = RowList(rows)
    let said = rows.map { _ in 2 * generator.unit() - 1 }
    list.add(.dpo) { index in index.isMultiple(of: 7) ? nil : said[index] }
    list.add(.reward) { said[$0] + 0.3 }
    return list
  }

  private func changes(_ seed: UInt64, of count: Int) -> LabelChanges {
    var generator = SeededGenerator(seed: seed)
    let chosen = generator.sample(30, below: count)
    return LabelChanges(
      swapped: chosen.filter { !$0.isMultiple(of: 3) },
      leftOut: chosen.filter { $0.isMultiple(of: 3) })
  }

  private func refitted(_ file: ScanArtefacts, _ changes: LabelChanges) throws -> ScanArtefacts {
    var refit = HeadRefit(of: file, changes: changes, jobs: 1)
    for _ in 0..<1000 {
      if let found = refit.advance() { return found }
    }
    throw Unfinished()
  }

  private func followed(
    _ file: ScanArtefacts, _ refitted: ScanArtefacts, jobs: Int = 1
  ) throws -> FollowedSignals {
    var refit = try #require(SignalRefit(of: file, under: refitted, jobs: jobs))
    for _ in 0..<100_000 {
      if let found = refit.advance() { return found }
    }
    throw Unfinished()
  }

  private static func settings(_ signals: [SignalID] = []) -> ScanSettings {
    ScanSettings(sketchWidth: 32, signals: Set(signals))
  }

  @Test("what signals are told under decisions is what the edited file tells", arguments: 0..<3)
  func evidence(seed: UInt64) throws {
    let list = source(seed)
    let swapped = changes(seed, of: list.rowCount).swapped
    let file = try finishedScan(of: list, settings: Self.settings())
    let told = try refitted(file, LabelChanges(swapped: swapped)).evidence
    var edited = list
    for row in swapped { edited.rows[row] = list.rows[row].map(\.swapped) }
    let fresh = try finishedScan(of: edited, settings: Self.settings()).evidence
    #expect(told.keys == fresh.keys)
    #expect(told.chosenPlaces == fresh.chosenPlaces)
    #expect(told.columns.differences == fresh.columns.differences)
    #expect(told.columns.ratings == fresh.columns.ratings)
    for (one, other) in zip(told.columns.chosenRewards, fresh.columns.chosenRewards) {
      #expect((one == nil) == (other == nil))
      if let one, let other { #expect(abs(one - other) < 1e-9) }
    }
    // But for the columns of rewards, whose scales are learned from the labels.
    let columns = told.blocks[0].lowerBound..<told.blocks[1].upperBound
    for row in 0..<told.rowCount {
      #expect(told.design.row(row)[columns] == fresh.design.row(row)[columns])
    }
  }

  @Test(
    "every signal under other labels is that of pairs with these labels", arguments: [true, false])
  func labels(leavesOut: Bool) throws {
    let list = source(1)
    let file = try finishedScan(of: list, settings: Self.settings())
    var changes = changes(1, of: list.rowCount)
    if !leavesOut { changes = LabelChanges(swapped: changes.swapped) }
    let under = try refitted(file, changes)
    let told = under.evidence
    var design = DesignMatrix(columnCount: told.design.columnCount)
    for row in 0..<told.rowCount { design.append(told.design.row(row)) }
    let plain = SignalEvidence(
      design: design, groups: told.groups, keys: told.keys, prompts: told.prompts,
      promptQualities: told.promptQualities, head: told.head, penalties: told.penalties,
      blocks: told.blocks, margins: told.margins, leftOutMargins: told.leftOutMargins,
      rewardMargins: told.rewardMargins, seed: told.seed, annotators: told.annotators,
      sources: told.sources, votes: told.votes, columns: told.columns,
      annotatorNames: told.annotatorNames, sourceNames: told.sourceNames,
      chosenPlaces: told.chosenPlaces)
    // These tell rows without a label from pairs without a difference.
    let careful: [SignalID] = leavesOut ? [.contradiction, .confident, .em] : []
    let ids = SignalID.selectable.filter { !careful.contains($0) }
    let target = under.targetPairs(.allPairs)
    func found(_ evidence: SignalEvidence) -> [SignalID: SignalValues] {
      var scoring = SignalScoring(
        ids, evidence: evidence, target: target, fileRows: under.pairs.fileRows,
        rowCount: list.rowCount)
      while !scoring.advance(jobs: 1) {}
      return scoring.found
    }
    let (signed, unsigned) = (found(told), found(plain))
    #expect(signed.keys.sorted() == unsigned.keys.sorted() && signed.count > 20)
    for id in signed.keys.sorted() { #expect(signed[id] == unsigned[id], "\(id.rawValue)") }
  }

  @Test(
    "a changed row keeps what was said of the file's label, the others follow", arguments: [1, 3])
  func changedRows(jobs: Int) throws {
    let list = source(4)
    let changes = changes(4, of: list.rowCount)
    let signals: [SignalID] = [.peerReview, .aum, .confident, .fifa]
    let file = try finishedScan(of: list, settings: Self.settings(signals))
    let under = try refitted(file, changes)
    let followed = try followed(file, under, jobs: jobs)
    let result = under.result.following(followed)
    #expect(result.signalChanges == changes && result.changes == changes)
    #expect(result.signals.keys.sorted() == file.result.signals.keys.sorted())
    let decided = Set(changes.swapped + changes.leftOut)
    for id in [SignalID.peerMarginA, .aum, .confident, .fifa] {
      let (before, after) = try (
        #require(file.result.signals[id]), #require(result.signals[id])
      )
      for row in decided { #expect(before[row] == after[row]) }
      let moved = before.indices.filter { !decided.contains($0) && before[$0] != after[$0] }
      #expect(moved.count > list.rowCount / 2, "\(id.rawValue) has not followed")
    }
    let row = try #require(changes.swapped.first)
    #expect(
      result.trajectories?.trajectory(of: row) == file.result.trajectories?.trajectory(of: row))
    #expect(result.heldOut?.trajectory(of: row) == file.result.heldOut?.trajectory(of: row))
    let open = try #require(list.rows.indices.first { !decided.contains($0) })
    #expect(result.heldOut?.trajectory(of: open) != file.result.heldOut?.trajectory(of: open))
    // The margins are those of the refit, and the estimates those of the file.
    #expect(result.signals[.margin] == under.result.signals[.margin])
    #expect(result.noise == file.result.noise)
    #expect(try self.followed(file, under).signals == followed.signals)
  }

  @Test("without a further signal, or without a changed label, there is nothing to follow")
  func nothing() throws {
    let list = source(5, count: 80)
    let changes = LabelChanges(swapped: [3])
    let plain = try finishedScan(of: list, settings: Self.settings())
    #expect(SignalRefit(of: plain, under: try refitted(plain, changes), jobs: 1) == nil)
    let file = try finishedScan(of: list, settings: Self.settings([.confident]))
    #expect(SignalRefit(of: file, under: file, jobs: 1) == nil)
    #expect(SignalRefit(of: file, under: try refitted(file, changes), jobs: 1) != nil)
  }

  @Test("a label that is left out is no witness; one that is exchanged speaks for the other side")
  func witnesses() throws {
    // Row 240 + i is a copy of row i, and row 246 + i its opposite, for i < 3.
    let list = source(6)
    let file = try finishedScan(of: list, settings: Self.settings([.contradiction]))
    func contradiction(_ changes: LabelChanges) throws -> Double? {
      let under = try refitted(file, changes)
      return under.result.following(try followed(file, under)).signals[.contradiction]?[0]
    }
    #expect(file.result.signals[.contradiction]?[0] == 0.5)
    #expect(try contradiction(LabelChanges(leftOut: [246])) == 0.25)
    #expect(try contradiction(LabelChanges(leftOut: [240])) == 0.75)
    #expect(try contradiction(LabelChanges(leftOut: [240, 246])) == nil)
    #expect(try contradiction(LabelChanges(swapped: [246])) == 0.5 / 3)
  }

  @Test("a confirmed error counts once as a target, whether its label is exchanged already or not")
  func target() throws {
    let list = source(7, count: 80)
    let file = try finishedScan(of: list, settings: Self.settings())
    let target = InfluenceTarget.rows(kept: [1, 9], swapped: [4, 6])
    let changes = LabelChanges(swapped: [4], leftOut: [9])
    let pairs = try refitted(file, changes).targetPairs(target)
    let rows = [1, 4, 6].map { file.pairs.designRow(of: $0) }
    #expect(pairs.map(\.row) == rows && pairs.map(\.isSwapped) == [false, false, true])
  }

  @Test("the difference of changes counts the rows whose label differs, either way round")
  func difference() {
    let one = LabelChanges(swapped: [1, 2, 3], leftOut: [5])
    let other = LabelChanges(swapped: [2, 5], leftOut: [3])
    #expect(one.differenceCount(from: other) == 3)
    #expect(other.differenceCount(from: one) == 3)
    #expect(one.differenceCount(from: one) == 0)
    #expect(one.differenceCount(from: LabelChanges()) == 4)
  }
}
