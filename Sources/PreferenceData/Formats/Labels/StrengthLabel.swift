/// A number whose sign names the better side, and whose size says by how much: HelpSteer2 and
/// HelpSteer3 from -3 to 3, above 0 where the second response is better; 0 is a tie.
struct StrengthLabel: ScalarLabel {
  var field: FieldPath
  /// The side that numbers above 0 prefer.
  let positive: Int

  var summary: String {
    "\(field) (above 0 = \(LabelValues.letter(positive)), below 0 = "
      + "\(LabelValues.letter(1 - positive)), 0 = tie)"
  }

  func label(in root: JSONView) throws(RowProblem.Reason) -> PreferenceLabel {
    guard let value = try root.labelValue(at: field) else { return .none }
    if value.string?.isEmpty == true { return .none }
    guard let number = value.numberOrSpelled, value.isPlainlySpelled else {
      throw .unknownLabel(field: field.description)
    }
    guard number != 0 else { return .tie }
    return .prefers(number > 0 ? positive : 1 - positive, strength: abs(number))
  }

  /// A tie becomes the smallest whole preference, since a decision says nothing of this scale.
  func edits(preferring better: Int, to worse: Int, in root: JSONView) -> [LabelEdit]? {
    guard let value = root[path: field] else { return nil }
    let sign = better == positive ? "" : "-"
    guard let number = value.numberOrSpelled, number != 0 else {
      let ending = value.scalarText?.hasSuffix(".0") == true ? ".0" : ""
      return [value.respelled(sign + "1" + ending)]
    }
    guard (number > 0) != (better == positive) else { return [] }
    return value.signToggled.map { [$0] }
  }
}
