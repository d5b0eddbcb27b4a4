import Testing

@testable import PreferenceData

@Suite("Transcripts and shared beginnings")
struct TranscriptTests {
  private func split(_ first: String, _ second: String) -> ([Turn], [Turn], [Turn]) {
    let parts = Transcript.split(Array(first.utf8)[...], Array(second.utf8)[...])
    return (parts.context, parts.first, parts.second)
  }

  @Test("the cut is at the last assistant turn that both have begun")
  func lastCommonAssistant() {
    let start = "\n\nHuman: q\n\nAssistant: a\n\nHuman: r"
    let (context, first, second) = split(start + "\n\nAssistant: x", start + "\n\nAssistant: y")
    #expect(context == [Turn(.user, "q"), Turn(.assistant, "a"), Turn(.user, "r")])
    #expect(first == [Turn(.assistant, "x")])
    #expect(second == [Turn(.assistant, "y")])
  }

  @Test("an empty answer, and answers that go on with further turns, stay sides")
  func oddSides() {
    let start = "\n\nHuman: q\n\nAssistant:"
    let (context, first, second) = split(start, start + " y\n\nHuman: z\n\nAssistant: w")
    #expect(context == [Turn(.user, "q")])
    #expect(first == [Turn(.assistant, "")])
    #expect(second == [Turn(.assistant, "y"), Turn(.user, "z"), Turn(.assistant, "w")])
  }

  @Test("transcripts that part in the user's turn are cut before it")
  func earlyParting() {
    let (context, first, second) = split(
      "\n\nHuman: who\n\nAssistant: x", "\n\nHuman: what\n\nAssistant: y")
    #expect(context.isEmpty)
    #expect(first == [Turn(.user, "who"), Turn(.assistant, "x")])
    #expect(second == [Turn(.user, "what"), Turn(.assistant, "y")])
  }

  @Test("identical transcripts keep their last answer as sides")
  func identical() {
    let text = "\n\nHuman: q\n\nAssistant: a"
    let (context, first, second) = split(text, text)
    #expect(context == [Turn(.user, "q")])
    #expect(first == second)
    #expect(first == [Turn(.assistant, "a")])
  }

  @Test("speakers named inside a sentence, and text before the first mark, lose nothing")
  func otherMarks() {
    let text = "Be kind.\n\nHuman: say \"Human: hi\"\nAssistant: no"
    let turns = Transcript.turns(in: Array(text.utf8)[...])
    #expect(
      turns == [
        Turn(.system, "Be kind."), Turn(.user, "say \"Human: hi\"\nAssistant: no"),
      ])
  }

  @Test(
    "two texts are cut behind a mark, a line, a sentence or a word, in this order",
    arguments: [
      ("Q\n\n### Response:\nYes a", "Q\n\n### Response:\nYes b", "Q\n\n### Response:\n"),
      ("[INST] q [/INST] Sure. a", "[INST] q [/INST] Sure. b", "[INST] q [/INST]"),
      ("Translate:\ncat. a", "Translate:\ncat. b", "Translate:\n"),
      ("Who? In Rome", "Who? In Riga", "Who?"),
      ("天气如何？很好", "天气如何？很糟", "天气如何？"),
      ("The sky is blue", "The sky is black", "The sky is"),
      ("blue", "black", ""),
      ("same", "same", ""),
      ("Who? Me", "Who? Me and you", "Who?"),
    ])
  func cuts(first: String, second: String, shared: String) {
    let cut = SharedPrefix.cut(Array(first.utf8)[...], Array(second.utf8)[...])
    #expect(String(decoding: Array(first.utf8).prefix(cut), as: UTF8.self) == shared)
  }

  @Test("a cut takes the same beginning from both texts, in whole characters", arguments: 0..<64)
  func cutsAreShared(seed: Int) {
    var state = UInt64(seed) &+ 1
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let pieces = ["a", "b", " ", ". ", "\n", "é", "漢", "🙂", "\n\nAssistant:", "\n\nHuman:"]
    func text(_ count: Int) -> String {
      (0..<count).map { _ in pieces[next(pieces.count)] }.joined()
    }
    let start = text(next(12))
    let (first, second) = (start + text(next(5)), start + text(next(5)))
    let cut = SharedPrefix.cut(Array(first.utf8)[...], Array(second.utf8)[...])
    let head = Array(first.utf8).prefix(cut)
    #expect(Array(second.utf8).starts(with: head))
    #expect(String(validating: head, as: UTF8.self) != nil)
    let parts = Transcript.split(Array(first.utf8)[...], Array(second.utf8)[...])
    let kept = [parts.first, parts.second].map {
      (parts.context + $0).map(\.text).joined().utf8.count
    }
    for (whole, count) in zip([first, second], kept) { #expect(count <= whole.utf8.count) }
  }
}
