import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite("Pairs near a pair, and signals asked for later")
struct NearTests {
  /// Rows with copies, contradicting copies, and the sides of row 7 under another prompt.
  private func rows(_ seed: UInt64) -> [PreferenceRow] {
    var pairs = GeneratedPairs(seed: seed)
    var rows = pairs.rows(200)
    rows += rows.prefix(4)
    rows += rows.prefix(2).map(\.swapped)
    var variant = rows[7].swapped
    variant.context = [Turn(.user, "another question altogether")]
    return rows + [variant]
  }

  @Test(
    "near are the pair itself, its copies, what is alike, and what bears on it", arguments: 0..<3)
  func near(seed: UInt64) throws {
    let rows = rows(seed)
    let artefacts = try finishedScan(of: RowList(rows))
    let found = artefacts.near(0, limit: 5, jobs: 1)
    #expect(Set(found).isSuperset(of: [0, 200, 204]))
    #expect(found == found.sorted() && found.count <= 3 + 2 * 5)
    // Whichever side is called better.
    #expect(artefacts.near(7, limit: 3, jobs: 1).contains(206))
    let related = try #require(artefacts.related(to: 0, limit: 5))
    let strongest = (related.supporting + related.opposing).max {
      abs($0.influence) < abs($1.influence)
    }
    #expect(found.contains(try #require(strongest).row))
    #expect(artefacts.near(0, limit: 5, jobs: 3) == found)
    #expect(artefacts.near(0, limit: 0, jobs: 1) == [0, 200, 204])
  }

  @Test("which pairs are near does not change when all labels are exchanged")
  func blind() throws {
    let list = RowList(rows(9))
    let (one, other) = (try finishedScan(of: list), try finishedScan(of: list.swapped))
    for place in 0..<20 {
      #expect(one.near(place, limit: 6, jobs: 1) == other.near(place, limit: 6, jobs: 1))
    }
  }

  @Test("a row that is no pair has nothing near it")
  func noPair() throws {
    var rows = rows(3)
    rows[5].label = .tie
    let artefacts = try finishedScan(of: RowList(rows))
    #expect(artefacts.near(5, jobs: 1).isEmpty)
    #expect(artefacts.near(999, jobs: 1).isEmpty)
  }

  @Test("a signal asked for later says what the scan would have said", arguments: [1, 3])
  func later(jobs: Int) throws {
    let list = RowList(rows(4))
    func settings(_ signals: Set<SignalID>) -> ScanSettings {
      ScanSettings(sketchWidth: 32, signals: signals)
    }
    let late: Set<SignalID> = [.uncertainty, .aum, .confident]
    let at = try finishedScan(of: list, settings: settings(late.union([.fifa]))).result
    let artefacts = try finishedScan(of: list, settings: settings([.fifa]))
    var further = try #require(FurtherSignals(late + [.fifa], of: artefacts, jobs: jobs))
    var result: ScanResult?
    while result == nil {
      #expect((0...1).contains(further.share))
      result = further.advance()
    }
    #expect(result == at)
    #expect(FurtherSignals([.fifa, .margin, .gold], of: artefacts, jobs: 1) == nil)
  }
}
