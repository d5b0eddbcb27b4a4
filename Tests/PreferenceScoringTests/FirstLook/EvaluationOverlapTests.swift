import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite("Evaluation overlap")
struct EvaluationOverlapTests {
  private func row(_ prompt: String, _ first: String, _ second: String, prefers: Int = 0)
    -> PreferenceRow
  {
    PreferenceRow(
      context: [Turn(.user, prompt)],
      sides: [first, second].map { Side(turns: [Turn(.assistant, $0)]) }, label: .prefers(prefers))
  }

  private func overlap(
    of rows: [PreferenceRow], with evaluation: [PreferenceRow]
  ) throws -> EvaluationOverlap {
    let texts = EvaluationTexts(of: RowList(evaluation), jobs: 2)
    return try #require(
      try FirstLookTests.surveyed(RowList(rows), against: texts, jobs: 3).look.overlap)
  }

  private func words(_ range: Range<Int>) -> String {
    range.map { "word\($0)" }.joined(separator: " ")
  }

  @Test("prompts and pairs are the same to the byte, whatever the order of the sides and the label")
  func exact() throws {
    let found = try overlap(
      of: [
        row("p", "x", "y"), row("q", "b", "a", prefers: 1), row("Q", "a", "b"), row("r", "a", "b"),
      ],
      with: [row("q", "a", "b"), row("q", "c", "d"), row("z", "a", "b")])
    #expect(found.promptRows == [1] && found.metPrompts == 2)
    #expect(found.pairRows == [1] && found.metPairs == 1)
    #expect(found.runRows == [] && found.metRuns == 0 && found.evaluationRows == 3)
  }

  @Test("13 words in a row are a run, 12 are none; case, spacing and punctuation do not matter")
  func runs() throws {
    let evaluation = [row("p", words(0..<40), "short"), row("p", words(100..<112), "b")]
    let shouted = words(20..<33).uppercased().split(separator: " ").joined(separator: ",\n- ")
    let found = try overlap(
      of: [
        row("a", "see: " + words(5..<18) + " end", "x"), row("b", "x " + words(5..<17) + " y", "x"),
        row("c", "x", "(" + shouted + ")"), row(words(27..<40), "x", "y"),
        row("e", words(100..<112), "x"),
      ], with: evaluation)
    #expect(found.runRows == [0, 2, 3] && found.metRuns == 1)
  }

  @Test(
    "runs are found exactly where a slow search finds them", arguments: 0..<24 as Range<UInt64>)
  func slowSearch(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    // Two words only: runs in common happen, and there are many that nearly are.
    func text() -> [Int] { (0..<generator.below(40)).map { _ in generator.below(2) } }
    let evaluation = (0..<6).map { _ in text() }
    let rows = (0..<30).map { _ in text() }
    func spelled(_ text: [Int]) -> String {
      text.map { $0 == 0 ? "zero" : "one" }.joined(separator: " ")
    }
    func runs(_ text: [Int]) -> Set<[Int]> {
      guard text.count >= 13 else { return [] }
      return Set((0...(text.count - 13)).map { Array(text[$0..<($0 + 13)]) })
    }
    let found = try overlap(
      of: rows.enumerated().map { row("r\($0)", spelled($1), "s") },
      with: evaluation.enumerated().map { row("e\($0)", spelled($1), "t") })
    let all = evaluation.reduce(into: Set<[Int]>()) { $0.formUnion(runs($1)) }
    #expect(found.runRows == rows.indices.filter { !runs(rows[$0]).isDisjoint(with: all) })
    let own = rows.reduce(into: Set<[Int]>()) { $0.formUnion(runs($1)) }
    #expect(found.metRuns == evaluation.count { !runs($0).isDisjoint(with: own) })
  }
}
