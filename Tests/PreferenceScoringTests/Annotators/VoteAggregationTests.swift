import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite struct VoteAggregationTests {
  /// Rows with votes beside the label, which is right but for every fifth.
  private func rows(_ count: Int, seed: UInt64) -> (rows: [PreferenceRow], isWrong: [Bool]) {
    var pairs = GeneratedPairs(seed: seed)
    var isWrong: [Bool] = []
    let rows = pairs.rows(count).enumerated().map { number, row in
      var row = row
      let better = row.label.preferred ?? 0
      row.judgments = [0.9, 0.8, 0.7, 0.55].enumerated().map { annotator, rate in
        Judgment(
          annotator: "worker \(annotator)",
          label: .prefers(pairs.generator.unit() < rate ? better : 1 - better))
      }
      isWrong.append(number.isMultiple(of: 5))
      return isWrong[number] ? row.swapped : row
    }
    return (rows, isWrong)
  }

  private let settings = ScanSettings(sketchWidth: 16, signals: [.votes])

  @Test(
    "votes and what models make of them find wrong labels, the same bytes for every number of jobs")
  func found() throws {
    let (rows, isWrong) = rows(400, seed: 4)
    let result = try scanned(RowList(rows), settings: settings)
    let auroc = { (id: SignalID) in
      try #require(result.detectionQuality(of: id, isWrong: isWrong)).auroc.value
    }
    for id in SignalID.ofVotes { #expect(try auroc(id) > 0.9, "\(id.rawValue)") }
    #expect(try auroc(.oneCoin) > (try auroc(.votes)) + 0.01)
    let bytes = result.encoded()
    #expect(try scanned(RowList(rows), settings: settings, jobs: 3).encoded() == bytes)
    #expect(ScanResult(encoded: bytes) == result)
  }

  @Test("swapping a label beside its votes turns what they say of it round")
  func swapping() throws {
    let (rows, _) = rows(120, seed: 6)
    var other = rows
    other[7] = other[7].swapped
    let one = try scanned(RowList(rows), settings: settings)
    let two = try scanned(RowList(other), settings: settings)
    for id in [SignalID.votes, .oneCoin, .dawidSkene, .mace] {
      let (before, after) = (try #require(one.signals[id]), try #require(two.signals[id]))
      #expect(abs(try #require(before[7]) + (try #require(after[7])) - 1) < 1e-12)
      #expect(before[8] == after[8])
    }
  }

  @Test("one row a vote: the labels of the same pair are its votes")
  func longForm() throws {
    let (rows, _) = rows(100, seed: 8)
    let long = rows.flatMap { row in
      row.judgments.map { judgment in
        var row = row
        row.judgments = []
        row.annotator = judgment.annotator
        row.label = judgment.label
        return row
      }
    }
    let nested = try scanned(RowList(rows), settings: settings)
    let result = try scanned(RowList(long), settings: settings)
    let (own, theirs) = (
      try #require(result.signals[.oneCoin]), try #require(nested.signals[.oneCoin])
    )
    for (number, row) in long.enumerated() {
      let value = try #require(theirs[number / 4])
      let isSame = row.label.preferred == rows[number / 4].label.preferred
      #expect(abs(try #require(own[number]) - (isSame ? value : 1 - value)) < 1e-12)
    }
  }

  @Test("where nobody votes, or one annotator alone, nothing is said")
  func silence() throws {
    var pairs = GeneratedPairs(seed: 9)
    var rows = pairs.rows(80)
    #expect(try scanned(RowList(rows), settings: settings).signals[.votes] == nil)
    for index in rows.indices { rows[index].annotator = "only" }
    let result = try scanned(RowList(rows), settings: settings)
    for id in SignalID.ofVotes { #expect(result.signals[id] == nil) }
    let table = AnnotatorTable(RowList(rows), scan: result)
    #expect(table.shortage == .oneAnnotator && table.records.count == 1)
    let record = try #require(table.records.first)
    #expect(record.voteCount == 80 && record.reliability == nil && record.agreement == nil)
    #expect(record.headAgreement != nil)
  }

  @Test(
    "of five annotators with a row each the one with 40 % flips agrees least with the head",
    arguments: 0..<10)
  func byHead(seed: UInt64) throws {
    var pairs = GeneratedPairs(seed: seed)
    var rows = pairs.rows(1500)
    let bad = Int(seed) % 5
    for index in rows.indices {
      rows[index].annotator = "worker \(index % 5)"
      if index % 5 == bad, pairs.generator.unit() < 0.4 { rows[index] = rows[index].swapped }
    }
    let table = AnnotatorTable(RowList(rows), scan: try scanned(RowList(rows)))
    #expect(table.records.first?.name == "worker \(bad)")
  }
}
