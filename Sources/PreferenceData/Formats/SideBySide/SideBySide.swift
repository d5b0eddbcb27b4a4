/// Two responses or more in columns of their own, in an order that says nothing, and a label that says
/// which is better: Chatbot Arena, HelpSteer, SHP, WebGPT, PKU-SafeRLHF, AlpacaEval and many more.
///
/// The sides stay where they are whatever the label: a relabel changes the label's fields alone, and
/// models, ratings and whatever else belongs to a side stays beside it.
struct SideBySide: RowFormat {
  let context: ContextFields
  /// By position of the side.
  let sides: [FieldPath]
  let label: any LabelEncoding
  let votes: [VoteFields]
  /// Who or what wrote each side, where the file says so.
  let authors: [FieldPath]
  /// The file's own rating of each side, where it has one beside the label.
  let ratings: [FieldPath]
  /// The column that says in which round of the conversation the answers were judged.
  let judgedRound: FieldPath?
  /// Further fields with labels of the same sides, which are read only where a person picks them.
  let otherLabels: [FieldPath]
  /// Whether the sides are numbers of tokens and no text.
  let holdsTokens: Bool

  let name = "side-by-side"

  var summary: String {
    let prompt = context.fields.map(\.description).joined(separator: " and ")
    let sides = sides.map(\.description).joined(separator: ", ")
    let others = otherLabels.map { ", not \($0)" }.joined()
    let tokens =
      holdsTokens ? "; numbers of tokens, which only their tokenizer turns into text" : ""
    return (prompt.isEmpty ? "" : prompt + "; ")
      + "\(sides); label \(label.summary)\(others)\(tokens)"
  }

  func recognises(_ root: JSONView) -> Bool {
    if case .success = row(from: root) { true } else { false }
  }

  func row(from root: JSONView) -> Result<PreferenceRow, RowProblem.Reason> {
    Result { () throws(RowProblem.Reason) in try read(root) }
  }

  func edits(preferring better: Int, to worse: Int, in root: JSONView) -> [LabelEdit]? {
    label.edits(preferring: better, to: worse, in: root)
  }

  var holdsEqualRanks: Bool { label is ScoreLabel }

  func edits(assigning sources: [Int], in root: JSONView) -> [LabelEdit]? {
    guard let scores = label as? ScoreLabel else {
      return exchangeEdits(assigning: sources, in: root)
    }
    guard scores.scores.count == sources.count else { return nil }
    return LabelEdit.copies(of: scores.scores.map { root[path: $0] }, by: sources)
  }

  private func read(_ root: JSONView) throws(RowProblem.Reason) -> PreferenceRow {
    guard root.kind == .object else { throw .notAnObject }
    var contents: [SideContent] = []
    for path in sides {
      guard let value = root[path: path] else { throw .missingField(path.description) }
      guard root.isUnique(path) else { throw .duplicateField(path.description) }
      contents.append(try SideContent(value, field: path.description))
    }
    let texts = try Self.texts(try context.content(in: root), contents, judgedRound(in: root))
    var judgments: [Judgment] = []
    for fields in votes { judgments += try fields.judgments(in: root) }
    let system = RowColumns.systemTurns(in: root)
    return PreferenceRow(
      context: texts.context.starts(with: system) ? texts.context : system + texts.context,
      sides: texts.sides.indices.map { place in
        Side(
          turns: texts.sides[place],
          author: authors.isEmpty ? nil : root[path: authors[place]]?.scalarText,
          rating: ratings.isEmpty ? nil : root[path: ratings[place]]?.numberOrSpelled)
      },
      label: try label.label(in: root), judgments: judgments,
      fileID: RowColumns.identifier(in: root), annotator: RowColumns.annotator(in: root),
      group: RowColumns.group(in: root))
  }

  private func judgedRound(in root: JSONView) -> Int? {
    judgedRound.flatMap { root[path: $0]?.numberOrSpelled }.flatMap { Int(exactly: $0) }
  }

  /// The shared context, and the turns of each side behind it.
  private static func texts(
    _ context: ContextFields.Content, _ sides: [SideContent], _ judgedRound: Int?
  ) throws(RowProblem.Reason) -> (context: [Turn], sides: [[Turn]]) {
    let requests: [Turn]
    var rounds: [String] = []
    switch context {
    case .turns(let turns): requests = turns
    case .rounds(let texts): (requests, rounds) = ([], texts)
    }
    var turns: [[Turn]] = []
    var areWhole = requests.isEmpty
    for side in sides {
      switch side {
      case .text(let text):
        let bytes = Array(text.utf8)[...]
        if areWhole, rounds.isEmpty, Transcript.isTranscript(bytes) {
          turns.append(Transcript.turns(in: bytes))
        } else {
          areWhole = false
          turns.append(rounds.map { Turn(.user, $0) } + [Turn(.assistant, text)])
        }
      case .turns(let own): turns.append(own)
      case .rounds(let answers):
        var own: [Turn] = []
        for (place, answer) in answers.enumerated() {
          if rounds.indices.contains(place) { own.append(Turn(.user, rounds[place])) }
          own.append(Turn(.assistant, answer))
        }
        turns.append(own)
      }
    }
    if let judgedRound {
      for place in turns.indices { turns[place].cutBehind(answer: judgedRound) }
    }
    // Whole conversations begin alike; others may repeat the context that stands beside them.
    if requests.isEmpty {
      let shared = Conversations.sharedTurnCount(turns)
      return (Array(turns[0].prefix(shared)), turns.map { Array($0.dropFirst(shared)) })
    }
    if turns.allSatisfy({ $0.starts(with: requests) && $0.count > requests.count }) {
      return (requests, turns.map { Array($0.dropFirst(requests.count)) })
    }
    return (requests, turns)
  }
}

extension Array where Element == Turn {
  /// Leaves out what follows the answer with this number, from 1, if there is one.
  fileprivate mutating func cutBehind(answer number: Int) {
    var answers = 0
    for place in indices where self[place].role == .assistant {
      answers += 1
      if answers == number { return removeSubrange((place + 1)...) }
    }
  }
}
