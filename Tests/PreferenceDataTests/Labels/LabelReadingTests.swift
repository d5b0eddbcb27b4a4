import PreferenceData
import Testing

@Suite("What label values mean")
struct LabelReadingTests {
  private func row(
    _ sides: (String, String), _ field: String, _ value: String, more: String = ""
  ) -> String {
    #"{"prompt":"q","\#(sides.0)":"x","\#(sides.1)":"y","\#(field)":\#(value)\#(more)}"#
  }

  private func ambiguity(
    _ field: String, _ values: [String], sides: (String, String) = ("response_a", "response_b")
  ) -> LabelAmbiguity? {
    let rows = values.map { try? document(row(sides, field, $0)) }
    guard case .failure(let evidence) = RowFormats.detect(rows) else { return nil }
    return evidence.ambiguity
  }

  @Test(
    "values with two meanings are asked about, with the choices",
    arguments: [
      (["0", "1", "2"], ["a=0,b=1,tie=2", "a=1,b=2,tie=0"]),
      (["0", "1"], ["a=0,b=1,tie=2", "a=1,b=0"]),
      (["-1", "1"], ["a=negative,b=positive,tie=0", "a=positive,b=negative,tie=0"]),
      (["true", "false"], ["a=true,b=false", "a=false,b=true"]),
      (["1"], ["a=0,b=1,tie=2", "a=1,b=2,tie=0", "a=1,b=0"]),
    ])
  func questions(values: [String], readings: [String]) throws {
    let question = try #require(ambiguity("label", values))
    #expect(question.field == FieldPath(key: "label"))
    #expect(question.readings.map(\.values.description) == readings)
    #expect(question.examples.map(\.value) == values)
    #expect(question.examples.map(\.row) == Array(values.indices))
  }

  @Test(
    "each answer settles the format as it says",
    arguments: [("a=0,b=1,tie=2", [0, 1, nil]), ("a=1,b=2,tie=0", [nil, 0, 1])]
      as [(String, [Int?])])
  func answers(text: String, preferred: [Int?]) throws {
    let rows = ["0", "1", "2"].map { row(("response_a", "response_b"), "label", $0) }
    let mapping = FieldMapping(labelValues: LabelValues(text))
    let format = try detect(rows, mapping: mapping)
    #expect(try rows.map { try read($0, format).label.preferred } == preferred)
    for row in rows where try read(row, format).label.preferred != nil {
      #expect(try swapped(swapped(row, format), format) == row)
    }
  }

