import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite("The evidence about a pair")
struct PairEvidenceTests {
  /// A finished scan of generated rows, the last of which is a copy of the first.
  private func scan(seed: UInt64) throws -> (rows: [PreferenceRow], artefacts: ScanArtefacts) {
    var pairs = GeneratedPairs(seed: seed)
    var rows = pairs.rows(100)
    rows.append(rows[0])
    var scan = NoiseScan(
      source: RowList(rows), settings: ScanSettings(sketchWidth: 64, signals: [.peerReview]),
      jobs: 1)
    while !scan.advance().isFinished {}
    return (rows, try #require(scan.artefacts))
  }

  @Test(
    "it speaks of the file's label, also where a decision has exchanged that", arguments: [3, 8])
  func speaksOfTheFile(seed: UInt64) throws {
    let (rows, artefacts) = try scan(seed: seed)
    let changes = LabelChanges(swapped: [0])
    var refit = HeadRefit(of: artefacts, changes: changes, jobs: 1)
    var refitted: ScanArtefacts?
    while refitted == nil { refitted = refit.advance() }
    let present = try #require(refitted)
    let raw = try #require(present.related(to: 0, limit: 6))
    #expect(raw.copies == [] && raw.conflicts == [100], "under the decision they contradict")
    let evidence = present.result.evidence(of: rows[0], at: 0, limit: 6, asking: present)
    let related = try #require(evidence.related)
    #expect(related.copies == [100] && related.conflicts == [], "in the file they do not")
    #expect(related.supporting.map(\.row) == raw.opposing.map(\.row))
    #expect(related.supporting.allSatisfy { $0.influence > 0 })
    #expect(related.opposing.map(\.influence) == raw.supporting.map { -$0.influence })
    let margin = try #require(evidence.explanation?.margin)
    #expect(evidence.standing(of: .leaveOneOut)?.value == margin)
    #expect(evidence.standing(of: .leaveOneOut)?.rank == present.result.ranks[0])
    // The copy keeps its label: nothing is turned.
    let copy = present.result.evidence(of: rows[100], at: 100, limit: 6, asking: present)
    #expect(copy.related?.copies == [0])
    #expect(copy.related?.supporting == present.related(to: 100, limit: 6)?.supporting)
  }

  @Test("the way through peer review ends where its margins are, also when read from the cache")
  func trajectories() throws {
    let (rows, artefacts) = try scan(seed: 4)
    let kept = try #require(ScanResult(encoded: artefacts.result.encoded()))
    #expect(kept == artefacts.result)
    for result in [artefacts.result, kept] {
      for row in [0, 17, 100] {
        let evidence = result.evidence(of: rows[row], at: row, limit: 3)
        let last = try #require(evidence.trajectory?.epochs.last)
        let margin = try #require(evidence.standing(of: .peerMarginA)?.value)
        // Half precision has eleven bits.
        #expect(abs(Double(last.marginA) - margin) <= abs(margin) / 1_024 + 1e-6)
      }
    }
    #expect(artefacts.result.rankingAlone.trajectories == nil)
  }
}
