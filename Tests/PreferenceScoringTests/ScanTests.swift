import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite struct ScanTests {
  private func leftOut(_ result: ScanResult) -> [Double] {
    (result.signals[.leaveOneOut] ?? []).compactMap(\.self)
  }

  @Test("the same seed gives the same bytes, whatever the number of jobs", arguments: 0..<3)
  func determinism(seed: UInt64) throws {
    var pairs = GeneratedPairs(seed: seed)
    let rows = RowList(pairs.rows(1500))
    let settings = ScanSettings(seed: seed, sketchWidth: 64)
    let bytes = try scanned(rows, settings: settings).encoded()
    #expect(try scanned(rows, settings: settings).encoded() == bytes)
    #expect(try scanned(rows, settings: settings, jobs: 4).encoded() == bytes)
  }

  @Test("a scan that is kept and gone on with ends like one that was not stopped")
  func resuming() throws {
    var pairs = GeneratedPairs(seed: 5)
    let rows = RowList(pairs.rows(400))
    let settings = ScanSettings(sketchWidth: 32)
    var scan = NoiseScan(source: rows, settings: settings, jobs: 1)
    var kept: [NoiseScan] = [scan]
    var shares = [0.0]
    while true {
      let progress = scan.advance()
      shares.append(progress.share)
      if progress.isFinished { break }
      kept.append(scan)
    }
    #expect(shares == shares.sorted() && shares.last == 1)
    let expected = try #require(scan.result)
    for index in stride(from: 0, to: kept.count, by: 3) {
      while !kept[index].advance().isFinished {}
      #expect(kept[index].result == expected)
    }
  }

  @Test("swapping the labels of the whole file changes no suspicion", arguments: 0..<3)
  func antisymmetry(seed: UInt64) throws {
    var pairs = GeneratedPairs(seed: seed)
    let rows = RowList(pairs.rows(500))
    let result = try scanned(rows)
    let swapped = try scanned(rows.swapped)
    #expect(swapped.ranks == result.ranks)
    for (one, other) in zip(leftOut(result), leftOut(swapped)) {
      #expect(abs(one - other) < 1e-9 * (1 + abs(one)))
    }
  }

  @Test("swapping a pair negates its row")
  func swappedRow() throws {
    var pairs = GeneratedPairs(seed: 2)
    let rows = pairs.rows(200)
    let space = try #require(try scanned(RowList(rows)).head).space
    var reader = PairReader()
    func designRow(_ row: PreferenceRow) -> [Float] {
      space.designRow(of: row, reader.chunk(of: row))
    }
    for row in rows { #expect(designRow(row.swapped) == designRow(row).map { -$0 }) }
  }

  @Test("a wrong label among copies of its pair is found as if the copies were not there")
  func copies() throws {
    var pairs = GeneratedPairs(seed: 7)
    let rows = pairs.rows(400)
    let alone = try scanned(RowList(rows))
    // Nine wrong copies of one pair, by row folds and plain leave-one-out, vouch for each other.
    let victim = try #require(alone.queue().last)
    let copied = try scanned(
      RowList(rows + Array(repeating: rows[victim].swapped, count: 9)))
    let wrong = try #require(copied.signals[.leaveOneOut]?.last ?? nil)
    let fitted = try #require(copied.signals[.margin]?.last ?? nil)
    let right = try #require(alone.signals[.leaveOneOut]?[victim])
    #expect(right > 0)
    #expect(wrong < 0)
    #expect(wrong < fitted)
    let rank = try #require(copied.ranks.last ?? nil)
    #expect(rank <= 20)
  }

  @Test("rows that are no pairs have a reason and no number")
  func unscored() throws {
    var pairs = GeneratedPairs(seed: 1)
    var list = RowList(pairs.rows(60))
    let side = Side(turns: [Turn(.assistant, "a")])
    list.rows.insert(
      .failure(RowProblem(row: 0, line: 1, reason: .notAnObject)), at: 0)
    list.rows.append(.success(PreferenceRow(context: [], sides: [side, side], label: .prefers(1))))
    list.rows.append(.success(PreferenceRow(context: [], sides: [side], label: .prefers(0))))
    list.rows.append(.success(PreferenceRow(context: [], sides: [side, side], label: .tie)))
    let result = try scanned(list)
    #expect(result.unscoredReasons.prefix(2) == [.unreadable, nil])
    #expect(
      result.unscoredReasons.suffix(3) == [.identicalSides, .notTwoSides, .noPreference])
    #expect(result.scoredCount == 60)
    #expect(result.suspicion.map { $0 == nil } == result.unscoredReasons.map { $0 != nil })
    #expect(result.queue().map { result.ranks[$0] } == (1...60).map { $0 })
    #expect(result.suspicion.compactMap(\.self).allSatisfy { (0...1).contains($0) })
  }

  @Test("too few pairs, one prompt's copies or equal features give a reason, not a number")
  func noHead() throws {
    var pairs = GeneratedPairs(seed: 3)
    let rows = pairs.rows(49)
    #expect(
      try scanned(RowList(rows)).quality == .notMeasured(.tooFewPairs(found: 49, needed: 50)))
    #expect(try scanned(RowList([])).rowCount == 0)
    let same = try scanned(RowList(Array(repeating: rows[0], count: 80)))
    #expect(same.quality == .notMeasured(.oneGroup))
    #expect(same.scoredCount == 0 && same.unscoredReasons.allSatisfy { $0 == .noHead })
    #expect(same.quality.hasSignal == false)
  }

  @Test("labels drawn by lot give a head without signal, labels with a cause one with signal")
  func honesty() throws {
    var pairs = GeneratedPairs(seed: 11)
    let rows = pairs.rows(800)
    #expect(try scanned(RowList(rows)).quality.hasSignal)
    var generator = SeededGenerator(seed: 4)
    let drawn = rows.map { generator.below(2) == 0 ? $0 : $0.swapped }
    let result = try scanned(RowList(drawn))
    #expect(!result.quality.hasSignal)
    guard case .measured(let accuracy, let auc, 800) = result.quality else {
      Issue.record("not measured")
      return
    }
    #expect(auc.lower < 0.5 && 0.5 < auc.upper && accuracy.lower < accuracy.value)
  }

  @Test("the result is read again as it was written, and nothing else is read", arguments: 0..<2)
  func encoding(seed: UInt64) throws {
    var pairs = GeneratedPairs(seed: seed)
    var rows = pairs.rows(120)
    rows += rows.prefix(3)
    rows += rows.prefix(2).map(\.swapped)
    rows[5].sides[0].turns[0].text = rows[4].sides[0].turns[0].text + "!!"
    let result = try scanned(RowList(rows), settings: ScanSettings(seed: seed, sketchWidth: 16))
    let bytes = result.encoded()
    #expect(ScanResult(encoded: bytes) == result)
    let few = try scanned(RowList(Array(rows.prefix(9))))
    #expect(ScanResult(encoded: few.encoded()) == few)
    for length in stride(from: 0, to: bytes.count, by: 997) {
      #expect(ScanResult(encoded: Array(bytes.prefix(length))) == nil)
    }
    #expect(ScanResult(encoded: bytes + [0]) == nil)
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      var broken = bytes
      broken[generator.below(600)] ^= UInt8(1 << generator.below(8))
      _ = ScanResult(encoded: broken)
    }
  }

  @Test("contributions and rest add up to the margin shown", arguments: 0..<3)
  func explanations(seed: UInt64) throws {
    var pairs = GeneratedPairs(seed: seed)
    var rows = pairs.rows(300)
    rows += rows.prefix(20)
    rows += rows.prefix(30).dropFirst(10).map(\.swapped)
    // Near-copies: their words are the same, their style is not.
    rows += rows.prefix(40).dropFirst(30).map { row in
      var row = row
      row.sides[0].turns[0].text += " ..."
      return row
    }
    let result = try scanned(RowList(rows))
    for (index, row) in rows.enumerated() {
      for limit in [0, 3, 1000] {
        let found = try #require(result.explanation(of: row, at: index, limit: limit))
        let sum = found.contributions.reduce(found.rest) { $0 + $1.amount }
        #expect(abs(sum - found.margin) < 1e-9)
        #expect(found.margin == result.signals[.leaveOneOut]?[index])
        #expect(found.contributions.count <= limit && found.rank == result.ranks[index])
        if limit == 1000 { #expect(found.restCount == 0 && found.rest == 0) }
      }
    }
    let other = result.explanation(of: rows[1], at: 0, limit: 5)
    #expect(other == nil)
  }

  @Test("a decoded result explains as the one that was encoded")
  func explainingDecoded() throws {
    var pairs = GeneratedPairs(seed: 8)
    let rows = pairs.rows(200)
    let result = try scanned(RowList(rows))
    let decoded = try #require(ScanResult(encoded: result.encoded()))
    for (index, row) in rows.enumerated() {
      #expect(
        decoded.explanation(of: row, at: index, limit: 8)
          == result.explanation(of: row, at: index, limit: 8))
    }
  }
}
