/// A field that names the better side by a word or a number.
struct WordLabel: ScalarLabel {
  var field: FieldPath
  let words: LabelWords

  var summary: String {
    let meanings =
      words.families.prefix(1).flatMap { family in
        family.words.enumerated().map { "\($0.element) = \(LabelValues.letter($0.offset))" }
      } + (words.ties.first.map { ["\($0) = tie"] } ?? [])
    return "\(field) (\(meanings.joined(separator: ", ")))"
  }

  func label(in root: JSONView) throws(RowProblem.Reason) -> PreferenceLabel {
    guard let value = try root.labelValue(at: field) else { return .none }
    guard let (word, _) = Self.parts(of: value), value.isPlainlySpelled,
      let label = words.label(of: word)
    else { throw .unknownLabel(field: field.description) }
    return label
  }

  func edits(preferring better: Int, to worse: Int, in root: JSONView) -> [LabelEdit]? {
    guard let value = root[path: field] else { return nil }
    guard !value.isNull else {
      guard let word = words.word(preferring: better, insteadOf: nil) else { return nil }
      return [.replace(value.span, with: Array(newSpelling(of: word).utf8))]
    }
    guard let (word, ending) = Self.parts(of: value), let label = words.label(of: word) else {
      return nil
    }
    if let preferred = label.preferred {
      if preferred == better { return [] }
      // A single best side says nothing of the order of the others.
      guard preferred == worse else { return nil }
    }
    guard let new = words.word(preferring: better, insteadOf: word) else { return nil }
    return [value.respelled(new + (label.preferred == nil && Int(new) == nil ? "" : ending))]
  }

  /// A word that is a number, a boolean or null is one in JSON too.
  private func newSpelling(of word: String) -> String {
    Int(word) != nil || ["true", "false"].contains(word) ? word : JSONValue.string(word).text
  }

  /// A value's text, with the `.0` apart that some writers put behind whole numbers.
  private static func parts(of value: JSONView) -> (word: String, ending: String)? {
    guard let text = value.scalarText else { return nil }
    guard text.hasSuffix(".0"), Int(text.dropLast(2)) != nil else { return (text, "") }
    return (String(text.dropLast(2)), ".0")
  }
}
