/// Why a text is no JSON, and where.
public struct JSONSyntaxError: Error, Hashable, Sendable {
  /// The byte, from 0, at which reading failed.
  public var offset: Int
  /// What stood there instead; nil where the text ends too early.
  public var found: String?

  public init(offset: Int, found: String?) {
    self.offset = offset
    self.found = found
  }
}

extension JSONDocument {
  /// How deep containers may nest. Preference data is flat; hostile data is not.
  public static let depthLimit = 256

  /// Reads `bytes` as JSON that people really have.
  ///
  /// Takes all of RFC 8259 and, beyond it: lone surrogates and invalid UTF-8 (U+FFFD in the decoded
  /// text), control characters inside strings, `NaN`, `Infinity` and `-Infinity`. Spans always point
  /// at the bytes as they are.
  ///
  /// - Parameters:
  ///   - bytes: One JSON text with blanks around it.
  ///   - carryingHalves: Whether the decoded text holds a lone surrogate as its carrier, from which
  ///     it can be spelled again (`SurrogateHalf`), and not as U+FFFD.
  /// - Throws: Where and why the text is no JSON, even so.
  /// - Complexity: O(bytes).
  public init(
    lenient bytes: Span<UInt8>, carryingHalves: Bool = false
  ) throws(JSONSyntaxError) {
    var reader = LenientReader(carriesHalves: carryingHalves)
    try reader.readText(bytes)
    self.init(nodes: reader.nodes, texts: reader.texts)
  }
}

/// Reads one JSON text by recursive descent.
private struct LenientReader {
  let carriesHalves: Bool
  private(set) var nodes: [JSONDocument.Node] = []
  private(set) var texts: [UInt8] = []
  private var at = 0

  init(carriesHalves: Bool) { self.carriesHalves = carriesHalves }

  mutating func readText(_ bytes: Span<UInt8>) throws(JSONSyntaxError) {
    skipBlanks(bytes)
    try readValue(bytes, key: 0..<0, depthLeft: JSONDocument.depthLimit)
    skipBlanks(bytes)
    guard at == bytes.count else { throw failure("something behind the value") }
  }

  private mutating func readValue(
    _ bytes: Span<UInt8>, key: Range<Int>, depthLeft: Int
  ) throws(JSONSyntaxError) {
    let start = at
    let index = nodes.count
    nodes.append(.init(kind: .null, span: 0..<0, text: 0..<0, key: key, next: 0))
    var text = texts.count..<texts.count
    let kind: JSONDocument.Kind
    switch try peek(bytes) {
    case UInt8(ascii: "{"):
      kind = .object
      try readContainer(bytes, closing: UInt8(ascii: "}"), depthLeft: depthLeft)
    case UInt8(ascii: "["):
      kind = .array
      try readContainer(bytes, closing: UInt8(ascii: "]"), depthLeft: depthLeft)
    case UInt8(ascii: "\""):
      kind = .string
      text = try readString(bytes)
    case UInt8(ascii: "t"):
      kind = .true
      try readWord("true", bytes)
    case UInt8(ascii: "f"):
      kind = .false
      try readWord("false", bytes)
    case UInt8(ascii: "n"):
      kind = .null
      try readWord("null", bytes)
    default:
      kind = .number
      try readNumber(bytes)
      for offset in start..<at { texts.append(bytes[offset]) }
      text = text.lowerBound..<texts.count
    }
    nodes[index] = .init(kind: kind, span: start..<at, text: text, key: key, next: nodes.count)
  }

  /// Reads the object or array that begins here.
  private mutating func readContainer(
    _ bytes: Span<UInt8>, closing: UInt8, depthLeft: Int
  ) throws(JSONSyntaxError) {
    guard depthLeft > 0 else { throw failure("more than \(JSONDocument.depthLimit) levels") }
    at += 1
    skipBlanks(bytes)
    guard try peek(bytes) != closing else {
      at += 1
      return
    }
    while true {
      var key = 0..<0
      if closing == UInt8(ascii: "}") {
        guard try peek(bytes) == UInt8(ascii: "\"") else { throw failure("no key") }
        key = try readString(bytes)
        skipBlanks(bytes)
        guard try peek(bytes) == UInt8(ascii: ":") else { throw failure("no ':' behind a key") }
        at += 1
        skipBlanks(bytes)
      }
      try readValue(bytes, key: key, depthLeft: depthLeft - 1)
      skipBlanks(bytes)
      let behind = try peek(bytes)
      guard behind == UInt8(ascii: ",") || behind == closing else {
        throw failure("no ',' or bracket behind a value")
      }
      at += 1
      guard behind != closing else { return }
      skipBlanks(bytes)
    }
  }

