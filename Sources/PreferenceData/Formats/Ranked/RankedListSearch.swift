/// Looks for answers in one list, and for what ranks them.
struct RankedListSearch {
  private let roots: [JSONView]
  private let keys: [String]
  private let mapping: FieldMapping

  private static let listNames = [
    "answers", "completions", "responses", "generations", "summaries", "candidates", "outputs",
    "image_path", "file_path", "images", "options",
  ]
  private static let textKeys = [
    "response", "answer", "completion", "text", "content", "output", "generated_text", "messages",
  ]
  private static let authorKeys = ["model", "policy", "generator", "author", "model_name"]
  /// What ranks an answer, the more telling before the less, and whether more is better.
  private static let qualities: [(name: String, isHighestBest: Bool)] = [
    ("rank", false), ("ranking", false), ("ranks", false), ("human_preference", true),
    ("overall_score", true), ("fine-grained_score", true), ("score", true), ("scores", true),
    ("rating", true), ("ratings", true), ("reward", true), ("rewards", true), ("chosen", true),
    ("is_chosen", true), ("if_chosen", true),
  ]
  private static let choices = ["choice", "best", "best_index", "preferred", "chosen_index"]

  init(_ sample: [JSONView], mapping: FieldMapping) {
    roots = sample
    self.mapping = mapping
    var keys: [String] = []
    var known: Set<String> = []
    for root in sample {
      for value in root.children where known.count < 256 && known.insert(value.key).inserted {
        keys.append(value.key)
      }
    }
    self.keys = keys
  }

  /// The format of the sample; nil where there is no such list, or nothing ranks it.
  func find() -> RankedList? {
    guard mapping.sides == nil else { return nil }
    for name in Self.listNames where keys.contains(name) {
      let lists = roots.compactMap { $0[name] }.filter { $0.kind == .array }
      guard lists.count * 2 > roots.count else { continue }
      let answers = lists.flatMap(\.children)
      let textKey = Self.textKeys.first { key in answers.contains { $0[key] != nil } }
      guard textKey != nil || answers.contains(where: { $0.kind == .string }),
        let ranking = ranking(of: name, answers)
      else { continue }
      return RankedList(
        context: mapping.prompt.map { ContextFields(fields: [$0]) }
          ?? ContextFields(among: keys, except: [name]),
        list: FieldPath(key: name), textKey: textKey,
        authorKey: Self.authorKeys.first { key in answers.contains { $0[key] != nil } },
        ranking: ranking, votes: votes)
    }
    return nil
  }

  private func ranking(of list: String, _ answers: [JSONView]) -> RankedList.Ranking? {
    let wanted = mapping.label?.steps.last
    for (name, isHighestBest) in Self.qualities where wanted == nil || wanted == name {
      if answers.contains(where: { $0[name]?.numberOrSpelled != nil }) {
        return .member(name, isHighestBest: isHighestBest)
      }
      let fitting = roots.count { root in
        guard let numbers = root[name], numbers.kind == .array else { return false }
        return numbers.children.count == root[list]?.children.count
          && numbers.children.allSatisfy { $0.numberOrSpelled != nil }
      }
      if fitting * 2 > roots.count {
        return .list(FieldPath(key: name), isHighestBest: isHighestBest)
      }
    }
    let choice = Self.choices.first { name in
      (wanted == nil || wanted == name) && roots.contains { $0[name]?.numberOrSpelled != nil }
    }
    return choice.map { .choice(FieldPath(key: $0)) }
  }

  private var votes: RankedList.Votes? {
    for key in keys where key.hasSuffix("annotations") || key.hasSuffix("votes") {
      let ballots = roots.flatMap { $0[key]?.children ?? [] }
      for (name, isHighestBest) in Self.qualities
      where ballots.contains(where: { $0[name]?.kind == .array }) {
        return RankedList.Votes(
          list: FieldPath(key: key), ranks: name, isHighestBest: isHighestBest,
          annotator: SideBySideSearch.annotatorNames.first { key in
            ballots.contains { $0[key] != nil }
          })
      }
    }
    return nil
  }
}
