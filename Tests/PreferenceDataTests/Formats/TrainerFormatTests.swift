import PreferenceData
import Testing

@Suite("Trainers' formats")
struct TrainerFormatTests {
  /// The same pair in each trainer's layout, and the same pair with its label swapped.
  static let layouts: [(format: String, before: String, after: String)] = [
    (
      "llamafactory-alpaca", #"{"instruction":"q","input":"","chosen":"a","rejected":"b"}"#,
      #"{"instruction":"q","input":"","chosen":"b","rejected":"a"}"#
    ),
    (
      "llamafactory-sharegpt",
      #"{"conversations":[{"from":"human","value":"q"}],"chosen":{"from":"gpt","value":"a"},"#
        + #""rejected":{"from":"gpt","value":"b"}}"#,
      #"{"conversations":[{"from":"human","value":"q"}],"chosen":{"from":"gpt","value":"b"},"#
        + #""rejected":{"from":"gpt","value":"a"}}"#
    ),
    (
      "llamafactory-v1",
      #"{"chosen_messages":[{"role":"user","content":[{"type":"text","value":"q"}]},"#
        + #"{"role":"assistant","content":[{"type":"text","value":"a"}],"loss_weight":1.0}],"#
        + #""rejected_messages":[{"role":"user","content":[{"type":"text","value":"q"}]},"#
        + #"{"role":"assistant","content":[{"type":"text","value":"b"}]}]}"#,
      #"{"chosen_messages":[{"role":"user","content":[{"type":"text","value":"q"}]},"#
        + #"{"role":"assistant","content":[{"type":"text","value":"b"}]}],"#
        + #""rejected_messages":[{"role":"user","content":[{"type":"text","value":"q"}]},"#
        + #"{"role":"assistant","content":[{"type":"text","value":"a"}],"loss_weight":1.0}]}"#
    ),
    (
      "axolotl-argilla",
      #"{"system":"","instruction":"q","chosen_response":"a","rejected_response":"b"}"#,
      #"{"system":"","instruction":"q","chosen_response":"b","rejected_response":"a"}"#
    ),
    (
      "axolotl-icr",
      #"{"input":"q","chosen":"a","rejected":"b","order":["chosen", "rejected"]}"#,
      #"{"input":"q","chosen":"b","rejected":"a","order":["rejected", "chosen"]}"#
    ),
    (
      "axolotl-intel", #"{"system":null,"question":"q","chosen":"a","rejected":"b"}"#,
      #"{"system":null,"question":"q","chosen":"b","rejected":"a"}"#
    ),
    (
      "axolotl-messages",
      #"{"messages":[{"role":"user","content":"q"}],"chosen":"a","rejected":"b"}"#,
      #"{"messages":[{"role":"user","content":"q"}],"chosen":"b","rejected":"a"}"#
    ),
    (
      "axolotl-messages",
      #"{"messages":[{"role":"user","content":"q"}],"chosen":[{"role":"assistant","content":"a"}],"#
        + #""rejected":{"role":"assistant","content":"b"}}"#,
      #"{"messages":[{"role":"user","content":"q"}],"chosen":{"role":"assistant","content":"b"},"#
        + #""rejected":[{"role":"assistant","content":"a"}]}"#
    ),
    (
      "openai-preference",
      #"{"input":{"messages":[{"role":"user","content":"q"}],"tools":[]},"#
        + #""preferred_output":[{"role":"assistant","content":"a"}],"#
        + #""non_preferred_output":[{"role":"assistant","content":"b"}],"preferred_by":"x"}"#,
      #"{"input":{"messages":[{"role":"user","content":"q"}],"tools":[]},"#
        + #""preferred_output":[{"role":"assistant","content":"b"}],"#
        + #""non_preferred_output":[{"role":"assistant","content":"a"}],"preferred_by":"x"}"#
    ),
    (
      "openai-preference",
      #"{"input":{"messages":[{"role":"user","content":"q"}]},"#
        + #""non_preferred_completion":[{"role":"assistant","content":"b"}],"#
        + #""preferred_completion":[{"role":"assistant","content":"a"}]}"#,
      #"{"input":{"messages":[{"role":"user","content":"q"}]},"#
        + #""non_preferred_completion":[{"role":"assistant","content":"a"}],"#
        + #""preferred_completion":[{"role":"assistant","content":"b"}]}"#
    ),
    (
      "ms-swift",
      #"{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],"#
        + #""rejected_response":"b","margin":2}"#,
      #"{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"b"}],"#
        + #""rejected_response":"a","margin":-2}"#
    ),
    (
      "ms-swift",
      #"{"messages":[{"role":"user","content":"q"}, {"role":"assistant","content":"a"}],"#
        + #""rejected_response":[{"role":"assistant","content":"b"}]}"#,
      #"{"messages":[{"role":"user","content":"q"}, {"role":"assistant","content":"b"}],"#
        + #""rejected_response":[{"role":"assistant","content":"a"}]}"#
    ),
    (
      "ms-swift",
      #"{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],"#
        + #""images":["x"],"rejected_images":["y"],"#
        + #""rejected_messages":[{"role":"user","content":"q"},{"role":"assistant","content":"b"}]}"#,
      #"{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"b"}],"#
        + #""images":["y"],"rejected_images":["x"],"#
        + #""rejected_messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}"#
    ),
    (
      "nemo-aligner",
      #"{"prompt":"q","chosen_response":"a","rejected_response":"b","chosen_reward":4.0,"#
        + #""rejected_reward":2,"logp_w":-1,"logp_l":-2}"#,
      #"{"prompt":"q","chosen_response":"b","rejected_response":"a","chosen_reward":2,"#
        + #""rejected_reward":4.0,"logp_w":-2,"logp_l":-1}"#
    ),
    (
      "trl-conversational-explicit",
      #"{"prompt":"q","chosen":[{"content":"q","role":"user"},{"content":"a","role":"assistant"}],"#
        + #""messages":[{"content":"q","role":"user"},{"content":"a","role":"assistant"}],"#
        + #""rejected":[{"content":"q","role":"user"}, {"content":"b","role":"assistant"}]}"#,
      #"{"prompt":"q","chosen":[{"content":"q","role":"user"}, {"content":"b","role":"assistant"}],"#
        + #""messages":[{"content":"q","role":"user"}, {"content":"b","role":"assistant"}],"#
        + #""rejected":[{"content":"q","role":"user"},{"content":"a","role":"assistant"}]}"#
    ),
    (
      "axolotl-messages",
      #"{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],"#
        + #""chosen":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],"#
        + #""rejected":[{"role":"user","content":"q"},{"role":"assistant","content":"b"}]}"#,
      #"{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"b"}],"#
        + #""chosen":[{"role":"user","content":"q"},{"role":"assistant","content":"b"}],"#
        + #""rejected":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}"#
    ),
  ]

