/// The values that a field, or several alike, have in a sample of rows.
struct ColumnSurvey {
  /// Different values as text, in order of appearance; at most 64.
  private(set) var values: [(text: String, firstRow: Int, count: Int)] = []
  private(set) var areManyDifferent = false
  private(set) var presentCount = 0
  /// Values that are no scalars.
  private(set) var otherCount = 0
  private(set) var numbers: [Double] = []

  private static let limit = 64

  init(_ fields: [FieldPath], in roots: [(row: Int, root: JSONView)]) {
    for (row, root) in roots {
      for field in fields {
        guard let value = root[path: field], !value.isNull else { continue }
        note(value, row)
      }
    }
  }

  private mutating func note(_ value: JSONView, _ row: Int) {
    guard var text = value.scalarText else {
      otherCount += 1
      return
    }
    guard !text.isEmpty else { return }
    presentCount += 1
    if let number = value.numberOrSpelled { numbers.append(number) }
    if text.hasSuffix(".0"), Int(text.dropLast(2)) != nil { text.removeLast(2) }
    if let place = values.firstIndex(where: { $0.text == text }) {
      values[place].count += 1
    } else if values.count < Self.limit {
      values.append((text, row, 1))
    } else {
      areManyDifferent = true
    }
  }

  /// Whether nearly all values are numbers.
  var isNumeric: Bool { presentCount > 0 && Double(numbers.count) >= 0.95 * Double(presentCount) }

  /// The share of the values that are one of `texts`.
  func share(of texts: [String]) -> Double {
    guard presentCount > 0, !areManyDifferent else { return 0 }
    let fitting = values.reduce(0) { texts.contains($1.text) ? $0 + $1.count : $0 }
    return Double(fitting) / Double(presentCount)
  }

  func contains(_ text: String) -> Bool { values.contains { $0.text == text } }

  /// Up to three rows with values as different as there are.
  var examples: [LabelAmbiguity.Example] {
    values.prefix(3).map { LabelAmbiguity.Example(row: $0.firstRow, value: $0.text) }
  }
}
