import PreferenceData
import Testing

@Suite("Label encodings")
struct LabelEncodingTests {
  /// A row that prefers its first side, and the same row relabelled; what else a sample has to hold
  /// for its label to be clear.
  static let rows: [(before: String, after: String, others: [String])] = [
    (
      #"{"prompt":"q","response_a":"x","response_b":"y","winner":"model_a","model_a":"m"}"#,
      #"{"prompt":"q","response_a":"x","response_b":"y","winner":"model_b","model_a":"m"}"#, []
    ),
    (
      #"{"prompt":"q","response 1":"x","response 2":"y","label":1}"#,
      #"{"prompt":"q","response 1":"x","response 2":"y","label":2}"#,
      [#"{"prompt":"q","response 1":"x","response 2":"y","label":2}"#]
    ),
    (
      #"{"prompt":"q","response_0":"x","response_1":"y","better_response_id":0,"safer_response_id":1}"#,
      #"{"prompt":"q","response_0":"x","response_1":"y","better_response_id":1,"safer_response_id":1}"#,
      []
    ),
    (
      #"{"history":"q","human_ref_A":"x","human_ref_B":"y","labels":1,"score_A":2,"score_B":9}"#,
      #"{"history":"q","human_ref_A":"x","human_ref_B":"y","labels":0,"score_A":2,"score_B":9}"#, []
    ),
    (
      #"{"prompt":"q","response1":"x","response2":"y","overall_preference":-2}"#,
      #"{"prompt":"q","response1":"x","response2":"y","overall_preference":2}"#, []
    ),
    (
      #"{"prompt":"q","response_1":"x","response_2":"y","preference_strength":-1.50}"#,
      #"{"prompt":"q","response_1":"x","response_2":"y","preference_strength":1.50}"#, []
    ),
    (
      #"{"instruction":"q","output_1":"x","output_2":"y","preference":1.270}"#,
      #"{"instruction":"q","output_1":"x","output_2":"y","preference":1.730}"#, []
    ),
    (
      #"{"prompt":"q","response_a":"x","response_b":"y","winner_model_a":"1","winner_model_b":0,"#
        + #""winner_tie":0}"#,
      #"{"prompt":"q","response_a":"x","response_b":"y","winner_model_a":0,"winner_model_b":"1","#
        + #""winner_tie":0}"#, []
    ),
    (
      #"{"question":{"full_text":"q"},"answer_0":"x","score_0":0.50,"answer_1":"y","score_1":-0.5}"#,
      #"{"question":{"full_text":"q"},"answer_0":"x","score_0":-0.5,"answer_1":"y","score_1":0.50}"#,
      []
    ),
    (
      #"{"prompt":"q","response_a":"x","response_b":"y","rank_a":1,"rank_b":2}"#,
      #"{"prompt":"q","response_a":"x","response_b":"y","rank_a":2,"rank_b":1}"#, []
    ),
    (
      #"{"prompt":"q","response_0":"x","response_1":"y","is_response_0_better":true,"#
        + #""is_response_1_better":false}"#,
      #"{"prompt":"q","response_0":"x","response_1":"y","is_response_0_better":false,"#
        + #""is_response_1_better":true}"#, []
    ),
    (
      #"{"text":"q","completion_a":"x","completion_b":"y","worker_votes":[{"vote":"A"},{"vote":"tie"}]}"#,
      #"{"text":"q","completion_a":"x","completion_b":"y","worker_votes":[{"vote":"B"},{"vote":"tie"}]}"#,
      []
    ),
    (
      #"{"prompt":"q","text1":"x","text2":"y","preferred":"left"}"#,
      #"{"prompt":"q","text1":"x","text2":"y","preferred":"right"}"#, []
    ),
    (
      #"{"prompt":"q","a1":"x","a2":"y","label":"a1"}"#,
      #"{"prompt":"q","a1":"x","a2":"y","label":"a2"}"#, []
    ),
    (
      #"{"question":"q","answers":[{"text":"x","score":3},{"text":"y","score":"1"}]}"#,
      #"{"question":"q","answers":[{"text":"x","score":"1"},{"text":"y","score":3}]}"#, []
    ),
    (
      #"{"info":{"post":"q"},"summaries":[{"text":"x"},{"text":"y"}],"choice":0}"#,
      #"{"info":{"post":"q"},"summaries":[{"text":"x"},{"text":"y"}],"choice":1}"#, []
    ),
    (
      #"{"prompt":"q","image_path":["x","y"],"rank":[1, 2]}"#,
      #"{"prompt":"q","image_path":["x","y"],"rank":[2, 1]}"#, []
    ),
  ]

  @Test("a relabel changes the label and nothing else, and twice is the first row", arguments: rows)
  func relabels(before: String, after: String, others: [String]) throws {
    let format = try detect([before] + others)
    let pair = try read(before, format)
    #expect(pair.lastRequest == "q")
    #expect(pair.sides.map(\.text) == ["x", "y"])
    #expect(pair.label.preferred == 0)
    #expect(try swapped(before, format) == after)
    #expect(try swapped(after, format) == before)
    let relabelled = try read(after, format)
    #expect(relabelled.label.preferred == 1)
    #expect(relabelled.pairID == pair.pairID)
    #expect(relabelled.sides.map(\.rating) == pair.sides.map(\.rating))
    #expect(relabelled.sides.map(\.author) == pair.sides.map(\.author))
  }

  /// A row without a preference, and the row with its second side preferred.
  static let ties: [(before: String, after: String, others: [String])] = [
    (
      #"{"prompt":"q","response_a":"x","response_b":"y","winner":"tie (bothbad)"}"#,
      #"{"prompt":"q","response_a":"x","response_b":"y","winner":"model_b"}"#,
      ["winner", "model_a"]
    ),
    (
      #"{"prompt":"q","response_a":"x","response_b":"y","winner":null}"#,
      #"{"prompt":"q","response_a":"x","response_b":"y","winner":"B"}"#, ["winner", "A"]
    ),
    (
      #"{"prompt":"q","response_a":"x","response_b":"y","preference_strength":0}"#,
      #"{"prompt":"q","response_a":"x","response_b":"y","preference_strength":1}"#, []
    ),
    (
      #"{"instruction":"q","output_1":"x","output_2":"y","preference":1.5}"#,
      #"{"instruction":"q","output_1":"x","output_2":"y","preference":2.0}"#, []
    ),
    (
      #"{"caption":"q","jpg_0":"x","jpg_1":"y","label_0":0.5,"label_1":0.5}"#,
      #"{"caption":"q","jpg_0":"x","jpg_1":"y","label_0":0.0,"label_1":1.0}"#, []
    ),
    (
      #"{"prompt":"q","response_a":"x","response_b":"y","winner_model_a":0,"winner_model_b":0,"#
        + #""winner_tie":1}"#,
      #"{"prompt":"q","response_a":"x","response_b":"y","winner_model_a":0,"winner_model_b":1,"#
        + #""winner_tie":0}"#, []
    ),
  ]

  @Test("a row without a preference gets the one that is set", arguments: ties)
  func setsPreferences(before: String, after: String, others: [String]) throws {
    var sample = [before]
    if others.count == 2 {
      sample += Array(
        repeating:
          #"{"prompt":"q","response_a":"x","response_b":"y","\#(others[0])":"\#(others[1])"}"#,
        count: 3)
    }
    let format = try detect(sample)
    #expect(try read(before, format).label.preferred == nil)
    let edits = try #require(format.edits(preferring: 1, in: document(before).root))
    #expect(
      String(decoding: LabelEdit.apply(edits, to: Array(before.utf8)), as: UTF8.self) == after)
    #expect(try read(after, format).label.preferred == 1)
  }

