import PreferenceData
import Testing

@Suite("Rankings")
struct RankingTests {
  private func row(_ label: PreferenceLabel, sides: Int) -> PreferenceRow {
    PreferenceRow(
      context: [Turn(.user, "q")],
      sides: (0..<sides).map { Side(turns: [Turn(.assistant, "answer \($0)")]) }, label: label)
  }

  @Test("qualities become places: the best is 0, equal ones share one, and none is left out")
  func qualities() {
    #expect(PreferenceLabel(qualities: []) == .none)
    #expect(PreferenceLabel(qualities: [1]) == .none)
    #expect(PreferenceLabel(qualities: [1, 1, 1]) == .tie)
    #expect(PreferenceLabel(qualities: [1, 2]) == .prefers(1))
    #expect(PreferenceLabel(qualities: [5, 9, 5, 7]) == .ranks([2, 0, 2, 1]))
    #expect(PreferenceLabel(qualities: [5, 9, 5, 7]).preferred == 1)
    #expect(PreferenceLabel(qualities: [9, 9, 5]).preferred == nil)
  }

  @Test("a ranking gives each pair of different places once, the closest first", arguments: 0..<100)
  func pairs(seed: Int) {
    var state = UInt64(seed)
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let count = 3 + next(10)
    let qualities = (0..<count).map { _ in Double(next(5)) }
    let label = PreferenceLabel(qualities: qualities)
    let pairs = row(label, sides: count).pairs
    var expected = 0
    for first in 0..<count {
      for second in 0..<first where qualities[first] != qualities[second] { expected += 1 }
    }
    #expect(pairs.count == min(expected, PreferenceRow.pairLimit))
    #expect(Set(pairs).count == pairs.count)
    #expect(pairs.allSatisfy { qualities[$0.better] > qualities[$0.worse] })
    guard case .ranks(let places) = label else { return }
    let distances = pairs.map { places[$0.worse] - places[$0.better] }
    #expect(distances == distances.sorted())
  }

  @Test("a row of two sides gives one pair, and one without a preference none")
  func plainPairs() {
    #expect(row(.prefers(1), sides: 2).pairs == [RankedPair(better: 1, worse: 0)])
    for label in [PreferenceLabel.tie, .bothBad, .none, .desirable, .undesirable] {
      #expect(row(label, sides: 2).pairs == [])
    }
  }

