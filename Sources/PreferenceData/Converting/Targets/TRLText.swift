/// TRL's standard preference data: plain text, with the prompt in a column of its own or at the
/// beginning of both sides (TRL, "Dataset formats and types": preference, standard).
///
/// One prompt text holds one request. With the prompt inside the sides, nothing but the text says where
/// it ends: the row is written where a blank parts it from both answers.
struct TRLText: PairWriting {
  let hasPrompt: Bool

  var name: String { hasPrompt ? "trl-standard" : "trl-standard-implicit" }
  var summary: String {
    hasPrompt
      ? "TRL, standard, explicit prompt (text)"
      : "TRL, standard, implicit prompt (text)"
  }
  var reader: any RowFormat { hasPrompt ? TRLStandardExplicit() : TRLStandardImplicit() }

  func object(for pair: Comparison) throws(Inexpressible) -> [JSONValue.Member] {
    try pair.surroundings.requireNothing()
    let prompt = try pair.context.onlyRequest
    let (chosen, rejected) = (try pair.chosen.onlyAnswer, try pair.rejected.onlyAnswer)
    guard !hasPrompt else {
      return [
        .init("prompt", .string(prompt)), .init("chosen", .string(chosen)),
        .init("rejected", .string(rejected)),
      ]
    }
    guard
      prompt.last?.isWhitespace ?? false
        || [chosen, rejected].allSatisfy({ $0.first?.isWhitespace ?? true })
    else { throw .noBoundary }
    return [
      .init("chosen", .string(prompt + chosen)), .init("rejected", .string(prompt + rejected)),
    ]
  }

  func isSame(_ rows: [PreferenceRow], as example: TrainingExample) -> Bool {
    guard case .comparison(let pair) = example, rows.count == 1 else { return false }
    let row = rows[0]
    guard row.label.preferred == 0 else { return false }
    guard !hasPrompt else {
      return row.context == pair.context && row.sides.map(\.turns) == [pair.chosen, pair.rejected]
    }
    func whole(_ context: [Turn], _ side: [Turn]) -> String {
      (context + side).map(\.text).joined()
    }
    return row.sides.map { whole(row.context, $0.turns) }
      == [whole(pair.context, pair.chosen), whole(pair.context, pair.rejected)]
  }
}
