import Foundation
import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite("A head with one hidden layer")
struct HiddenLayerTests {
  private func head(width: Int, columns: Int, seed: UInt64) -> HiddenLayerHead {
    var generator = SeededGenerator(seed: seed)
    func number() -> Float { Float(2 * generator.unit() - 1) }
    return HiddenLayerHead(
      scales: (0..<columns).map { 1 / Float($0 + 1) },
      inner: (0..<width * columns).map { _ in number() }, outer: (0..<width).map { _ in number() })
  }

  private func planted(_ rows: Int, _ seed: UInt64, columns: Int = 6) throws -> SignalCase {
    try SignalCase(rows: rows, columns: columns, scale: 4, flipRate: 0.2, seed: seed)
  }

  @Test("swapping a pair negates its margin exactly", arguments: 0..<4)
  func oddness(seed: UInt64) throws {
    let evidence = try planted(64, seed).evidence
    let head = head(width: 5, columns: 6, seed: seed)
    var negated = DesignMatrix(columnCount: 6)
    for row in 0..<64 { negated.append(evidence.design.row(row).map { -$0 }) }
    let margins = head.margins(of: evidence.design, 0..<64)
    #expect(head.margins(of: negated, 0..<64) == margins.map { -$0 })
  }

  @Test("a trained head finds planted flips out of fold")
  func plantedFlips() throws {
    let sample = try SignalCase(rows: 3000, columns: 12, scale: 4, flipRate: 0.2, seed: 23)
    var work = HiddenLayer(sample.evidence)
    let values = try #require(work.finished(sample.evidence)[.mlp])
    let quality = try #require(
      DetectionQuality(
        suspicion: values.map { $0.map { -$0 } }, margins: sample.evidence.margins,
        isWrong: sample.isFlipped, seed: 0))
    #expect(quality.auroc.value > 0.85)
  }

  @Test("what it says of a pair does not depend on that pair's label, but for the sign")
  func outOfFold() throws {
    let evidence = try planted(200, 1).evidence
    var design = DesignMatrix(columnCount: 6)
    for row in 0..<200 { design.append(evidence.design.row(row).map { row == 17 ? -$0 : $0 }) }
    let other = try SignalCase.evidence(design, penalty: 1, seed: 1)
    var (one, two) = (HiddenLayer(evidence), HiddenLayer(other))
    let values = try #require(one.finished(evidence)[.mlp]?[17])
    #expect(try #require(two.finished(other)[.mlp]?[17]) == -values)
  }

  @Test("the margins are the same for every number of jobs")
  func determinism() throws {
    let evidence = try planted(600, 2).evidence
    var (one, three) = (HiddenLayer(evidence), HiddenLayer(evidence))
    #expect(one.finished(evidence)[.mlp] == three.finished(evidence, jobs: 3)[.mlp])
  }
}
