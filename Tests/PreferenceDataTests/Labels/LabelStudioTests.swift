import PreferenceData
import Testing

@Suite("Label Studio, tokens, and system prompts of answers")
struct LabelStudioTests {
  private func row(_ selected: [String], cancelled: Int = 0) -> String {
    let annotations = (selected + Array(repeating: "left", count: cancelled)).enumerated().map {
      number, word in
      #"{"completed_by":{"id":\#(number),"email":"w\#(number)"},"was_cancelled":"#
        + #"\#(number >= selected.count),"result":[{"type":"pairwise","value":{"selected":"\#(word)"}}]}"#
    }
    return #"{"id":7,"data":{"prompt":"q","text1":"x","text2":"y"},"annotations":["#
      + annotations.joined(separator: ",") + #"],"predictions":[]}"#
  }

  @Test(
    "what most annotations select is the label, those that were cancelled are none",
    arguments: [
      (["left"], .prefers(0)), (["right"], .prefers(1)), (["left", "right"], .tie), ([], .none),
      (["right", "left", "right"], .prefers(1)),
    ] as [([String], PreferenceLabel)])
  func labels(selected: [String], label: PreferenceLabel) throws {
    let before = row(selected, cancelled: 2)
    let format = try detect([row(["left"]), before])
    #expect(format.name == "label-studio")
    let pair = try read(before, format)
    #expect(pair.label == label && pair.fileID == "7")
    #expect(pair.context == [Turn(.user, "q")] && pair.sides.map(\.text) == ["x", "y"])
    #expect(
      pair.judgments.map(\.annotator)
        == (selected.count > 1 ? selected.indices.map { "w\($0)" } : []))
    guard let preferred = label.preferred else {
      #expect(format.edits(preferring: 0, in: try document(before).root) == nil)
      return
    }
    let after = try swapped(before, format)
    #expect(try read(after, format).label == .prefers(1 - preferred))
    #expect(try swapped(after, format) == before)
  }

  @Test("a selection that names no side is a problem of its row")
  func unknown() throws {
    let format = try detect([row(["left"])])
    #expect(throws: RowProblem.Reason.unknownLabel(field: "annotations.result.value.selected")) {
      try format.row(from: document(row(["middle"])).root).get()
    }
  }

  @Test("numbers of tokens stand for the text that they are, are relabelled, and never converted")
  func tokens() throws {
    let rows = (0..<4).map { best in
      #"{"query":[464,2068],"sample0":[11,\#(best)],"sample1":[13],"sample2":[],"#
        .replacing(#""sample2":[],"#, with: #""sample2":[5,6],"sample3":[7],"#)
        + #""best":\#(best)}"#
    }
    let format = try detect(rows)
    #expect(format.holdsTokens && format.summary.contains("numbers of tokens"))
    let pair = try read(rows[2], format)
    #expect(pair.context == [Turn(.user, "464 2068")])
    #expect(pair.sides.map(\.text) == ["11 2", "13", "5 6", "7"])
    #expect(pair.label.preferred == 2)
    #expect(try !detect([Self.texts]).holdsTokens)
  }

  private static let texts =
    #"{"prompt":"q","response_a":"x","response_b":"y","winner":"model_a"}"#

  @Test("what each answer's model was told is kept beside the answer, not in its text")
  func systemPrompts() throws {
    let line =
      #"{"instruction":"q","completions":[{"response":"x","rating":2,"custom_system_prompt":"be brief"},"#
      + #"{"response":"y","rating":1,"custom_system_prompt":""}]}"#
    let pair = try read(line, try detect([line]))
    #expect(pair.sides.map(\.systemPrompt) == ["be brief", nil])
    #expect(pair.sides.map(\.text) == ["x", "y"])
    #expect(pair.sides[0].shownTurns == [Turn(.system, "be brief"), Turn(.assistant, "x")])
    #expect(pair.sides[1].shownTurns == pair.sides[1].turns)
  }
}
