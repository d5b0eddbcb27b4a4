import PreferenceData

extension Query: CustomStringConvertible {
  /// The query as a person could have written it.
  public var description: String {
    var parts = condition.map { [$0.description] } ?? []
    if !order.isEmpty {
      parts.append(
        "sort:" + order.map { ($0.isFalling ? "-" : "") + $0.number.name }.joined(separator: ","))
    }
    return parts.joined(separator: " ")
  }

  static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}

extension Query.Condition: CustomStringConvertible {
  public var description: String {
    switch self {
    case .all(let parts): parts.map { $0.textInside }.joined(separator: " ")
    case .any(let parts): parts.map(\.description).joined(separator: " OR ")
    case .not(let part): "-(\(part))"
    case .comparison(let left, let comparison, let right): "\(left)\(comparison.rawValue)\(right)"
    case .equals(let number, let values):
      "\(number.name):"
        + values.map { Query.Expression.number($0).description }
        .joined(separator: ",")
    case .property(let property, let values): "\(property.rawValue):\(Self.list(values))"
    case .column(let path, let values): "col.\(path):\(Self.list(values))"
    case .contains(let text, let words): "\(text.rawValue):\(Query.quoted(words))"
    case .matches(let text, let pattern, let ignoresCase):
      "\(text.rawValue)~/\(Self.escaped(pattern))/\(ignoresCase ? "i" : "")"
    }
  }

  private var textInside: String {
    if case .any = self { "(\(self))" } else { description }
  }

  private static func list(_ values: [String]) -> String {
    values.map(Query.quoted).joined(separator: ",")
  }

  /// The pattern with its slashes escaped; what a backslash escapes stays as it is.
  private static func escaped(_ pattern: String) -> String {
    var text = ""
    var isEscaped = false
    for scalar in pattern.unicodeScalars {
      if scalar == "/", !isEscaped { text.unicodeScalars.append("\\") }
      text.unicodeScalars.append(scalar)
      isEscaped = scalar == "\\" && !isEscaped
    }
    return text
  }
}

extension Query.Expression: CustomStringConvertible {
  public var description: String {
    switch self {
    case .number(let value):
      let text = "\(value)"
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    case .day(let milliseconds):
      return String(ISO8601.text(millisecondsSince1970: milliseconds).prefix(10))
    case .field(let number): return number.name
    case .measure(let measure, let text): return "\(measure.rawValue)(\(text.rawValue))"
    case .operation(let left, let operation, let right):
      return "\(left)\(operation.rawValue)\(right)"
    }
  }
}
