/// HH-RLHF: two whole transcripts (Bai et al. 2022, arXiv:2204.05862). There are two speakers, and no
/// turn begins with a blank.
struct HHTarget: PairWriting {
  let name = "hh"
  let summary = "HH-RLHF: two whole transcripts"
  var reader: any RowFormat { HHTranscripts() }

  func object(for pair: Comparison) throws(Inexpressible) -> [JSONValue.Member] {
    try pair.surroundings.requireNothing()
    let context = try transcript(pair.context)
    return [
      .init("chosen", .string(context + (try transcript(pair.chosen)))),
      .init("rejected", .string(context + (try transcript(pair.rejected)))),
    ]
  }

  private func transcript(_ turns: [Turn]) throws(Inexpressible) -> String {
    var text = ""
    for turn in turns {
      guard !turn.isSpelledCall else { throw .tools }
      switch turn.role {
      case .user: text += "\n\nHuman: "
      case .assistant: text += "\n\nAssistant: "
      case .system: throw .systemPrompt
      case .tool: throw .tools
      case .other: throw .role
      }
      text += try turn.plainText
    }
    return text
  }
}
