/// Label Studio's export of pairwise comparisons: two texts in `data`, and in each of `annotations` which
/// of them was selected, `left` or `right`.
///
/// The label is what most annotations select; the votes of several stand beside it. A relabel turns every
/// one of them round, so that doing it twice gives the first bytes again. Annotations that were cancelled
/// say nothing, and predictions are no labels.
/// - Source: Label Studio documentation, "Raw JSON format of completed tasks" and the tag `Pairwise`, whose
///   first text stands left.
struct LabelStudio: RowFormat {
  let name = "label-studio"
  let summary = "Label Studio: two texts in data, left or right in annotations"

  private static let words = ["left", "right"]
  private static let field = "annotations.result.value.selected"

  func recognises(_ root: JSONView) -> Bool {
    guard root["data"]?.kind == .object, sideNames(in: root) != nil,
      let annotations = root["annotations"], annotations.kind == .array
    else { return false }
    let results = annotations.children.flatMap { $0["result"]?.children ?? [] }
    return results.isEmpty || results.contains(where: Self.isComparison)
  }

  func row(from root: JSONView) -> Result<PreferenceRow, RowProblem.Reason> {
    Result { () throws(RowProblem.Reason) in try read(root) }
  }

  func edits(preferring better: Int, to worse: Int, in root: JSONView) -> [LabelEdit]? {
    guard case .success(let row) = row(from: root), let preferred = row.label.preferred else {
      return nil
    }
    guard preferred != better else { return [] }
    return ballots(in: root).compactMap { ballot in
      Self.words.firstIndex(of: ballot.selected.string ?? "").map { side in
        .replace(ballot.selected.span, with: Array("\"\(Self.words[1 - side])\"".utf8))
      }
    }
  }

  func edits(assigning sources: [Int], in root: JSONView) -> [LabelEdit]? {
    exchangeEdits(assigning: sources, in: root)
  }

  private func read(_ root: JSONView) throws(RowProblem.Reason) -> PreferenceRow {
    guard root.kind == .object else { throw .notAnObject }
    guard root.isUnique(FieldPath(key: "annotations")) else { throw .duplicateField("annotations") }
    guard let data = root["data"] else { throw .missingField("data") }
    guard let names = sideNames(in: root) else { throw .noSides }
    var sides: [Side] = []
    for name in names { sides.append(Side(turns: [Turn(.assistant, data[name]?.string ?? "")])) }
    let context = ContextFields(
      among: data.children.filter { !$0.isNull }.map(\.key), except: names)
    guard case .turns(let turns) = try context.content(in: data) else {
      throw .wrongType(field: context.fields[0].description, expected: "text or messages")
    }
    let ballots = ballots(in: root)
    var judgments: [Judgment] = []
    for ballot in ballots {
      guard let side = Self.words.firstIndex(of: ballot.selected.string ?? "") else {
        throw .unknownLabel(field: Self.field)
      }
      judgments.append(Judgment(annotator: ballot.annotator, label: .prefers(side)))
    }
    let votes = [0, 1].map { side in Double(judgments.count { $0.label.preferred == side }) }
    let system = RowColumns.systemTurns(in: data)
    return PreferenceRow(
      context: turns.starts(with: system) ? turns : system + turns, sides: sides,
      label: judgments.isEmpty ? .none : PreferenceLabel(qualities: votes),
      judgments: judgments.count > 1 ? judgments : [], fileID: RowColumns.identifier(in: root),
      annotator: judgments.count == 1 ? judgments[0].annotator : nil,
      group: RowColumns.group(in: data))
  }

  /// The columns of `data` with the two texts, the left one first.
  private func sideNames(in root: JSONView) -> [String]? {
    guard let data = root["data"],
      let layout = SideLayout(keys: data.children.map(\.key), roots: [(row: 0, root: data)]),
      layout.names.count == 2, layout.names.allSatisfy({ data[$0]?.kind == .string })
    else { return nil }
    return layout.names
  }

  private func ballots(in root: JSONView) -> [(annotator: String?, selected: JSONView)] {
    (root["annotations"]?.children ?? []).filter { $0["was_cancelled"]?.bool != true }
      .flatMap { annotation in
        let by = annotation["completed_by"]
        let annotator = by?.scalarText ?? (by?["email"] ?? by?["id"])?.scalarText
        return (annotation["result"]?.children ?? []).filter(Self.isComparison).compactMap {
          result in
          result["value"]?["selected"].map { (annotator: annotator, selected: $0) }
        }
      }
  }

  private static func isComparison(_ result: JSONView) -> Bool {
    result["type"]?.string == "pairwise"
  }
}
