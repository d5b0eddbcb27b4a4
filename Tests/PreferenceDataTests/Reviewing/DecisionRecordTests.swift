import Foundation
import PreferenceData
import Testing

@Suite("Decision record")
struct DecisionRecordTests {
  private let sides = ["a", "b"].map { SideID(StableHash($0)) }

  private func decoded(_ text: String) throws -> DecisionRecord {
    try JSONDecoder().decode(DecisionRecord.self, from: Data(text.utf8))
  }

  @Test("a record written is the record read", arguments: 0..<100)
  func roundTrip(seed: Int) throws {
    var random = SimulatedReview(seed: seed)
    let texts = ["", "note", "\u{0}\u{1b}\n\"\\/", "👩‍👩‍👧 偏好 \u{2028}", "e\u{301}"]
    let outcome = Outcome.allCases[random.below(Outcome.allCases.count)]
    let hasSide = outcome == .keep || outcome == .swap
    let hasServing = random.below(2) == 0
    let record = DecisionRecord(
      id: random.below(2) == 0 ? texts[random.below(5)] : nil, row: random.below(1000),
      outcome: hasSide && random.below(3) == 0 ? nil : outcome,
      prefers: hasSide ? sides[random.below(2)] : nil,
      strength: random.below(2) == 0 ? random.below(3) + 1 : nil, note: texts[random.below(5)],
      tags: Array(texts.prefix(random.below(5))),
      reason: random.below(2) == 0 ? texts[random.below(5)] : nil,
      ratings: (0..<random.below(3)).map { number in
        let outcome: Outcome = [.keep, .swap, .tie][random.below(3)]
        return RatingRecord(
          "criterion \(number)", outcome: outcome,
          prefers: outcome == .tie || random.below(2) == 0 ? nil : sides[random.below(2)],
          strength: random.below(2) == 0 ? nil : random.below(2) + 1)
      },
      annotator: random.below(2) == 0 ? random.anyAnnotator() : nil,
      millisecondsSince1970: random.below(2) == 0 ? Int64(random.below(1 << 42)) : nil,
      serving: hasServing
        ? Serving(
          route: Serving.Route.allCases[random.below(Serving.Route.allCases.count)],
          probability: 1 / Double(random.below(100) + 1), scan: "scan", rank: random.below(100),
          suspicion: Double(random.below(1000)) / 997, firstSide: sides[0],
          labelSeen: random.below(2) == 0, evidenceSeen: random.below(2) == 0, seconds: 0.1)
        : nil,
      isUndone: random.below(2) == 0)
    #expect(
      try JSONDecoder().decode(DecisionRecord.self, from: JSONEncoder().encode(record)) == record)
  }

  @Test("the least that says something, unknown fields, nulls and numbers as ids are read")
  func leastRecords() throws {
    #expect(try decoded(#"{"row":3,"decision":"swap"}"#) == DecisionRecord(row: 3, outcome: .swap))
    #expect(
      try decoded(#"{"id":17,"decision":"both-bad","mood":{"x":[1]},"note":null,"tags":null}"#)
        == DecisionRecord(id: "17", outcome: .bothBad))
    #expect(
      try decoded(#"{"id":"a","row":0,"decision":"tie","tags":["x","y","x"]}"#).tags == ["x", "y"])
  }

  @Test(
    "what does not say which row or what to do is refused, and so are wrong types and values",
    arguments: [
      #"{"decision":"keep"}"#, #"{"row":1}"#, #"{"row":1,"decision":"flip"}"#,
      #"{"row":-1,"decision":"keep"}"#, #"{"row":1.5,"decision":"keep"}"#,
      #"{"row":"1","decision":"keep"}"#, #"{"row":1,"decision":7}"#,
      #"{"id":true,"decision":"tie"}"#,
      #"{"row":1,"decision":"keep","strength":0}"#, #"{"row":1,"decision":"keep","strength":4}"#,
      #"{"row":1,"decision":"keep","strength":"2"}"#, #"{"row":1,"decision":"keep","note":1}"#,
      #"{"row":1,"decision":"keep","tags":"a"}"#, #"{"row":1,"decision":"keep","tags":[1]}"#,
      #"{"row":1,"decision":"keep","annotator":" "}"#, #"{"row":1,"decision":"keep","at":"now"}"#,
      #"{"row":1,"decision":"keep","at":5}"#, #"{"row":1,"decision":"keep","prefers":"ff"}"#,
      #"{"row":1,"decision":"tie","prefers":"0123456789abcdef0123456789abcdef"}"#,
      #"{"row":1,"decision":"keep","served":{}}"#, #"{"row":1,"decision":"keep","undone":1}"#,
      #"{"row":1,"decision":"keep","served":{"route":"bus"}}"#, "[]", "3", "{",
    ])
  func refusals(text: String) {
    #expect(throws: DecodingError.self) { try decoded(text) }
  }

  @Test("the record of a decision decides the same again, whatever the label has become since")
  func appliesAgain() throws {
    var review = SimulatedReview(seed: 5)
    for _ in 0..<60 { try review.act() }
    for event in review.events {
      guard case .decided(let decisions) = event.content else { continue }
      for decided in decisions {
        for preferred in [0, 1, nil] {
          let record = DecisionRecord(
            decided, of: event, id: decided.row.description, row: 4,
            outcome: decided.decision.verdict.outcome(sides: sides, preferred: preferred),
            isUndone: false)
          #expect(record.annotator == event.annotator && record.serving == decided.serving)
          for later in [0, 1, nil] {
            #expect(record.decision(sides: sides, preferred: later) == decided.decision)
          }
          // A row that has lost the side has lost the decision too.
          let other = [SideID(StableHash("c")), SideID(StableHash("d"))]
          let isPreference = decided.decision.verdict.preferredSide != nil
          #expect((record.decision(sides: other, preferred: 0) == nil) == isPreference)
        }
      }
    }
  }

  @Test("keep and swap without a side follow the label that the row has now")
  func keepAndSwap() {
    for preferred in 0...1 {
      let keep = DecisionRecord(row: 0, outcome: .keep).decision(sides: sides, preferred: preferred)
      #expect(keep?.verdict == .prefers(sides[preferred]))
      let swap = DecisionRecord(row: 0, outcome: .swap).decision(sides: sides, preferred: preferred)
      #expect(swap?.verdict == .prefers(sides[1 - preferred]))
    }
    #expect(DecisionRecord(row: 0, outcome: .keep).decision(sides: sides, preferred: nil) == nil)
  }
}
