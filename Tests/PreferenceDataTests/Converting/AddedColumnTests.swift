import Testing

@testable import PreferenceData

@Suite("Added columns")
struct AddedColumnTests {
  private static func side(_ text: String, rating: Double? = nil) -> Side {
    Side(turns: [Turn(.assistant, text)], rating: rating)
  }

  private static func row(
    _ first: Double?, _ second: Double?, _ label: PreferenceLabel, votes: [PreferenceLabel] = []
  ) -> PreferenceRow {
    PreferenceRow(
      context: [Turn(.user, "q")], sides: [side("a", rating: first), side("b", rating: second)],
      label: label, judgments: votes.map { Judgment(annotator: nil, label: $0) })
  }

  private static func value(
    _ column: AddedColumn, _ row: PreferenceRow, better: Int = 0, _ decisions: [Decision] = []
  ) -> String {
    let note = RowNote(
      file: "rows.csv", row: 7, id: "x7", outcome: decisions.isEmpty ? nil : .keep,
      decisions: decisions, labelRight: decisions.isEmpty ? 0.875 : nil)
    return column.value(of: row, better: better, worse: 1 - better, note: note).text
  }

  @Test("the margin is the difference of ratings, else the strength, and turns with the decision")
  func margins() {
    let rated = Self.row(8.5, 6, .prefers(0, strength: 3))
    #expect(Self.value(.margin, rated) == "2.5")
    #expect(Self.value(.margin, rated, better: 1) == "-2.5")
    let strong = Self.row(nil, 6, .prefers(1, strength: 2))
    #expect(Self.value(.margin, strong, better: 1) == "2")
    #expect(Self.value(.margin, strong, better: 0) == "-2")
    #expect(Self.value(.margin, Self.row(nil, nil, .prefers(0))) == "null")
    #expect(Self.value(.margin, Self.row(nil, nil, .tie)) == "null")
  }

  @Test("strengths of file and review stand apart, and votes of both are counted together")
  func strengthsAndVotes() {
    let row = Self.row(
      nil, nil, .prefers(0, strength: 2), votes: [.prefers(0), .prefers(1, strength: 1), .tie])
    let side = { (place: Int) in Verdict.prefers(row.sides[place].id) }
    let decisions = [
      Decision(side(0), strength: 1), Decision(side(0), strength: 2), Decision(.bothBad),
      Decision(.skip), Decision(.drop),
    ]
    #expect(Self.value(.strength, row, decisions) == #"{"file":2,"review":1.5}"#)
    #expect(Self.value(.strength, row) == #"{"file":2,"review":null}"#)
    #expect(Self.value(.votes, row, decisions) == #"{"chosen":3,"rejected":1,"neither":2}"#)
    #expect(
      Self.value(.votes, row, better: 1, decisions) == #"{"chosen":1,"rejected":3,"neither":2}"#)
  }

  @Test("votes turn round with the pair of a ranking that they are about")
  func votesOfRankings() {
    let sides = ["a", "b", "c"].map { Self.side($0) }
    let row = PreferenceRow(
      context: [], sides: sides, label: .ranks([0, 1, 2]),
      judgments: [.ranks([0, 1, 2]), .ranks([2, 1, 0]), .ranks([0, 0, 1])].map {
        Judgment(annotator: nil, label: $0)
      })
    let note = RowNote(file: "f", row: 0, id: nil)
    #expect(
      AddedColumn.votes.value(of: row, better: 0, worse: 1, note: note).text
        == #"{"chosen":1,"rejected":1,"neither":1}"#)
    #expect(
      AddedColumn.votes.value(of: row, better: 0, worse: 2, note: note).text
        == #"{"chosen":2,"rejected":1,"neither":0}"#)
  }

  @Test("notes are the rationale, a measured share is the probability, and the rest is provenance")
  func notes() {
    let row = Self.row(nil, nil, .prefers(0))
    let decisions = [Decision(.tie, note: "one"), Decision(.tie), Decision(.tie, note: "two")]
    #expect(Self.value(.rationale, row, decisions) == #""one\ntwo""#)
    #expect(Self.value(.rationale, row) == "null")
    #expect(Self.value(.labelRight, row) == "0.875")
    #expect(Self.value(.labelRight, row, decisions) == "null")
    #expect(
      Self.value(.provenance, row) == #"{"file":"rows.csv","row":7,"id":"x7","decision":null}"#)
    #expect(Self.value(.provenance, row, decisions).hasSuffix(#""decision":"keep"}"#))
  }
}
