/// A way in which a row says which of its sides is better: it reads the label, and it writes it.
protocol LabelEncoding: Sendable {
  /// What the values mean, for a person: `winner: model_a prefers the first`.
  var summary: String { get }

  /// Where it stands.
  var fields: [FieldPath] { get }

  func label(in root: JSONView) throws(RowProblem.Reason) -> PreferenceLabel

  /// The edits after which the side at `better` is better than the one at `worse`; nil where that
  /// cannot be said. As `RowFormat.edits(preferring:to:in:)`.
  func edits(preferring better: Int, to worse: Int, in root: JSONView) -> [LabelEdit]?
}

/// A label that stands in one field.
protocol ScalarLabel: LabelEncoding {
  var field: FieldPath { get set }
}

extension ScalarLabel {
  var fields: [FieldPath] { [field] }
}

extension JSONView {
  /// The value of a label field: nil where it is null or not there.
  func labelValue(at path: FieldPath) throws(RowProblem.Reason) -> JSONView? {
    guard let value = self[path: path], !value.isNull else { return nil }
    guard isUnique(path) else { throw .duplicateField(path.description) }
    return value
  }

  /// Whether no object on the way to `path` holds a step's key twice.
  func isUnique(_ path: FieldPath) -> Bool {
    var view = self
    for step in path.steps {
      guard view.count(of: step) <= 1 else { return false }
      guard let next = view[path: FieldPath(key: step)] else { break }
      view = next
    }
    return true
  }

  /// The number that this value is, or that its text spells: cells of a table are all text.
  var numberOrSpelled: Double? {
    switch kind {
    case .number: return finiteNumber
    case .string:
      guard let string, let number = Double(string), number.isFinite else { return nil }
      return number
    case .true: return 1
    case .false: return 0
    case .null, .array, .object: return nil
    }
  }

  /// Whether the value's bytes are its text, in quotes or not: what is spelled so can be spelled
  /// anew and back again without a trace.
  var isPlainlySpelled: Bool {
    guard let text = scalarText else { return isNull }
    return span.count == text.utf8.count || span.count == text.utf8.count + 2
  }

  /// The edit that gives this value another text; text stays text, and numbers numbers.
  func respelled(_ text: String) -> LabelEdit {
    .replace(span, with: Array((kind == .string ? JSONValue.string(text).text : text).utf8))
  }

  /// The edit that negates this number by its spelling, so that twice is the first spelling; nil
  /// for zero, which has no other side.
  var signToggled: LabelEdit? {
    guard let number = kind == .number ? number : numberOrSpelled, !number.isNaN, number != 0,
      let spelling = scalarText, !spelling.hasPrefix("+")
    else { return nil }
    return respelled(spelling.hasPrefix("-") ? String(spelling.dropFirst()) : "-" + spelling)
  }
}