  @Test("what a format cannot say is not said")
  func unsayable() throws {
    let scores = #"{"prompt":"q","response_a":"x","response_b":"y","score_a":3,"score_b":3}"#
    let format = try detect([
      scores, #"{"prompt":"q","response_a":"x","response_b":"y","score_a":3,"score_b":1}"#,
    ])
    #expect(try read(scores, format).label == .tie)
    #expect(format.edits(preferring: 0, in: try document(scores).root) == nil)
    let missing = #"{"prompt":"q","response_a":"x","response_b":"y"}"#
    let winners = try detect([#"{"prompt":"q","response_a":"x","response_b":"y","winner":"a"}"#])
    #expect(try read(missing, winners).label == PreferenceLabel.none)
    #expect(winners.edits(preferring: 0, in: try document(missing).root) == nil)
    let rating = #"{"prompt":"q","completion":"x","label":true}"#
    #expect(try detect([rating]).edits(preferring: 0, in: document(rating).root) == nil)
  }

  @Test("numbers between 1 and 2 are mirrored digit by digit", arguments: 0..<200)
  func mirroredScales(seed: Int) throws {
    var state = UInt64(seed) &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    var decimals = ""
    for _ in 0...(seed % 17) {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      decimals += String((state >> 60) % 10)
    }
    func row(_ number: String) -> String {
      #"{"instruction":"q","output_1":"x","output_2":"y","preference":\#(number)}"#
    }
    let before = row("1." + decimals)
    let format = try detect([before])
    let number = try #require(Double("1." + decimals))
    guard number != 1.5 else { return }
    let after = try swapped(before, format)
    let strength = 2 * abs(number - 1.5)
    guard case .prefers(let side, let mirrored) = try read(after, format).label else {
      Issue.record("no preference in \(after)")
      return
    }
    #expect(side == (number < 1.5 ? 1 : 0))
    #expect(abs(try #require(mirrored) - strength) < 1e-12)
    #expect(try swapped(after, format) == before)
  }

  @Test(
    "a label that nobody has explained is a problem of its row",
    arguments: ["\"model_c\"", "[1]", "\"\\u0061\"", "7"])
  func unknownLabels(value: String) throws {
    let known = #"{"prompt":"q","response_a":"x","response_b":"y","winner":"a"}"#
    let format = try detect([known])
    let odd = #"{"prompt":"q","response_a":"x","response_b":"y","winner":\#(value)}"#
    #expect(
      format.row(from: try document(odd).root) == .failure(.unknownLabel(field: "winner")))
    let twice = #"{"winner":"a","prompt":"q","response_a":"x","response_b":"y","winner":"b"}"#
    #expect(
      format.row(from: try document(twice).root) == .failure(.duplicateField("winner")))
  }
}

/// The format that is found in `rows` alone.
func detect(_ rows: [String], mapping: FieldMapping? = nil) throws -> any RowFormat {
  let sample = rows.map { try? document($0) }
  guard let mapping else { return try RowFormats.detect(sample).get().format }
  return try RowFormats.detect(sample, mapping: mapping).get().format
}

func read(_ row: String, _ format: any RowFormat) throws -> PreferenceRow {
  try format.row(from: try document(row).root).get()
}

func swapped(_ row: String, _ format: any RowFormat) throws -> String {
  let edits = try #require(format.swapEdits(in: try document(row).root))
  return String(decoding: LabelEdit.apply(edits, to: Array(row.utf8)), as: UTF8.self)
}
