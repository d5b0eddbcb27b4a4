import PreferenceData
import Testing

/// Rows of two sides and a label, with odd texts, odd spacing, shuffled members and further columns.
struct GeneratedLabels {
  enum Kind: CaseIterable {
    case words, letters, numbers, index, strength, scale, flags, scores, votes, list
  }

  private var state: UInt64

  init(seed: Int) { state = UInt64(seed) &* 7919 &+ 1 }

  mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }

  private mutating func text() -> String {
    let pieces = [
      "word", " ", #"\n"#, #"\""#, #"\\"#, #"\u00e9"#, "é", "漢字", "🙂", "\u{2028}", "]", "}", ",",
      #"\ud800"#, "Human:", "winner",
    ]
    return "\"" + (0..<next(8)).map { _ in pieces[next(pieces.count)] }.joined()
      + String(next(1 << 30)) + "\""
  }

  private mutating func blank() -> String { ["", "", " ", "\t"][next(4)] }

  private mutating func object(_ members: [(String, String)]) -> String {
    var members = members
    for place in members.indices { members.swapAt(place, next(members.count)) }
    let spelled = members.map { "\"\($0.0)\"" + blank() + ":" + blank() + $0.1 }
    return "{" + spelled.joined(separator: blank() + "," + blank()) + blank() + "}"
  }

  /// A row that prefers the side at `winner`.
  mutating func row(_ kind: Kind, winner: Int) -> String {
    var members = [("prompt", text())]
    let marks = kind == .index ? ["0", "1"] : kind == .letters ? ["A", "B"] : ["1", "2"]
    if kind != .list {
      members += marks.map { ("response_\($0)", text()) } + marks.map { ("model_\($0)", text()) }
    }
    let first = winner == 0
    switch kind {
    case .words: members.append(("winner", first ? #""model_a""# : #""model_b""#))
    case .letters: members.append(("label", first ? #""A""# : #""B""#))
    case .numbers: members.append(("preference", "\(winner + 1)" + ["", ".0"][next(2)]))
    case .index: members.append(("better_response_id", "\(winner)"))
    case .strength:
      let size = ["1", "2.50", "3e0", "0.1"][next(4)]
      members.append(("preference_strength", (first ? "-" : "") + size))
    case .scale:
      members = [("instruction", text()), ("output_1", text()), ("output_2", text())]
      members.append(
        ("preference", first ? ["1", "1.0", "1.25"][next(3)] : ["2", "1.9990"][next(2)]))
    case .flags:
      members += marks.enumerated().map { ("winner_model_\($1)", $0 == winner ? "1" : "0") }
      members.append(("winner_tie", ["0", "\"0\"", "false"][next(3)]))
    case .scores:
      members += marks.enumerated().map { ("score_\($1)", $0 == winner ? "2.50" : "-\(next(9))") }
    case .votes:
      let vote = first ? "A" : "B"
      members.append(("votes", "[{\"vote\": \"\(vote)\"} ,{\"vote\":\"tie\"}]"))
    case .list:
      let answers = (0..<2).map { place in
        object([("text", text()), ("rank", place == winner ? "1" : "2.0")])
      }
      members.append(("answers", "[" + answers.joined(separator: ",") + "]"))
    }
    if next(3) == 0 { members += [("odd key, twice", "1"), ("odd key, twice", "[1,{}]")] }
    if next(3) == 0 { members.append(("system", text())) }
    if next(3) == 0 { members.append(("note \\u0041", "null")) }
    return object(members)
  }
}

@Suite("Generated labels")
struct GeneratedLabelTests {
  @Test("every kind of label is found, read, and relabelled without a trace", arguments: 0..<48)
  func generatedRows(seed: Int) throws {
    var generated = GeneratedLabels(seed: seed)
    for kind in GeneratedLabels.Kind.allCases {
      // Both sides win somewhere, as in any real file.
      let winners = [0, 1] + (0..<6).map { _ in generated.next(2) }
      let rows = winners.map { generated.row(kind, winner: $0) }
      let format = try detect(rows)
      for (row, winner) in zip(rows, winners) {
        let before = try read(row, format)
        #expect(before.label.preferred == winner, "\(kind)")
        let once = try swapped(row, format)
        let after = try read(once, format)
        #expect(after.label.preferred == 1 - winner, "\(kind)")
        var expected = before
        expected.label = after.label
        if kind == .votes { expected.judgments = after.judgments }
        #expect(after == expected, "\(kind)")
        #expect(try swapped(once, format) == row, "\(kind)")
        let root = try document(row).root
        #expect(format.edits(preferring: winner, in: root) == [], "\(kind)")
      }
    }
  }
}