  @Test("each layout of the pair is recognised by its own format alone", arguments: layouts)
  func layoutsAreExclusive(format: String, before: String, after: String) throws {
    for row in [before, after] {
      let root = try document(row).root
      #expect(RowFormats.all.filter { $0.recognises(root) }.map(\.name) == [format])
    }
  }

  @Test(
    "each layout of the pair is the same pair, and its swap the swapped one", arguments: layouts)
  func layoutsAreRead(format: String, before: String, after: String) throws {
    let pair = try read(before, as: format)
    #expect(pair.context == [Turn(.user, "q")])
    #expect(pair.sides.map(\.turns) == [[Turn(.assistant, "a")], [Turn(.assistant, "b")]])
    #expect(try swapped(before, as: format) == after)
    #expect(try swapped(after, as: format) == before)
    #expect(try read(after, as: format).sides.map(\.text) == ["b", "a"])
  }

  @Test("a joint preference has no context, and each side its own question")
  func jointPreference() throws {
    let row = #"{"i_chosen":"p","r_chosen":"a","i_reject":"q","r_reject":"b"}"#
    let pair = try read(row, as: "dove-joint")
    #expect(pair.context.isEmpty)
    #expect(pair.sides[0].turns == [Turn(.user, "p"), Turn(.assistant, "a")])
    #expect(pair.sides[1].turns == [Turn(.user, "q"), Turn(.assistant, "b")])
    let after = try swapped(row, as: "dove-joint")
    #expect(after == #"{"i_chosen":"q","r_chosen":"b","i_reject":"p","r_reject":"a"}"#)
    #expect(try read(after, as: "dove-joint").pairID == pair.pairID)
  }

