/// Good and bad answers as two lists of texts (RewardBench 2): every good answer is better than every
/// bad one, and neither list is ordered.
struct AnswerLists: RowFormat {
  let name = "answer-lists"
  let summary = "RewardBench 2: prompt, and chosen and rejected as lists of texts"

  func recognises(_ root: JSONView) -> Bool {
    guard let chosen = root["chosen"], let rejected = root["rejected"] else { return false }
    return chosen.isTexts && rejected.isTexts
  }

  func row(from root: JSONView) -> Result<PreferenceRow, RowProblem.Reason> {
    Result { () throws(RowProblem.Reason) in try read(root) }
  }

  func edits(preferring better: Int, to worse: Int, in root: JSONView) -> [LabelEdit]? {
    guard let chosen = root["chosen"]?.children, let rejected = root["rejected"]?.children else {
      return nil
    }
    let answers = chosen + rejected
    let isGood = [better, worse].map { $0 < chosen.count }
    if isGood == [true, false] { return [] }
    // Within a list nothing is better than anything else.
    guard isGood == [false, true] else { return nil }
    return Self.exchanges(of: better, and: worse, answers, in: root)
  }

  /// As many texts go from the good ones to the bad ones as the other way, each in the place of
  /// another, in their order.
  func edits(assigning sources: [Int], in root: JSONView) -> [LabelEdit]? {
    guard let chosen = root["chosen"]?.children, let rejected = root["rejected"]?.children,
      sources.count == chosen.count + rejected.count
    else { return nil }
    let answers = chosen + rejected
    func isGood(_ side: Int) -> Bool { side < chosen.count }
    let fallen = sources.indices.filter { isGood($0) && !isGood(sources[$0]) }
    let risen = sources.indices.filter { !isGood($0) && isGood(sources[$0]) }
    guard fallen.count == risen.count else { return nil }
    return zip(fallen, risen).flatMap { Self.exchanges(of: $0, and: $1, answers, in: root) }
  }

  /// Two texts change places, and with them the names of who wrote them where the row lists these.
  private static func exchanges(
    of one: Int, and other: Int, _ answers: [JSONView], in root: JSONView
  ) -> [LabelEdit] {
    let models = root["models"]?.children ?? []
    let moved = models.count == answers.count ? [answers, models] : [answers]
    return moved.map { .exchange($0[one].span, $0[other].span) }
  }

  private func read(_ root: JSONView) throws(RowProblem.Reason) -> PreferenceRow {
    let chosen = try texts("chosen", root)
    let rejected = try texts("rejected", root)
    let context = ContextFields(
      among: root.children.filter { !$0.isNull }.map(\.key), except: ["chosen", "rejected"])
    guard case .turns(let turns) = try context.content(in: root) else {
      throw .wrongType(field: context.fields[0].description, expected: "text or messages")
    }
    return PreferenceRow(
      context: turns, sides: (chosen + rejected).map { Side(turns: [Turn(.assistant, $0)]) },
      label: PreferenceLabel(
        qualities: chosen.map { _ in 1 } + rejected.map { _ in 0 }),
      fileID: RowColumns.identifier(in: root), annotator: RowColumns.annotator(in: root),
      group: RowColumns.group(in: root))
  }

  private func texts(_ name: String, _ root: JSONView) throws(RowProblem.Reason) -> [String] {
    let list = try root.field(name)
    let texts = list.children.compactMap(\.string)
    guard list.isTexts, texts.count == list.children.count else {
      throw .wrongType(field: name, expected: "list of texts")
    }
    return texts
  }
}

extension JSONView {
  /// Whether this is a list that begins with a text.
  fileprivate var isTexts: Bool { kind == .array && children.first?.kind == .string }
}
