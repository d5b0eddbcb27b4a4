/// Rows of which only the texts count, whatever their fields are called: an evaluation file with which a
/// data set is compared. The prompt is the text in the first column that is called like one, else the
/// first text; every other text, however deep, is a side.
struct AnyTexts: RowFormat {
  let name = "any-texts"
  let summary = "texts of any kind"

  func recognises(_ root: JSONView) -> Bool { root.kind == .object }

  func row(from root: JSONView) -> Result<PreferenceRow, RowProblem.Reason> {
    guard root.kind == .object else { return .failure(.notAnObject) }
    let prompt = root.contextColumns.lazy.compactMap { root[$0] }.first { $0.kind == .string }
    var texts: [String] = []
    for (place, node) in root.document.nodes.enumerated() where node.kind == .string {
      guard place != prompt?.index else { continue }
      texts.append(root.document.string(node.text))
    }
    let request = prompt?.string ?? (texts.isEmpty ? nil : texts.removeFirst())
    return .success(
      PreferenceRow(
        context: request.map { [Turn(.user, $0)] } ?? [],
        sides: texts.map { Side(turns: [Turn(.assistant, $0)]) }, label: .none))
  }

  func edits(preferring better: Int, to worse: Int, in root: JSONView) -> [LabelEdit]? { nil }
}

extension RowFormats {
  /// The format of rows of which only the texts count.
  public static let anyTexts: any RowFormat = AnyTexts()
}