  @Test("an instruction is followed by its input, and earlier rounds stand before it")
  func alpacaContext() throws {
    let pair = try read(
      #"""
      {"instruction":"Translate","input":"chat","history":[["u","v"]],"system":"s","chosen":"cat",
      "rejected":"dog"}
      """#, as: "llamafactory-alpaca")
    #expect(
      pair.context == [
        Turn(.system, "s"), Turn(.user, "u"), Turn(.assistant, "v"), Turn(.user, "Translate\nchat"),
      ])
  }

  @Test("a system turn is not said twice")
  func systemTurns() throws {
    let pair = try read(
      #"""
      {"system":"s","messages":[{"role":"developer","content":"s"},{"role":"user","content":"q"}],
      "chosen":"a","rejected":"b"}
      """#, as: "axolotl-messages")
    #expect(pair.context == [Turn(.system, "s"), Turn(.user, "q")])
  }

  @Test("a rejected answer of several messages changes places with all behind the last user turn")
  func answersOfSeveralMessages() throws {
    let call = #"{"role":"assistant","content":null,"tool_calls":[{"name":"f","arguments":"{}"}]}"#
    let rest = #"{"role":"tool","content":"1"} , {"role":"assistant","content":"a"}"#
    let other = #"{"role":"assistant","content":"b"}"#
    let row =
      #"{"messages":[{"role":"user","content":"q"},\#(call), \#(rest)],"#
      + #""rejected_response":[ \#(other) ]}"#
    let pair = try read(row, as: "ms-swift")
    #expect(pair.context == [Turn(.user, "q")])
    #expect(pair.sides[0].turns.map(\.text) == ["f({})", "1", "a"])
    let after = try swapped(row, as: "ms-swift")
    #expect(
      after
        == #"{"messages":[{"role":"user","content":"q"},\#(other)],"#
        + #""rejected_response":[ \#(call), \#(rest) ]}"#)
    #expect(try swapped(after, as: "ms-swift") == row)
  }

  @Test(
    "an answer that cannot change places with the other one is a problem",
    arguments: [
      #"{"messages":[{"role":"user","content":"q"}],"rejected_response":"b"}"#,
      #"{"messages":[{"role":"assistant","content":null,"tool_calls":[{"name":"f"}]}],"#
        + #""rejected_response":"b"}"#,
      #"{"messages":[{"role":"assistant","reasoning_content":"r","content":"a"}],"#
        + #""rejected_response":"b"}"#,
      #"{"messages":[{"role":"assistant","content":"a"}],"rejected_response":"b","#
        + #""rejected_images":["x"]}"#,
      #"{"messages":[{"role":"assistant","content":"a"}],"#
        + #""rejected_response":[{"role":"user","content":"b"}]}"#,
      #"{"messages":[{"role":"assistant","content":"a"}],"rejected_response":"b","#
        + #""rejected_messages":[{"role":"assistant","content":"b"}]}"#,
    ])
  func problems(row: String) throws {
    let format = try #require(RowFormats.all.first { $0.name == "ms-swift" })
    guard case .failure = format.row(from: try document(row).root) else {
      Issue.record("read as a pair")
      return
    }
  }

  @Test(
    "messages say what they hold",
    arguments: [
      (#"{"role":"assistant","reasoning_content":"r","content":"a"}"#, "<think>r</think>\na"),
      (
        #"{"role":"assistant","content":[{"type":"thinking","thinking":"r"},{"type":"text","#
          + #""text":"a"}]}"#, "<think>r</think>\na"
      ),
      (
        #"{"role":"assistant","content":[{"type":"tool_use","name":"f","input":{"x":1}}]}"#,
        "f(x: 1)"
      ),
      (#"{"role":"user","content":[{"type":"tool_result","content":"done"}]}"#, "done"),
      (
        #"{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://e.org/a.png"}}]}"#,
        "[image: https://e.org/a.png]"
      ),
      (
        #"{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AA"}}]}"#,
        "[image: image/png]"
      ),
      (
        #"{"role":"user","content":[{"type":"image","image":"b.jpg","mimeType":"image/jpeg"}]}"#,
        "[image: b.jpg]"
      ),
      (
        #"{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/webp","#
          + #""data":"AA"}}]}"#, "[image: image/webp]"
      ),
      (#"{"role":"user","content":[{"type":"video","path":"c.mp4"}]}"#, "[video: c.mp4]"),
      (#"{"from":"function_call","value":"{}"}"#, "{}"),
    ])
  func messageTexts(message: String, text: String) throws {
    let pair = try read(
      #"{"messages":[{"role":"user","content":"q"}],"chosen":\#(message),"rejected":"b"}"#,
      as: "axolotl-messages")
    #expect(pair.sides[0].turns.map(\.text) == [text])
  }

  @Test(
    "columns of both sides are exchanged once, however many names fit",
    arguments: [
      (
        "trl-standard-explicit",
        #"{"prompt":"q","chosen":"a","rejected":"b","rejected_preferred":1,"chosen_preferred":2,"#
          + #""rejected_non_preferred":3,"messages":["chosen","rejected"]}"#
      ),
      (
        "ms-swift",
        #"{"messages":[{"role":"assistant","content":"a"}],"rejected_response":"b","images":1,"#
          + #""rejected_images":2,"chosen_images":3}"#
      ),
    ])
  func crowdedColumns(format: String, row: String) throws {
    let after = try swapped(row, as: format)
    #expect(try read(after, as: format).sides.map(\.text) == ["b", "a"])
    #expect(try swapped(after, as: format) == row)
  }

  @Test(
    "generated rows of every layout: one format, the same pair, and twice is once",
    arguments: 0..<64)
  func generatedRows(seed: Int) throws {
    var rows = GeneratedRows(seed: seed)
    for layout in GeneratedRows.Layout.allCases {
      let row = rows.row(layout)
      let root = try document(row).root
      let fitting = RowFormats.all.filter { $0.recognises(root) }
      #expect(fitting.count == 1, "\(layout)")
      let format = try #require(fitting.first)
      let before = try format.row(from: root).get()
      let edits = try #require(format.swapEdits(in: root))
      let once = String(decoding: LabelEdit.apply(edits, to: Array(row.utf8)), as: UTF8.self)
      let after = try format.row(from: try document(once).root).get()
      #expect(after.pairID == before.pairID)
      #expect(after.sides.map(\.id) == before.sides.reversed().map(\.id))
      #expect(after.sides.map(\.rating) == before.sides.reversed().map(\.rating))
      #expect(try swapped(once, as: format.name) == row)
    }
  }

  private func swapped(_ row: String, as name: String) throws -> String {
    let format = try #require(RowFormats.all.first { $0.name == name })
    let edits = try #require(format.swapEdits(in: try document(row).root))
    return String(decoding: LabelEdit.apply(edits, to: Array(row.utf8)), as: UTF8.self)
  }
}
