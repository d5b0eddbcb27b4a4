/// Rows of trainers' layouts with odd texts, odd spacing, shuffled members and columns of either side.
struct GeneratedRows {
  enum Layout: CaseIterable {
    case alpaca, sharegpt, blocks, argilla, icr, intel, object, text, list, repeated, openAI
    case completion, answer, answers, conversation, nemo, joint, ultraFeedback, margin
  }

  private var state: UInt64

  init(seed: Int) { state = UInt64(seed) &+ 1 }

  private mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }

  /// A JSON string that differs from every other one of the row.
  private mutating func text() -> String {
    let pieces = [
      "word", " ", #"\n"#, #"\""#, #"\\"#, #"\u00e9"#, "é", "漢字", "🙂", "\u{2028}", "]", "}", ",",
      #"{\"a\":[1]}"#, #"\u0000"#, "Human:",
    ]
    return "\"" + (0..<next(8)).map { _ in pieces[next(pieces.count)] }.joined()
      + String(next(1 << 30)) + "\""
  }

  private mutating func blank() -> String { ["", "", " ", "\t"][next(4)] }

  private mutating func list(_ values: [String]) -> String {
    "[" + blank() + values.joined(separator: blank() + "," + blank()) + blank() + "]"
  }

  private mutating func object(_ members: [(String, String)]) -> String {
    var members = members
    for place in members.indices { members.swapAt(place, next(members.count)) }
    let spelled = members.map { "\"\($0.0)\"" + blank() + ":" + blank() + $0.1 }
    return "{" + blank() + spelled.joined(separator: blank() + "," + blank()) + blank() + "}"
  }

  private mutating func message(_ role: String, _ text: String) -> String {
    var members = [("role", "\"\(role)\""), ("content", text)]
    if next(4) == 0 { members.append(("weight", "0.50")) }
    return object(members)
  }

  /// Columns that say more about the sides, or nothing.
  private mutating func columns() -> [(String, String)] {
    var columns: [(String, String)] = []
    if next(2) == 0 { columns += [("score_chosen", "8.50"), ("score_rejected", "\(next(9))")] }
    if next(3) == 0 { columns += [("chosen-model", text()), ("rejected-model", text())] }
    if next(3) == 0 { columns += [("margin", ["1.50", "-2", "0", "1e2"][next(4)])] }
    if next(3) == 0 { columns += [("logp_w", "-1.0"), ("logp_l", "-2.50")] }
    if next(3) == 0 { columns += [("preferred_at", text()), ("non_preferred_at", text())] }
    if next(3) == 0 { columns += [("order", list(["\"rejected\"", "\"chosen\""]))] }
    if next(3) == 0 { columns += [("system", text())] }
    return columns
  }

  /// A row of `layout`.
  mutating func row(_ layout: Layout) -> String {
    let (question, first, second) = (text(), text(), text())
    let user = message("user", question)
    let (better, worse) = (message("assistant", first), message("assistant", second))
    let members: [(String, String)]
    switch layout {
    case .alpaca:
      members = [
        ("instruction", question), ("input", text()), ("chosen", first), ("rejected", second),
        ("history", list([list([text(), text()])])),
      ]
    case .sharegpt:
      members = [
        ("conversations", list([object([("from", "\"human\""), ("value", question)])])),
        ("chosen", object([("from", "\"gpt\""), ("value", first)])),
        ("rejected", object([("from", "\"gpt\""), ("value", second)])),
      ]
    case .blocks:
      let blocks = [first, second].map { list([object([("type", "\"text\""), ("value", $0)])]) }
      members = [
        ("chosen_messages", list([user, message("assistant", blocks[0])])),
        ("rejected_messages", list([user, message("assistant", blocks[1])])),
      ]
    case .argilla:
      members = [
        ("instruction", question), ("chosen_response", first), ("rejected_response", second),
      ]
    case .icr: members = [("input", question), ("chosen", first), ("rejected", second)]
    case .intel: members = [("question", question), ("chosen", first), ("rejected", second)]
    case .object: members = [("messages", list([user])), ("chosen", better), ("rejected", worse)]
    case .text: members = [("messages", list([user])), ("chosen", first), ("rejected", second)]
    case .list:
      members = [
        ("messages", list([user])), ("chosen", list([better])), ("rejected", list([worse])),
      ]
    case .repeated:
      let sides = [list([user, better]), list([user, worse])]
      members = [("messages", sides[next(2)]), ("chosen", sides[0]), ("rejected", sides[1])]
    case .openAI:
      members = [
        ("input", object([("messages", list([user])), ("tools", "[ ]")])),
        ("preferred_output", list([better])), ("non_preferred_output", list([worse])),
      ]
    case .completion:
      members = [
        ("input", object([("messages", list([user]))])),
        ("preferred_completion", list([better])), ("non_preferred_completion", list([worse])),
      ]
    case .answer: members = [("messages", list([user, better])), ("rejected_response", second)]
    case .answers:
      members = [
        ("messages", list([user, better, message("tool", text()), message("assistant", text())])),
        ("rejected_response", list([worse])),
      ]
    case .conversation:
      members = [
        ("messages", list([user, better])), ("rejected_messages", list([user, worse])),
        ("images", "[\"x\"]"), ("rejected_images", "[ \"y\" ]"),
      ]
    case .nemo:
      members = [("prompt", question), ("chosen_response", first), ("rejected_response", second)]
    case .joint:
      members = [
        ("i_chosen", question), ("r_chosen", first), ("i_reject", text()), ("r_reject", second),
      ]
    case .ultraFeedback:
      let sides = [list([user, better]), list([user, worse])]
      members = [
        ("prompt", question), ("chosen", sides[0]), ("rejected", sides[1]),
        ("messages", (sides + [list([user])])[next(3)]),
      ]
    case .margin:
      members = [
        ("chosen", list([user, better])), ("rejected", list([user, worse])), ("margin", "2.0"),
      ]
      return object(members)
    }
    return object(members + columns())
  }
}
