/// NeMo RL's preference data (NVIDIA NeMo RL, "Direct Preference Optimization": PreferenceDataset): a
/// context, and completions of which the one with the lower rank is preferred. NeMo-Aligner, its
/// predecessor, takes one prompt text with the model's own marks inside.
struct NeMoRLTarget: PairWriting {
  let name = "nemo-rl"
  let summary = "NeMo RL: context, and completions with ranks"
  var reader: any RowFormat {
    RankedList(
      context: ContextFields(fields: [FieldPath(key: "context")]),
      list: FieldPath(key: "completions"), textKey: "completion", authorKey: nil,
      ranking: .member("rank", isHighestBest: false), votes: nil)
  }

  func object(for pair: Comparison) throws(Inexpressible) -> [JSONValue.Member] {
    try pair.surroundings.requireNothing()
    guard !pair.context.isEmpty else { throw .noContext }
    let dialect = MessageDialect.template
    return [
      .init("context", try dialect.messages(pair.context)),
      .init(
        "completions",
        [
          ["rank": 0, "completion": try dialect.messages(pair.chosen)],
          ["rank": 1, "completion": try dialect.messages(pair.rejected)],
        ]),
    ]
  }
}
