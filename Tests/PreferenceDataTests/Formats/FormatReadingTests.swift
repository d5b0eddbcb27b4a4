import PreferenceData
import Testing

@Suite("Row formats")
struct FormatReadingTests {
  static let shapes: [(format: String, row: String)] = [
    ("trl-standard-explicit", #"{"prompt":"q","chosen":"a","rejected":"b"}"#),
    ("trl-standard-implicit", #"{"chosen":"q? a","rejected":"q? b"}"#),
    (
      "trl-conversational-explicit",
      """
      {"prompt":[{"role":"user","content":"q"}],"chosen":[{"role":"assistant","content":"a"}],
      "rejected":[{"role":"assistant","content":"b"}]}
      """
    ),
    (
      "trl-conversational-explicit",
      """
      {"prompt":"q","chosen":[{"content":"q","role":"user"},{"content":"a","role":"assistant"}],
      "rejected":[{"content":"q","role":"user"},{"content":"b","role":"assistant"}]}
      """
    ),
    (
      "trl-conversational-implicit",
      """
      {"chosen":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],
      "rejected":[{"role":"user","content":"q"},{"role":"assistant","content":"b"}]}
      """
    ),
    (
      "hh-transcript",
      #"""
      {"chosen":"\n\nHuman: q\n\nAssistant: a","rejected":"\n\nHuman: q\n\nAssistant: b"}
      """#
    ),
  ]

  @Test("each shape is recognised by its own format and by no other", arguments: shapes)
  func shapesAreExclusive(format: String, row: String) throws {
    let root = try document(row).root
    #expect(RowFormats.all.filter { $0.recognises(root) }.map(\.name) == [format])
  }

  @Test(
    "each shape of the same pair has the question as context and the answers as sides",
    arguments: shapes)
  func shapesAreRead(format: String, row: String) throws {
    let pair = try read(row, as: format)
    #expect(pair.lastRequest.hasPrefix("q"))
    #expect(pair.sides.map { $0.text.filter { $0 != " " } } == ["a", "b"])
    #expect(pair.label == .prefers(0))
    #expect(pair.chosenAndRejected?.chosen == 0)
  }

  @Test(
    "rows whose context stands in a column that none of our formats reads belong to none",
    arguments: ["query", "history", "context", "messages", "conversations", "conversation"])
  func otherPromptColumns(column: String) throws {
    let root = try document(#"{"\#(column)":"q","chosen":"a","rejected":"b"}"#).root
    #expect(!RowFormats.all.contains { $0.recognises(root) })
  }

  @Test(
    "two label fields, a missing one, and one of the wrong type are problems",
    arguments: [
      (
        #"{"prompt":"q","chosen":"a","rejected":"b","chosen":"c"}"#,
        RowProblem.Reason.duplicateField("chosen")
      ),
      (#"{"prompt":"q","prompt":"q","chosen":"a","rejected":"b"}"#, .duplicateField("prompt")),
      (#"{"prompt":"q","chosen":"a"}"#, .missingField("rejected")),
      (
        #"{"prompt":"q","chosen":"a","rejected":null}"#,
        .wrongType(field: "rejected", expected: "string")
      ),
      ("[1]", .notAnObject),
    ])
  func problems(row: String, reason: RowProblem.Reason) throws {
    let format = try #require(RowFormats.all.first { $0.name == "trl-standard-explicit" })
    #expect(format.row(from: try document(row).root) == .failure(reason))
  }

  @Test(
    "the date of a row is read as public files write it, and other numbers are none",
    arguments: [
      ("\"2023-05-01\"", 1_682_899_200_000), ("\"2023-05-01 10:00:00\"", 1_682_935_200_000),
      ("\"2023-05-01T10:00:00.5+02:00\"", 1_682_928_000_500), ("1682935200", 1_682_935_200_000),
      ("1682935200.25", 1_682_935_200_250), ("1682935200123", 1_682_935_200_123), ("14.2", nil),
      ("\"yesterday\"", nil), ("null", nil), ("1e300", nil), ("[2023]", nil),
    ] as [(String, Int64?)])
  func dates(column: String, expected: Int64?) throws {
    let row = #"{"prompt":"q","chosen":"a","rejected":"b","timestamp":\#(column)}"#
    #expect(try read(row, as: "trl-standard-explicit").date == expected)
  }

  @Test("columns beside the sides are taken in")
  func columns() throws {
    let pair = try read(
      """
      {"id":12,"system":"be brief","prompt":"q","chosen":"a","rejected":"b","annotator":"w7",
      "domain":"d",
      "chosen-rating":4.5,"rejected-rating":2,"chosen_model":"m1","rejected_model":"m2",
      "margin":1.5}
      """, as: "trl-standard-explicit")
    #expect(pair.fileID == "12")
    #expect(pair.annotator == "w7")
    #expect(pair.group == "d")
    #expect(pair.context == [Turn(.system, "be brief"), Turn(.user, "q")])
    #expect(pair.sides.map(\.rating) == [4.5, 2])
    #expect(pair.sides.map(\.author) == ["m1", "m2"])
    #expect(pair.label == .prefers(0, strength: 1.5))
  }

  @Test("sides that repeat the prompt lose it", arguments: ["q ", "q\n"])
  func repeatedPrompt(prompt: String) throws {
    let escaped = prompt.replacing("\n", with: "\\n")
    let pair = try read(
      #"{"prompt":"\#(escaped)","chosen":"\#(escaped)a","rejected":"\#(escaped)b"}"#,
      as: "trl-standard-explicit")
    #expect(pair.sides.map(\.text) == ["a", "b"])
  }

  @Test("content that is null, a list of blocks or a tool call is read as text")
  func messageContents() throws {
    let pair = try read(
      #"""
      {"prompt":[{"role":"user","content":[{"type":"image"},{"type":"text","text":"what"},
      {"type":"text","value":"is it"}]}],"chosen":[{"role":"assistant","content":null,
      "tool_calls":[{"function":{"name":"look","arguments":"{\"x\":1}"}}]}],
      "rejected":[{"role":"assistant"}]}
      """#, as: "trl-conversational-explicit")
    #expect(pair.context == [Turn(.user, "[image]\nwhat\nis it")])
    #expect(pair.sides.map(\.text) == [#"look({"x":1})"#, ""])
    #expect(pair.defects == [.emptySide])
  }

  @Test("identical conversations keep a side each")
  func identicalConversations() throws {
    let turns = #"[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]"#
    let pair = try read(
      #"{"chosen":\#(turns),"rejected":\#(turns)}"#, as: "trl-conversational-implicit")
    #expect(pair.context == [Turn(.user, "q")])
    #expect(pair.defects == [.identicalSides])
  }

  @Test("a mapping reads texts, messages and lists under any path")
  func mappedFields() throws {
    let row = """
      {"a":{"turns":[{"from":"human","value":"q"}],"best":{"from":"gpt","value":"x"},
      "others":["y","z"]}}
      """
    let format = RowFormats.mapped(
      prompt: FieldPath("a.turns"), chosen: try #require(FieldPath("a.best")),
      rejected: try #require(FieldPath("a.others.0")))
    let pair = try format.row(from: try document(row).root).get()
    #expect(pair.context == [Turn(.user, "q")])
    #expect(pair.sides.map(\.text) == ["x", "y"])
    let missing = format.row(from: try document(#"{"a":{}}"#).root)
    #expect(missing == .failure(.missingField("a.best")))
    let overlapping = RowFormats.mapped(
      prompt: nil, chosen: FieldPath(key: "a"), rejected: FieldPath(key: "a"))
    #expect(overlapping.row(from: try document(#"{"a":"x"}"#).root) == .failure(.noSides))
  }
}

func document(_ text: String) throws -> JSONDocument {
  try JSONDocument(lenient: Array(text.utf8).span)
}

func read(_ text: String, as format: String) throws -> PreferenceRow {
  let format = try #require(RowFormats.all.first { $0.name == format })
  return try format.row(from: try document(text).root).get()
}
