/// Any number of answers in one list, and a rank, a rating or a choice that says which are better:
/// Nectar, UltraFeedback, ImageRewardDB, HPDv2, summarize-from-feedback.
///
/// The row stays one row. A relabel of two answers exchanges their ranks or ratings, and the answers
/// stay where they are.
struct RankedList: RowFormat {
  /// Where the quality of each answer stands.
  enum Ranking: Hashable, Sendable {
    /// In the answer itself, under this key.
    case member(String, isHighestBest: Bool)
    /// In a list of as many numbers beside the answers.
    case list(FieldPath, isHighestBest: Bool)
    /// A field with the position, from 0, of the best answer.
    case choice(FieldPath)
  }

  /// Where each of several annotators has ranked the answers.
  struct Votes: Hashable, Sendable {
    var list: FieldPath
    var ranks: String
    var isHighestBest: Bool
    var annotator: String?
  }

  let context: ContextFields
  let list: FieldPath
  /// The keys of an answer's text and author; nil where the answers themselves are texts.
  let textKey: String?
  let authorKey: String?
  let ranking: Ranking
  let votes: Votes?

  let name = "ranked-list"

  /// Where an answer keeps what its model was told (UltraFeedback).
  private static let systemKeys = ["custom_system_prompt", "system_prompt", "system"]

  var summary: String {
    let prompt = context.fields.map { "\($0); " }.joined()
    let quality =
      switch ranking {
      case .member(let key, let isHighestBest):
        "\(key) of each (the \(isHighestBest ? "highest" : "lowest") is best)"
      case .list(let path, let isHighestBest):
        "\(path) (the \(isHighestBest ? "highest" : "lowest") is best)"
      case .choice(let path): "\(path) (0 = a, 1 = b)"
      }
    return "\(prompt)answers in \(list); label \(quality)"
  }

  func recognises(_ root: JSONView) -> Bool {
    if case .success = row(from: root) { true } else { false }
  }

  func row(from root: JSONView) -> Result<PreferenceRow, RowProblem.Reason> {
    Result { () throws(RowProblem.Reason) in try read(root) }
  }

  func edits(preferring better: Int, to worse: Int, in root: JSONView) -> [LabelEdit]? {
    let answers = root[path: list]?.children ?? []
    guard answers.indices.contains(better), answers.indices.contains(worse) else { return nil }
    let values: [JSONView?]
    let isHighestBest: Bool
    switch ranking {
    case .member(let key, let highest):
      (values, isHighestBest) = ([answers[better][key], answers[worse][key]], highest)
    case .list(let path, let highest):
      let numbers = root[path: path]?.children ?? []
      guard numbers.count == answers.count else { return nil }
      (values, isHighestBest) = ([numbers[better], numbers[worse]], highest)
    case .choice(let path):
      return WordLabel(field: path, words: Self.positions(answers.count))
        .edits(preferring: better, to: worse, in: root)
    }
    guard let first = values[0], let second = values[1], let preferred = first.numberOrSpelled,
      let other = second.numberOrSpelled, preferred != other
    else { return nil }
    return (preferred > other) == isHighestBest ? [] : [.exchange(first.span, second.span)]
  }

  var holdsEqualRanks: Bool {
    switch ranking {
    case .member, .list: true
    case .choice: false
    }
  }

  func edits(assigning sources: [Int], in root: JSONView) -> [LabelEdit]? {
    let answers = root[path: list]?.children ?? []
    guard answers.count == sources.count else { return nil }
    switch ranking {
    case .member(let key, _): return LabelEdit.copies(of: answers.map { $0[key] }, by: sources)
    case .list(let path, _):
      let numbers = root[path: path]?.children ?? []
      guard numbers.count == answers.count else { return nil }
      return LabelEdit.copies(of: numbers, by: sources)
    case .choice: return exchangeEdits(assigning: sources, in: root)
    }
  }

  private func read(_ root: JSONView) throws(RowProblem.Reason) -> PreferenceRow {
    guard root.kind == .object else { throw .notAnObject }
    guard let value = root[path: list] else { throw .missingField(list.description) }
    guard root.isUnique(list) else { throw .duplicateField(list.description) }
    let answers = value.children
    guard value.kind == .array, answers.count > 1 else { throw .noSides }
    guard case .turns(let turns) = try context.content(in: root) else {
      throw .wrongType(field: context.fields[0].description, expected: "text or messages")
    }
    var sides: [Side] = []
    for answer in answers {
      sides.append(try side(answer, behind: turns))
    }
    let system = RowColumns.systemTurns(in: root)
    return PreferenceRow(
      context: turns.starts(with: system) ? turns : system + turns, sides: sides,
      label: try label(of: answers, in: root), judgments: try judgments(answers.count, root),
      fileID: RowColumns.identifier(in: root), annotator: RowColumns.annotator(in: root),
      group: RowColumns.group(in: root))
  }

  private func side(
    _ answer: JSONView, behind context: [Turn]
  ) throws(RowProblem.Reason) -> Side {
    let field = list.description
    guard let text = textKey.map({ answer[$0] }) ?? answer else { throw .missingField(field) }
    var turns: [Turn]
    switch try SideContent(text, field: field) {
    case .text(let text): turns = [Turn(.assistant, text)]
    case .turns(let own): turns = own
    case .rounds: throw .wrongType(field: field, expected: "text or messages")
    }
    if turns.count > context.count, turns.starts(with: context) {
      turns.removeFirst(context.count)
    }
    let told = Self.systemKeys.lazy.compactMap { answer[$0]?.string }.first { !$0.isEmpty }
    return Side(
      turns: turns, author: authorKey.flatMap { answer[$0]?.scalarText }, systemPrompt: told)
  }

  private func label(
    of answers: [JSONView], in root: JSONView
  ) throws(RowProblem.Reason) -> PreferenceLabel {
    switch ranking {
    case .member(let key, let isHighestBest):
      return Self.label(answers.map { $0[key] }, isHighestBest)
    case .list(let path, let isHighestBest):
      guard let numbers = try root.labelValue(at: path)?.children else { return .none }
      guard numbers.count == answers.count else {
        throw .wrongType(field: path.description, expected: "a number for each answer")
      }
      return Self.label(numbers, isHighestBest)
    case .choice(let path):
      return try WordLabel(field: path, words: Self.positions(answers.count)).label(in: root)
    }
  }

  /// The label of answers with these values; an answer without a number leaves the row unlabelled.
  private static func label(_ values: [JSONView?], _ isHighestBest: Bool) -> PreferenceLabel {
    let numbers = values.compactMap { $0?.numberOrSpelled }
    guard numbers.count == values.count else { return .none }
    return PreferenceLabel(qualities: isHighestBest ? numbers : numbers.map { -$0 })
  }

  private func judgments(
    _ count: Int, _ root: JSONView
  ) throws(RowProblem.Reason) -> [Judgment] {
    guard let votes else { return [] }
    return (root[path: votes.list]?.children ?? []).compactMap { ballot in
      guard let numbers = ballot[votes.ranks]?.children, numbers.count == count else { return nil }
      let label = Self.label(numbers, votes.isHighestBest)
      guard label != .none else { return nil }
      return Judgment(annotator: votes.annotator.flatMap { ballot[$0]?.scalarText }, label: label)
    }
  }

  private static func positions(_ count: Int) -> LabelWords {
    LabelWords(
      families: [.init(words: (0..<count).map(String.init), strength: nil)], ties: [], bothBad: [],
      none: [""])
  }
}
