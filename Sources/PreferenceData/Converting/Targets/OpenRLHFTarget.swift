/// OpenRLHF with `--apply_chat_template`: two whole conversations, of which the last message is the
/// answer (OpenRLHF, datasets/reward_dataset). `--add margin` writes the column that it takes as the
/// margin of a reward model.
struct OpenRLHFTarget: PairWriting {
  let name = "openrlhf"
  let summary = "OpenRLHF: two whole conversations, the answer last"
  var reader: any RowFormat { TRLConversationalImplicit() }

  func object(for pair: Comparison) throws(Inexpressible) -> [JSONValue.Member] {
    try pair.surroundings.requireNothing()
    guard !pair.context.isEmpty else { throw .noContext }
    guard pair.chosen.count == 1, pair.rejected.count == 1 else { throw .severalAnswers }
    let dialect = MessageDialect.template
    return [
      .init("chosen", try dialect.messages(pair.context + pair.chosen)),
      .init("rejected", try dialect.messages(pair.context + pair.rejected)),
    ]
  }
}
