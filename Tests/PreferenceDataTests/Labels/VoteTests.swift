import PreferenceData
import Testing

@Suite("Votes")
struct VoteTests {
  private func row(_ votes: [String], label: String? = nil) -> String {
    let ballots = votes.enumerated().map { #"{"evaluator":"w\#($0)","overall_pref":"\#($1)"}"# }
    return #"{"text":"q","completion_a":"x","completion_b":"y","#
      + (label.map { #""winner":"\#($0)","# } ?? "")
      + #""worker_annotations":[\#(ballots.joined(separator: ","))]}"#
  }

  @Test(
    "without another label the majority of the votes is the label",
    arguments: [
      (["A-is-clearly-better", "A-is-slightly-better", "B-is-clearly-better"], .prefers(0)),
      (["A-is-clearly-better", "B-is-clearly-better"], .tie), (["Tie"], .tie),
      (["Tie", "Tie", "B-is-slightly-better"], .prefers(1)), ([], .none),
    ] as [([String], PreferenceLabel)])
  func majorities(votes: [String], label: PreferenceLabel) throws {
    let format = try detect([row(["A-is-clearly-better"]), row(votes)])
    let pair = try read(row(votes), format)
    #expect(pair.label == label)
    #expect(pair.judgments.count == votes.count)
    #expect(pair.judgments.map(\.annotator) == votes.indices.map { "w\($0)" })
    guard let preferred = label.preferred else {
      // Nobody's vote may be made up.
      #expect(format.edits(preferring: 0, in: try document(row(votes)).root) == nil)
      return
    }
    let after = try swapped(row(votes), format)
    #expect(try read(after, format).label.preferred == 1 - preferred)
    #expect(try read(after, format).judgments.count == votes.count)
    #expect(try swapped(after, format) == row(votes))
  }

  private func named(_ votes: [String], list: String = "votes") -> String {
    let ballots = votes.enumerated().map { #"{"annotator":"w\#($0)","label":\#($1)}"# }
    return #"{"prompt":"q","chosen":"x","rejected":"y","score_chosen":2,"score_rejected":1,"#
      + #""\#(list)":[\#(ballots.joined(separator: ", "))]}"#
  }

  @Test("beside sides that are named, words for them are votes, and a swap turns every vote round")
  func namedSides() throws {
    let before = named([#""chosen""#, #""rejected""#, #""tie""#, "null", #""chosen""#])
    let format = try detect([before])
    let row = try read(before, format)
    #expect(row.label == .prefers(0))
    #expect(row.judgments.map(\.label) == [.prefers(0), .prefers(1), .tie, .prefers(0)])
    #expect(row.judgments.map(\.annotator) == ["w0", "w1", "w2", "w4"])
    let after = try swapped(before, format)
    let expected = named([#""rejected""#, #""chosen""#, #""tie""#, "null", #""rejected""#])
      .replacing(
        #""chosen":"x","rejected":"y","score_chosen":2,"score_rejected":1"#,
        with:
          #""chosen":"y","rejected":"x","score_chosen":1,"score_rejected":2"#)
    #expect(after == expected)
    #expect(try swapped(after, format) == before)
    // The texts have changed places, so every vote is for the same text as before.
    for (old, new) in zip(row.judgments, try read(after, format).judgments) {
      #expect(old.label.preferred.map { 1 - $0 } == new.label.preferred)
    }
  }

  @Test(
    "letters, numbers and words of one's own are no votes there, and stay as they are",
    arguments: [[#""A""#], ["1"], [#""chosen""#, #""whatever""#], [#"["chosen"]"#]])
  func unclearVotes(votes: [String]) throws {
    let before = named(votes)
    let format = try detect([before])
    #expect(try read(before, format).judgments.isEmpty)
    for vote in votes { #expect(try swapped(before, format).contains(#""label":\#(vote)"#)) }
    let other = named([#""chosen""#], list: "reviews")
    #expect(try read(other, format).judgments.isEmpty)
    #expect(try swapped(other, format).contains(#""label":"chosen""#))
  }

  @Test("beside a label votes are kept as they were cast")
  func votesBesideLabel() throws {
    let before = row(["A-is-clearly-better", "B-is-slightly-better"], label: "model_b")
    let format = try detect([before])
    #expect(try read(before, format).label == .prefers(1))
    let after = try swapped(before, format)
    #expect(after == before.replacing("model_b", with: "model_a"))
    #expect(
      try read(after, format).judgments.map(\.label)
        == [.prefers(0, strength: 2), .prefers(1, strength: 1)])
  }

  @Test("rows of one pair are grouped whatever the side order, with what each of them prefers")
  func groups() {
    func vote(_ first: String, _ second: String, _ label: PreferenceLabel) -> PreferenceRow {
      PreferenceRow(
        context: [Turn(.user, "q")],
        sides: [first, second].map { Side(turns: [Turn(.assistant, $0)]) }, label: label)
    }
    var index = RowIndex()
    let rows: [PreferenceRow] = [
      vote("x", "y", .prefers(0)), vote("other", "y", .prefers(0)), vote("y", "x", .prefers(1)),
      vote("x", "y", .tie), vote("y", "x", .prefers(0)), vote("z", "w", .prefers(0)),
      vote("z", "w", .prefers(0)),
    ]
    for row in rows { index.append(.success(row)) }
    let groups = index.voteGroups
    #expect(groups.map(\.rows) == [[0, 2, 3, 4], [5, 6]])
    #expect(groups.map(\.pair) == [rows[0].pairID, rows[5].pairID])
    #expect([groups[0].smallerCount, groups[0].largerCount].sorted() == [1, 2])
    #expect(groups.map(\.undecidedCount) == [1, 0])
    #expect(groups.map(\.isContradictory) == [true, false])
  }

  @Test("the round that was judged ends the conversation")
  func judgedRound() throws {
    func conversation(_ answers: String...) -> String {
      "["
        + answers.map {
          #"{"role":"user","content":"ask"},{"role":"assistant","content":"\#($0)"}"#
        }.joined(separator: ",") + "]"
    }
    func row(turn: Int) -> String {
      #"{"conversation_a":\#(conversation("x", "same")),"conversation_b":"#
        + #"\#(conversation("y", "same")),"winner":"model_a","turn":\#(turn)}"#
    }
    let format = try detect([row(turn: 1)])
    let first = try read(row(turn: 1), format)
    #expect(first.context == [Turn(.user, "ask")])
    #expect(first.sides.map(\.text) == ["x", "y"])
    let second = try read(row(turn: 2), format)
    #expect(second.sides.map(\.turns.count) == [3, 3])
    #expect(first.pairID != second.pairID)
  }

  @Test("rounds in lists of texts, also as JSON inside a text, are conversations")
  func rounds() throws {
    for quoted in [false, true] {
      func list(_ texts: String) -> String {
        quoted ? "\"" + texts.replacing("\"", with: "\\\"") + "\"" : texts
      }
      let row =
        #"{"prompt":\#(list(#"["q1","q2"]"#)),"response_a":\#(list(#"["same","x"]"#)),"#
        + #""response_b":\#(list(#"["same",null]"#)),"winner_model_a":1,"winner_model_b":0,"#
        + #""winner_tie":0}"#
      let pair = try read(row, try detect([row]))
      #expect(
        pair.context == [Turn(.user, "q1"), Turn(.assistant, "same"), Turn(.user, "q2")])
      #expect(pair.sides.map(\.text) == ["x", ""])
      #expect(pair.label == .prefers(0))
    }
  }
}