  @Test("the sign of a number may be said to mean either side", arguments: [0, 1])
  func signs(positive: Int) throws {
    let text = positive == 0 ? "a=positive,b=negative" : "a=negative,b=positive"
    let rows = ["-2", "0", "3.5"].map { row(("response_a", "response_b"), "label", $0) }
    let format = try detect(rows, mapping: FieldMapping(labelValues: LabelValues(text)))
    let labels = try rows.map { try read($0, format).label }
    #expect(
      labels == [.prefers(1 - positive, strength: 2), .tie, .prefers(positive, strength: 3.5)])
  }

  @Test(
    "names of fields and columns that say it all are not asked about",
    arguments: [
      ("choice", ["0", "1"], ("response_a", "response_b"), [0, 1]),
      ("better_response_id", ["0", "0"], ("response_0", "response_1"), [0, 0]),
      ("acceptedIndex", ["1", "0"], ("completion_a", "completion_b"), [1, 0]),
      ("labels", ["1", "0"], ("human_ref_A", "human_ref_B"), [0, 1]),
      ("label", ["1", "2"], ("output_1", "output_2"), [0, 1]),
      ("preference_strength", ["1", "2"], ("response_1", "response_2"), [1, 1]),
      ("winner", ["\"a\"", "\"tie\""], ("response_a", "response_b"), [0, nil]),
      ("verdict", ["\"A>>B\"", "\"B>A\""], ("answer_a", "answer_b"), [0, 1]),
      ("gold", ["\"response_b\"", "null"], ("response_a", "response_b"), [1, nil]),
    ] as [(String, [String], (String, String), [Int?])])
  func clearNames(
    field: String, values: [String], sides: (String, String), preferred: [Int?]
  ) throws {
    let rows = values.map { row(sides, field, $0) }
    let format = try detect(rows)
    #expect(try rows.map { try read($0, format).label.preferred } == preferred)
  }

  @Test("data sets with fixed meanings of 0, 1 and 2 are known by their columns")
  func knownDataSets() throws {
    let autoJ = ["0", "1", "2"].map {
      row(("response 1", "response 2"), "label", $0, more: #","scenario":"s""#)
    }
    let first = try detect(autoJ)
    #expect(try autoJ.map { try read($0, first).label.preferred } == [0, 1, nil])
    let pandaLM = [[0, 1, 1], [2, 2, 1], [0, 1, 2]].map { votes in
      row(
        ("response1", "response2"), "annotator1", "\(votes[0])",
        more: #","annotator2":\#(votes[1]),"annotator3":\#(votes[2])"#)
    }
    let second = try detect(pandaLM)
    #expect(try pandaLM.map { try read($0, second).label } == [.prefers(0), .prefers(1), .tie])
    let votes = try read(pandaLM[1], second).judgments
    #expect(votes.map(\.annotator) == ["annotator1", "annotator2", "annotator3"])
    #expect(votes.map(\.label) == [.prefers(1), .prefers(1), .prefers(0)])
    #expect(try swapped(swapped(pandaLM[1], second), second) == pandaLM[1])
  }

  @Test("of two labels one is read, and another where a person picks it")
  func severalLabels() throws {
    let row = #"""
      {"prompt":"q","response_0":"x","response_1":"y","better_response_id":0,"safer_response_id":1}
      """#
    #expect(try read(row, try detect([row])).label.preferred == 0)
    let safer = FieldMapping(label: FieldPath(key: "safer_response_id"))
    let format = try detect([row], mapping: safer)
    #expect(try read(row, format).label.preferred == 1)
    #expect(try swapped(row, format).contains(#""better_response_id":0,"safer_response_id":0"#))
  }

  @Test("fields of any name are read where a person names them")
  func namedFields() throws {
    let row = #"{"q":"q","out":{"left":"x","right":"y"},"who":"L"}"#
    let mapping = FieldMapping(
      prompt: FieldPath("q"),
      sides: .listed([try #require(FieldPath("out.left")), try #require(FieldPath("out.right"))]),
      label: FieldPath("who"), labelValues: LabelValues("a=L,b=R"))
    let format = try detect([row], mapping: mapping)
    let pair = try read(row, format)
    #expect(pair.context == [Turn(.user, "q")])
    #expect(pair.sides.map(\.text) == ["x", "y"])
    #expect(pair.label.preferred == 0)
    #expect(try swapped(row, format) == row.replacing("\"L\"", with: "\"R\""))
  }

  @Test(
    "label values are read as they are written, and nonsense is refused",
    arguments: [
      ("a=1,b=2", true), ("a=1,b=2,tie=0,both-bad=3,none=x", true), ("a=1,b=2,c=3", true),
      ("a=,b=2", true), ("a=1", false), ("a=1,b=1", false), ("a=1,c=2", false), ("x1=1,b=2", false),
      ("", false), ("a,b", false),
    ])
  func labelValues(text: String, isValid: Bool) {
    #expect(LabelValues(text)?.description == (isValid ? text : nil))
  }

  @Test("95 % of the rows have to have the columns, and a label in one of them")
  func confidence() {
    let plain = row(("response_a", "response_b"), "winner", "\"a\"")
    for (odd, isClear) in [(5, true), (6, false)] {
      let rows = (0..<100).map { $0 < odd ? #"{"prompt":"q"}"# : plain }.map { try? document($0) }
      if case .success(let detection) = RowFormats.detect(rows) {
        #expect(isClear && detection.fitting == 95)
      } else {
        #expect(!isClear)
      }
    }
    #expect((try? detect([#"{"prompt":"q","response_a":"x","response_b":"y"}"#])) == nil)
  }
}