  /// Reads the string that begins here; where its decoded text stands.
  private mutating func readString(_ bytes: Span<UInt8>) throws(JSONSyntaxError) -> Range<Int> {
    at += 1
    var decoded: [UInt8] = []
    while true {
      let byte = try peek(bytes)
      switch byte {
      case UInt8(ascii: "\""):
        at += 1
        let start = texts.count
        texts.append(contentsOf: String(decoding: decoded, as: UTF8.self).utf8)
        return start..<texts.count
      case UInt8(ascii: "\\"):
        decoded.append(contentsOf: String(try readEscape(bytes)).utf8)
      default:
        decoded.append(byte)
        at += 1
      }
    }
  }

  private mutating func readEscape(
    _ bytes: Span<UInt8>
  ) throws(JSONSyntaxError) -> Unicode.Scalar {
    at += 1
    let letter = try peek(bytes)
    let simple: Unicode.Scalar
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): simple = Unicode.Scalar(letter)
    case UInt8(ascii: "b"): simple = "\u{8}"
    case UInt8(ascii: "f"): simple = "\u{C}"
    case UInt8(ascii: "n"): simple = "\n"
    case UInt8(ascii: "r"): simple = "\r"
    case UInt8(ascii: "t"): simple = "\t"
    case UInt8(ascii: "u"):
      at += 1
      return try readUnits(bytes)
    default: throw failure("an unknown escape")
    }
    at += 1
    return simple
  }

  /// Reads the digits of a `\u` escape, and of a second one where both make one scalar.
  private mutating func readUnits(_ bytes: Span<UInt8>) throws(JSONSyntaxError) -> Unicode.Scalar {
    let first = try readUnit(bytes)
    let replacement = carriesHalves ? SurrogateHalf.carrier(of: first) : "\u{FFFD}"
    guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) ?? replacement }
    guard at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u")
    else { return replacement }
    let afterFirst = at
    at += 2
    let second = try readUnit(bytes)
    guard (0xDC00..<0xE000).contains(second) else {
      at = afterFirst
      return replacement
    }
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? replacement
  }

  private mutating func readUnit(_ bytes: Span<UInt8>) throws(JSONSyntaxError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      let byte = try peek(bytes)
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw failure("a \\u escape without four digits")
      }
      value = value << 4 | UInt32(digit)
      at += 1
    }
    return value
  }

  private mutating func readNumber(_ bytes: Span<UInt8>) throws(JSONSyntaxError) {
    if try peek(bytes) == UInt8(ascii: "-") { at += 1 }
    switch try peek(bytes) {
    case UInt8(ascii: "I"): return try readWord("Infinity", bytes)
    case UInt8(ascii: "N"): return try readWord("NaN", bytes)
    case UInt8(ascii: "0"): at += 1
    default: try readDigits(bytes)
    }
    if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
      at += 1
      try readDigits(bytes)
    }
    if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      let sign = try peek(bytes)
      if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { at += 1 }
      try readDigits(bytes)
    }
  }

  private mutating func readDigits(_ bytes: Span<UInt8>) throws(JSONSyntaxError) {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard digits.contains(try peek(bytes)) else { throw failure("no value") }
    while at < bytes.count, digits.contains(bytes[at]) { at += 1 }
  }

  private mutating func readWord(
    _ word: StaticString, _ bytes: Span<UInt8>
  ) throws(JSONSyntaxError) {
    for byte in word.description.utf8 {
      guard try peek(bytes) == byte else { throw failure("an unknown word") }
      at += 1
    }
  }

  private mutating func skipBlanks(_ bytes: Span<UInt8>) {
    while at < bytes.count, bytes[at].isJSONBlank { at += 1 }
  }

  private func peek(_ bytes: Span<UInt8>) throws(JSONSyntaxError) -> UInt8 {
    guard at < bytes.count else { throw JSONSyntaxError(offset: at, found: nil) }
    return bytes[at]
  }

  private func failure(_ found: String) -> JSONSyntaxError {
    JSONSyntaxError(offset: at, found: found)
  }
}

extension UInt8 {
  /// Space, tab, line feed or carriage return: what JSON allows between tokens.
  package var isJSONBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}
