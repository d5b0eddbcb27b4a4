/// A number from 1 to 2: below 1.5 the first side is better, above it the second; 1.5 and 0 are ties
/// (AlpacaEval: `preference`).
struct ScaleLabel: ScalarLabel {
  var field: FieldPath

  var summary: String { "\(field) (1 = a, 2 = b, between them by degrees, 0 and 1.5 = tie)" }

  func label(in root: JSONView) throws(RowProblem.Reason) -> PreferenceLabel {
    guard let value = try root.labelValue(at: field) else { return .none }
    if let text = value.string, text.isEmpty || text.lowercased() == "nan" { return .none }
    guard let number = value.numberOrSpelled, value.isPlainlySpelled,
      number == 0 || (1...2).contains(number),
      number == 0 || Self.mirrored(value.scalarText ?? "") != nil
    else { throw .unknownLabel(field: field.description) }
    if number == 0 || number == 1.5 { return .tie }
    return .prefers(number < 1.5 ? 0 : 1, strength: 2 * abs(number - 1.5))
  }

  func edits(preferring better: Int, to worse: Int, in root: JSONView) -> [LabelEdit]? {
    guard let value = root[path: field] else { return nil }
    let spelling = value.scalarText ?? ""
    guard let number = value.numberOrSpelled, number != 0, number != 1.5 else {
      return [value.respelled(String(better + 1) + (spelling.contains(".") ? ".0" : ""))]
    }
    guard (number < 1.5) != (better == 0) else { return [] }
    return Self.mirrored(spelling).map { [value.respelled($0)] }
  }

  /// The spelling of 3 minus the number from 1 to 2 that `spelling` is, with as many decimals, so
  /// that twice is the first spelling; nil where it is not spelled in plain decimals.
  static func mirrored(_ spelling: String) -> String? {
    let parts = spelling.split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = parts.first, whole == "1" || whole == "2", parts.count <= 2,
      parts.last?.utf8.allSatisfy({ (0x30...0x39).contains($0) }) == true
    else { return nil }
    guard parts.count == 2 else { return whole == "1" ? "2" : "1" }
    let decimals = Array(parts[1].utf8)
    guard !decimals.isEmpty else { return nil }
    if decimals.allSatisfy({ $0 == 0x30 }) { return (whole == "1" ? "2" : "1") + "." + parts[1] }
    guard whole == "1" else { return nil }
    // 3 - 1.d = 2 - 0.d = 1.(10^n - d), digit by digit from the right.
    var result = decimals
    var isBehindLast = true
    for place in decimals.indices.reversed() {
      let digit = decimals[place] - 0x30
      if isBehindLast, digit == 0 { continue }
      result[place] = 0x30 + (isBehindLast ? 10 : 9) - digit
      isBehindLast = false
    }
    return "1." + String(decoding: result, as: UTF8.self)
  }
}
