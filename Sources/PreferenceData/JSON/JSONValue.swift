/// A JSON value to be written: objects keep the order of their members.
///
/// Text from a data set may pass through a terminal on its way: control characters, bidirectional
/// overrides and line separators are always escaped, so that what is written is safe to look at
/// and reads back as the same text.
public enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  /// A number by its digits, as a file spells it.
  case numeral(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  public struct Member: Hashable, Sendable {
    public var key: String
    public var value: JSONValue

    public init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// The value on one line, without blanks. Numbers that JSON cannot write become `null`.
  public var text: String { text(restoringHalves: false) }

  /// The same; with `restoringHalves`, carriers of lone surrogates are spelled as what they carry.
  func text(restoringHalves: Bool) -> String {
    var output = ""
    append(to: &output, Style(indent: nil, restoresHalves: restoringHalves))
    return output
  }

  /// The value over several lines, indented by two blanks a level.
  public var prettyText: String {
    var output = ""
    append(to: &output, Style(indent: 0, restoresHalves: false))
    return output
  }

  private struct Style {
    /// How deep the value stands; nil on one line.
    var indent: Int?
    var restoresHalves: Bool
  }

  private func append(to output: inout String, _ style: Style) {
    switch self {
    case .null: output += "null"
    case .bool(let value): output += value ? "true" : "false"
    case .integer(let value): output += String(value)
    case .number(let value): output += value.isFinite ? Self.spelling(of: value) : "null"
    case .numeral(let digits): output += digits
    case .string(let value): Self.append(value, to: &output, style)
    case .array(let values):
      Self.append(values, between: ("[", "]"), to: &output, style) { value, output, style in
        value.append(to: &output, style)
      }
    case .object(let members):
      Self.append(members, between: ("{", "}"), to: &output, style) { member, output, style in
        Self.append(member.key, to: &output, style)
        output += style.indent == nil ? ":" : ": "
        member.value.append(to: &output, style)
      }
    }
  }

  private static func append<Element>(
    _ elements: [Element], between brackets: (String, String), to output: inout String,
    _ style: Style, _ write: (Element, inout String, Style) -> Void
  ) {
    output += brackets.0
    var inner = style
    inner.indent = style.indent.map { $0 + 1 }
    for (position, element) in elements.enumerated() {
      if position > 0 { output += "," }
      if let indent = inner.indent { output += "\n" + String(repeating: "  ", count: indent) }
      write(element, &output, inner)
    }
    if let indent = style.indent, !elements.isEmpty {
      output += "\n" + String(repeating: "  ", count: indent)
    }
    output += brackets.1
  }

  private static func spelling(of number: Double) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func append(_ text: String, to output: inout String, _ style: Style) {
    output += "\""
    // Most text needs no escape: it goes over as it is.
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) && $0 != 0x22 && $0 != 0x5C }) {
      output += text
    } else {
      for scalar in text.unicodeScalars { append(scalar, to: &output, style) }
    }
    output += "\""
  }

  private static func append(
    _ scalar: Unicode.Scalar, to output: inout String, _ style: Style
  ) {
    switch scalar {
    case "\"": output += "\\\""
    case "\\": output += "\\\\"
    case "\n": output += "\\n"
    case "\r": output += "\\r"
    case "\t": output += "\\t"
    default:
      if style.restoresHalves, let unit = SurrogateHalf.unit(of: scalar) {
        escape(unit, to: &output)
      } else if scalar.mustBeEscaped {
        for unit in String(scalar).utf16 { escape(unit, to: &output) }
      } else {
        output.unicodeScalars.append(scalar)
      }
    }
  }

  private static func escape(_ unit: UInt16, to output: inout String) {
    let digits = String(unit, radix: 16)
    output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}

extension Unicode.Scalar {
  fileprivate var mustBeEscaped: Bool {
    guard value >= 0x7F else { return value < 0x20 }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return true
    default: return false
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(nilLiteral: ()) { self = .null }
}

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral {
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }

  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

  /// The value of `optional`, or `null`.
  public init<Value>(_ optional: Value?, _ make: (Value) -> JSONValue) {
    self = optional.map(make) ?? .null
  }
}
