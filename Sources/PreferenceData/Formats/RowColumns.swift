/// Columns that mean the same in every format.
enum RowColumns {
  private static let identifierNames = [
    "id", "uid", "uuid", "pair_id", "row_id", "comparison_id", "example_id", "prompt_id",
    "question_id", "idx", "index",
  ]
  private static let annotatorNames = [
    "annotator", "annotator_id", "worker", "worker_id", "judge", "labeler", "labeller", "rater",
  ]
  private static let groupNames = ["source", "domain", "task", "category", "subset"]
  private static let dateNames = [
    "date", "timestamp", "tstamp", "created_at", "created", "updated_at",
  ]
  private static let systemNames = ["system", "system_prompt"]

  /// A name longer than this is content, not a name.
  private static let longestName = 128

  /// The file's own identifier of the row.
  static func identifier(in root: JSONView) -> String? { name(of: identifierNames, in: root) }

  /// The file's name of whoever labelled the row.
  static func annotator(in root: JSONView) -> String? { name(of: annotatorNames, in: root) }

  /// The file's name of the group that the row belongs to.
  static func group(in root: JSONView) -> String? { name(of: groupNames, in: root) }

  /// When the row was labelled or written, in milliseconds since 1970: ISO 8601 with or without a time,
  /// or a number of seconds or milliseconds since 1970. A number counts milliseconds from 10^11 on,
  /// which as seconds is after the year 5000; one below 10^8, in 1973, is something else.
  static func date(in root: JSONView) -> Int64? {
    for name in dateNames {
      guard let column = root[name] else { continue }
      if column.kind == .number, let number = column.finiteNumber, (1e8..<1e14).contains(number) {
        return Int64(number < 1e11 ? number * 1000 : number)
      }
      guard let text = column.string, text.utf8.count <= longestName else { continue }
      if let instant = ISO8601.milliseconds(text) ?? ISO8601.milliseconds(text + "T00:00:00Z")
        ?? ISO8601.milliseconds(text.replacing(" ", with: "T") + "Z")
      {
        return instant
      }
    }
    return nil
  }

  /// The system turn that stands in a column of its own; none where the column is empty.
  static func systemTurns(in root: JSONView) -> [Turn] {
    for name in systemNames {
      if let text = root[name]?.string, !text.isEmpty { return [Turn(.system, text)] }
    }
    return []
  }

  /// The name that stands at `path`, if one does.
  static func name(at path: FieldPath, in root: JSONView) -> String? {
    root[path: path].flatMap(name(in:))
  }

  private static func name(of keys: [String], in root: JSONView) -> String? {
    for key in keys {
      if let name = root[key].flatMap(name(in:)) { return name }
    }
    return nil
  }

  private static func name(in column: JSONView) -> String? {
    guard column.kind == .string || column.kind == .number, let text = column.scalarText,
      !text.isEmpty, text.utf8.count <= longestName
    else { return nil }
    return text
  }
}

extension JSONView {
  /// The only value that this object holds under `key`.
  func field(_ key: String) throws(RowProblem.Reason) -> JSONView {
    guard kind == .object else { throw .notAnObject }
    guard let value = self[key] else { throw .missingField(key) }
    guard count(of: key) == 1 else { throw .duplicateField(key) }
    return value
  }

  /// The text of the only value that this object holds under `key`.
  func text(_ key: String) throws(RowProblem.Reason) -> ArraySlice<UInt8> {
    guard let text = try field(key).utf8 else { throw .wrongType(field: key, expected: "string") }
    return text
  }
}

extension PreferenceRow {
  /// The row of `root` whose sides are named chosen and rejected, with all that its columns say.
  init(context: [Turn], chosen: [Turn], rejected: [Turn], columnsOf root: JSONView) {
    let columns = SideColumns(of: root)
    let system = RowColumns.systemTurns(in: root)
    self.init(
      context: context.starts(with: system) ? context : system + context,
      sides: [
        Side(turns: chosen, author: columns.authors.chosen, rating: columns.ratings.chosen),
        Side(turns: rejected, author: columns.authors.rejected, rating: columns.ratings.rejected),
      ],
      label: .prefers(0, strength: columns.strength), judgments: columns.judgments,
      fileID: RowColumns.identifier(in: root), annotator: RowColumns.annotator(in: root),
      group: RowColumns.group(in: root), date: RowColumns.date(in: root))
  }
}

/// A format whose two sides stand in two fields that say which is better.
protocol NamedSidesFormat: RowFormat {
  /// The names of the two fields in the row `root`.
  func sideNames(in root: JSONView) -> (chosen: String, rejected: String)

  func read(_ root: JSONView) throws(RowProblem.Reason) -> PreferenceRow
}

extension NamedSidesFormat {
  func sideNames(in root: JSONView) -> (chosen: String, rejected: String) {
    ("chosen", "rejected")
  }

  func row(from root: JSONView) -> Result<PreferenceRow, RowProblem.Reason> {
    Result { () throws(RowProblem.Reason) in try read(root) }
  }

  func edits(preferring better: Int, to worse: Int, in root: JSONView) -> [LabelEdit]? {
    guard better == 1 else { return [] }
    let names = sideNames(in: root)
    guard let chosen = root[names.chosen], let rejected = root[names.rejected] else { return nil }
    return SideColumns(of: root).swapEdits(exchanging: chosen.span, rejected.span)
  }
}

extension JSONView {
  /// Columns that hold the context in some public format.
  private static let contextNames = [
    "prompt", "instruction", "question", "input", "query", "history", "context", "messages",
    "conversations", "conversation",
  ]

  /// The columns in which the row's context may stand, in a fixed order; a column that holds null
  /// says nothing. A format reads a row only where it reads all of them: else it would lose a part
  /// of the question.
  var contextColumns: [String] {
    Self.contextNames.filter { name in self[name].map { !$0.isNull } ?? false }
  }

  /// Whether the row's context can only stand inside its sides.
  var hasImplicitPrompt: Bool { contextColumns.isEmpty }
}
