import PreferenceData
import Testing

@Suite("Writing a judged ranking")
struct RankingEditTests {
  /// A row of each way in which files rank answers, with one value a side.
  enum Kind: String, CaseIterable {
    case ratings, ranks, conversation, columns, choice, lists

    func text(_ values: [Int]) -> String {
      let answers = values.indices.map { "answer \($0)" }
      func list(_ parts: [String]) -> String { "[" + parts.joined(separator: ", ") + "]" }
      switch self {
      case .ratings:
        let completions = zip(answers, values).map {
          #"{"model":"m","overall_score":"\#($1).50" ,"response":"\#($0)"}"#
        }
        return #"{"instruction":"q","completions":\#(list(completions)),"x":[1, 2]}"#
      case .ranks:
        return #"{"id":"7","prompt":"q","generations":\#(list(answers.map { "\"\($0)\"" })),"#
          + #""ranking":\#(list(values.map { "\(100 - $0)" }))}"#
      case .conversation:
        let best = values.max()
        let turns = zip(answers, values).map {
          #"{"turn":0,"role":"model","content":"\#($0)","within_turn_id":0,"model_name":"m","#
            + #""score":\#($1),"if_chosen":\#($1 == best)}"#
        }
        return #"{"conversation_id":"c","conversation_history":["#
          + #"{"turn":0,"role":"user","content":"q","within_turn_id":0},"#
          + turns.joined(separator: ",") + "]}"
      case .columns:
        let fields = zip(answers, values).enumerated().map {
          #""response_\#($0 + 1)":"\#($1.0)","score_\#($0 + 1)":\#($1.1)"#
        }
        return #"{"prompt":"q",\#(fields.joined(separator: ","))}"#
      case .choice:
        let letters = ["a", "b", "c", "d", "e"]
        let fields = zip(letters, answers).map { #""first_turn_response_\#($0)":"\#($1)""# }
        let best = values.firstIndex(of: values.max() ?? 0) ?? 0
        return #"{"first_turn_prompt":"q",\#(fields.joined(separator: ",")),"#
          + #""first_turn_preferred_response":"response_\#(letters[best])"}"#
      case .lists:
        let good = zip(answers, values).filter { $1 >= 50 }.map { "\"\($0.0)\"" }
        let bad = zip(answers, values).filter { $1 < 50 }.map { "\"\($0.0)\"" }
        return #"{"prompt":"q","chosen":\#(list(good)),"rejected":\#(list(bad))}"#
      }
    }
  }

  private func values(_ seed: Int) -> [Int] {
    var generator = RankingGenerator(seed: seed)
    var values = (0..<4 + generator.below(2)).map { _ in 10 + generator.below(80) }
    (values[0], values[1]) = (95, 5)
    return values
  }

  @Test(
    "the file says afterwards what was judged, and the same turned back is the first bytes",
    arguments: Kind.allCases, 0..<60)
  func written(kind: Kind, seed: Int) throws {
    let text = kind.text(values(seed))
    let root = try document(text).root
    let format = try detect([text])
    let row = try format.row(from: root).get()
    let sides = row.sides.map(\.id)
    let places = try #require(row.label.places(of: sides.count))
    var generator = RankingGenerator(seed: seed)
    let decisions = [Decision]().taking(
      generator.decisions(1 + seed % 4, on: sides, hasTies: format.holdsEqualRanks))
    guard
      let judged = try? JudgedRanking(places: places, sides: sides, decisions: decisions)
    else { return }
    let edits = try #require(format.edits(assigning: judged.sources, in: root))
    let bytes = LabelEdit.apply(edits, to: Array(text.utf8))
    if judged.isUnchanged { #expect(bytes == Array(text.utf8)) }
    let after = try format.row(from: JSONDocument(lenient: bytes.span).root).get()
    #expect(after.pairID == row.pairID)
    for decision in decisions {
      let outcome = decision.outcome(sides: after.sides.map(\.id), label: after.label)
      switch decision.verdict {
      case .prefers: #expect(outcome == .keep)
      case .tie:
        #expect(
          after.label.places(of: sides.count).map { places in
            decision.pair?.positions(in: after.sides.map(\.id)).map { places[$0] == places[$1] }
          } == true)
      case .bothBad, .drop, .skip: break
      }
    }
    // What was exchanged and nothing else: the other way round it is the file again.
    guard Set(judged.sources).count == sides.count, kind != .lists else { return }
    var back = judged.sources
    for (side, source) in judged.sources.enumerated() { back[source] = side }
    let again = try #require(
      format.edits(assigning: back, in: try JSONDocument(lenient: bytes.span).root))
    #expect(LabelEdit.apply(again, to: bytes) == Array(text.utf8))
  }

  @Test("a label that only names the best one holds no tie, and no order of the others")
  func choices() throws {
    let text = Kind.choice.text([1, 9, 2, 3])
    let root = try document(text).root
    let format = try detect([text])
    #expect(!format.holdsEqualRanks)
    #expect(format.edits(assigning: [1, 1, 2, 3], in: root) == nil)
    #expect(format.edits(assigning: [0, 1, 2, 3], in: root) == [])
    #expect(format.edits(assigning: [2, 0, 1, 3], in: root)?.count == 1)
  }
}
