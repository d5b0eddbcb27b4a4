import Foundation
import PreferenceData
import Testing

@testable import PreferenceScoring

/// A finished scan of `source` that can be asked about its pairs.
func finishedScan(
  of source: any PairSource, settings: ScanSettings = ScanSettings(sketchWidth: 32, signals: []),
  keeping kept: ScanResult? = nil
) throws -> ScanArtefacts {
  var scan = NoiseScan(source: source, settings: settings, keeping: kept, jobs: 1)
  while !scan.advance().isFinished {}
  return try #require(scan.artefacts)
}

@Suite struct ArtefactTests {
  @Test("artefacts rebuilt from a kept result are those of the scan, bit for bit", arguments: 0..<3)
  func rebuilding(seed: UInt64) throws {
    var pairs = GeneratedPairs(seed: seed)
    var rows = pairs.rows(300)
    rows += rows.prefix(5)
    rows += rows.prefix(3).map(\.swapped)
    let settings = ScanSettings(seed: seed, sketchWidth: 32, signals: [.influence, .contradiction])
    let fresh = try finishedScan(of: RowList(rows), settings: settings)
    let kept = try #require(ScanResult(encoded: fresh.result.encoded()))
    let rebuilt = try finishedScan(of: RowList(rows), settings: settings, keeping: kept)
    #expect(rebuilt.head == fresh.head)
    #expect(rebuilt.judged.margins == fresh.judged.margins)
    #expect(rebuilt.judged.leftOutMargins == fresh.judged.leftOutMargins)
    #expect(rebuilt.result.encoded() == fresh.result.encoded())
    #expect(rebuilt.design.units == fresh.design.units)
  }

  @Test("a scan that goes on from a kept ranking ends with the bytes of one that did not")
  func goingOn() throws {
    var pairs = GeneratedPairs(seed: 8)
    let rows = RowList(pairs.rows(300))
    let settings = ScanSettings(sketchWidth: 32, signals: [.selfInfluence, .strength])
    let whole = try finishedScan(of: rows, settings: settings).result
    let ranking = try finishedScan(of: rows, settings: settings.ranking).result
    #expect(whole.rankingAlone.encoded() == ranking.encoded())
    let ended = try finishedScan(of: rows, settings: settings, keeping: ranking).result
    #expect(ended.encoded() == whole.encoded())
  }

  @Test("a kept result of other rows is not taken for one of these")
  func otherRows() throws {
    var pairs = GeneratedPairs(seed: 8)
    let rows = pairs.rows(200)
    let settings = ScanSettings(sketchWidth: 32, signals: [])
    let other = try finishedScan(of: RowList(Array(rows.dropFirst())), settings: settings).result
    let fresh = try finishedScan(of: RowList(rows), settings: settings).result
    #expect(
      try finishedScan(of: RowList(rows), settings: settings, keeping: other).result.encoded()
        == fresh.encoded())
  }

  @Test("related pairs are the strongest pushes, without the pair and its copies")
  func related() throws {
    var pairs = GeneratedPairs(seed: 3)
    var rows = pairs.rows(250)
    rows += [rows[7], rows[7].swapped, rows[7]]
    let artefacts = try finishedScan(of: RowList(rows))
    let found = try #require(artefacts.related(to: 7, limit: 12))
    #expect(found.copies == [250, 252])
    #expect(found.conflicts == [251])
    let row = try #require(artefacts.pairs.designRow(of: 7))
    let pushes = Influence.pushes(on: row, in: artefacts.evidence)
    var byFileRow: [Int: Double] = [:]
    for (row, push) in pushes.enumerated() { byFileRow[artefacts.pairs.fileRows[row]] = push }
    for own in [7, 250, 251, 252] { byFileRow[own] = nil }
    let sorted = byFileRow.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
    #expect(found.opposing.map(\.row) == sorted.prefix(12).map(\.key))
    #expect(found.supporting.map(\.row) == sorted.suffix(12).reversed().map(\.key))
    for entry in found.opposing + found.supporting {
      #expect(abs(entry.influence - (byFileRow[entry.row] ?? .nan)) < 1e-12)
    }
    #expect(found.supporting.allSatisfy { $0.influence > 0 })
    #expect(found.opposing.allSatisfy { $0.influence < 0 })
    #expect(artefacts.related(to: 7, limit: 0)?.supporting == [])
    #expect(artefacts.related(to: rows.count, limit: 5) == nil)
  }
}