  private let answers = #"""
    {"instruction":"q","completions":[{"response":"x","overall_score":7.50,"model":"m"},
    {"response":"y","overall_score":"3"},{"response":"z","overall_score":3.0},
    {"response":"w","overall_score":9}]}
    """#

  @Test("two answers of a ranking exchange their ratings, and the rest of the row stays")
  func exchanges() throws {
    let format = try detect([answers])
    let ranking = try read(answers, format)
    #expect(ranking.label == .ranks([1, 2, 2, 0]))
    #expect(ranking.sides.map(\.text) == ["x", "y", "z", "w"])
    #expect(ranking.sides[0].author == "m")
    let root = try document(answers).root
    #expect(format.edits(preferring: 3, to: 0, in: root) == [])
    // Equal ratings cannot be told apart by exchanging them.
    #expect(format.edits(preferring: 1, to: 2, in: root) == nil)
    #expect(format.swapEdits(in: root) == nil)
    let edits = try #require(format.edits(preferring: 1, in: root))
    let best = String(decoding: LabelEdit.apply(edits, to: Array(answers.utf8)), as: UTF8.self)
    #expect(
      best
        == answers.replacing(#":"3""#, with: ":NEW").replacing(#":9"#, with: #":"3""#)
        .replacing(":NEW", with: ":9"))
    #expect(try read(best, format).label == .ranks([1, 0, 2, 2]))
    #expect(try read(best, format).pairID == ranking.pairID)
  }

  @Test("where several are tied for the best place, no exchange makes one of them the best")
  func tiedBest() throws {
    let row = #"{"prompt":"q","image_path":["x","y","z"],"rank":[1,1,2]}"#
    let format = try detect([row])
    #expect(try read(row, format).label == .ranks([0, 0, 1]))
    #expect(format.edits(preferring: 0, in: try document(row).root) == nil)
    #expect(format.edits(preferring: 2, in: try document(row).root) == nil)
    #expect(format.edits(preferring: 2, to: 0, in: try document(row).root)?.count == 1)
  }

  @Test("one of four answers may be marked the best, by letter or by number")
  func choices() throws {
    let letters = #"""
      {"first_turn_prompt":"q","first_turn_response_a":"x","first_turn_response_b":"y",
      "first_turn_response_c":"z","first_turn_preferred_response":"response_c"}
      """#
    let format = try detect([letters])
    let row = try read(letters, format)
    #expect(row.label == .ranks([1, 1, 0]))
    #expect(row.context == [Turn(.user, "q")])
    #expect(row.pairs.map(\.better) == [2, 2])
    let root = try document(letters).root
    // The order of the others is not known, and cannot be said.
    #expect(format.edits(preferring: 0, to: 1, in: root) == nil)
    let edits = try #require(format.edits(preferring: 0, in: root))
    let after = String(decoding: LabelEdit.apply(edits, to: Array(letters.utf8)), as: UTF8.self)
    #expect(after == letters.replacing("\"response_c\"", with: "\"response_a\""))
  }

  @Test("lists of good and bad answers: one changes places with one")
  func answerLists() throws {
    let row = #"{"prompt":"q","chosen":["x"],"rejected":["y","z"]}"#
    let format = try detect([row])
    #expect(format.name == "answer-lists")
    #expect(try read(row, format).label == .ranks([0, 1, 1]))
    let edits = try #require(format.edits(preferring: 2, in: try document(row).root))
    #expect(
      String(decoding: LabelEdit.apply(edits, to: Array(row.utf8)), as: UTF8.self)
        == #"{"prompt":"q","chosen":["z"],"rejected":["y","x"]}"#)
  }

  @Test("a rated conversation: the first answers are the sides, and scores move with the mark")
  func ratedConversation() throws {
    func message(_ text: String, _ score: Int, _ isChosen: Bool) -> String {
      #"{"turn":0,"role":"model","content":"\#(text)","within_turn_id":0,"model_name":"m","#
        + #""score":\#(score),"if_chosen":\#(isChosen)}"#
    }
    func row(_ first: (Int, Bool), _ second: (Int, Bool)) -> String {
      #"{"conversation_id":"c","user_id":"u","conversation_history":["#
        + #"{"turn":0,"role":"user","content":"q","within_turn_id":0},"#
        + message("x", first.0, first.1) + "," + message("y", second.0, second.1) + ","
        + #"{"turn":1,"role":"user","content":"r"},"# + message("z", 50, true) + "]}"
    }
    let before = row((88, true), (41, false))
    let format = try detect([before])
    let pair = try read(before, format)
    #expect(pair.context == [Turn(.user, "q")])
    #expect(pair.sides.map(\.text) == ["x", "y"])
    #expect(pair.label == .prefers(0))
    #expect(pair.annotator == "u")
    #expect(try swapped(before, format) == row((41, false), (88, true)))
    #expect(try swapped(swapped(before, format), format) == before)
  }

  @Test("a rated response is a row of one side")
  func unpaired() throws {
    let rows: [(String, PreferenceLabel)] = [
      (#"{"prompt":"q","completion":"x","label":true}"#, .desirable),
      (
        #"{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"x"}],"#
          + #""kto_tag":false}"#, .undesirable
      ),
      (#"{"instruction":"q","output":"x","label":null}"#, .none),
    ]
    let format = try detect([rows[0].0])
    for (row, label) in rows {
      let rating = try read(row, format)
      #expect(rating.context == [Turn(.user, "q")])
      #expect(rating.sides.map(\.text) == ["x"])
      #expect(rating.label == label)
      #expect(rating.pairs == [])
      #expect(rating.chosenAndRejected == nil)
    }
  }
}
