import PreferenceData

/// The characters of a query, read one thing after another.
struct QueryScanner {
  private let bytes: [UInt8]
  private(set) var at = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  var count: Int { bytes.count }
  var isAtEnd: Bool { at == bytes.count }

  func peek(_ ahead: Int = 0) -> UInt8? {
    at + ahead < bytes.count ? bytes[at + ahead] : nil
  }

  static func isBlank(_ byte: UInt8?) -> Bool {
    byte == 0x20 || byte.map { (0x09...0x0D).contains($0) } == true
  }

  static func isDigit(_ byte: UInt8?) -> Bool { byte.map { (0x30...0x39).contains($0) } == true }

  static func isLetter(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
      || byte >= 0x80
  }

  /// Goes over blanks; whether there were any.
  @discardableResult
  mutating func skipBlanks() -> Bool {
    let start = at
    while Self.isBlank(peek()) { at += 1 }
    return at > start
  }

  /// Goes over `text` if it stands here.
  mutating func take(_ text: String) -> Bool {
    let wanted = Array(text.utf8)
    guard bytes[at...].starts(with: wanted) else { return false }
    at += wanted.count
    return true
  }

  mutating func move(to offset: Int) { at = offset }

  private func text(from start: Int) -> String {
    String(decoding: bytes[start..<at], as: UTF8.self)
  }

  /// A name: letters, digits, `_`, and dots inside.
  mutating func name() -> String {
    let start = at
    while Self.isLetter(peek()) || Self.isDigit(peek())
      || (peek() == UInt8(ascii: ".") && at > start)
    {
      at += 1
    }
    return text(from: start)
  }

  /// A word as texts have it: a name that may have hyphens and apostrophes inside.
  mutating func word() -> String {
    let start = at
    while Self.isLetter(peek()) || Self.isDigit(peek())
      || (at > start && peek().map { "-'.".utf8.contains($0) } == true)
    {
      at += 1
    }
    return text(from: start)
  }

  /// A value behind a colon: all up to a blank, comma or parenthesis.
  mutating func value() -> String {
    let start = at
    while let byte = peek(), !Self.isBlank(byte), !",()\"".utf8.contains(byte) { at += 1 }
    return text(from: start)
  }

  /// A number without a sign that is finite, or nil, and then nothing is taken.
  mutating func number() -> Double? {
    let start = at
    while Self.isDigit(peek()) { at += 1 }
    if peek() == UInt8(ascii: "."), Self.isDigit(peek(1)) || at > start {
      at += 1
      while Self.isDigit(peek()) { at += 1 }
    }
    if at > start, peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
      let isSigned = peek(1) == UInt8(ascii: "-") || peek(1) == UInt8(ascii: "+")
      if Self.isDigit(peek(isSigned ? 2 : 1)) {
        at += isSigned ? 2 : 1
        while Self.isDigit(peek()) { at += 1 }
      }
    }
    let digits = text(from: start)
    let number = Double(digits.hasPrefix(".") ? "0" + digits : digits)
    guard let number, number.isFinite else {
      at = start
      return nil
    }
    return number
  }

  /// A day as `2026-11-22`, in milliseconds since 1970; nil, and nothing is taken, where none stands
  /// here.
  mutating func day() -> Int64? {
    guard at + 10 <= bytes.count, Self.isDigit(peek()) else { return nil }
    let text = String(decoding: bytes[at..<at + 10], as: UTF8.self)
    guard let day = ISO8601.milliseconds(text + "T00:00:00Z"), !Self.isDigit(peek(10)) else {
      return nil
    }
    at += 10
    return day
  }

  /// The text between quotation marks, with `\"` and `\\` for what they stand for.
  mutating func quoted() throws(QueryError) -> String {
    let start = at
    at += 1
    var text: [UInt8] = []
    while let byte = peek(), byte != UInt8(ascii: "\"") {
      let isEscape =
        byte == UInt8(ascii: "\\")
        && (peek(1) == UInt8(ascii: "\"") || peek(1) == UInt8(ascii: "\\"))
      if isEscape { at += 1 }
      text.append(bytes[at])
      at += 1
    }
    guard !isAtEnd else { throw QueryError(offset: start, reason: .expected(.closingQuote)) }
    at += 1
    return String(decoding: text, as: UTF8.self)
  }

  /// The regular expression between slashes, with `\/` for a slash; and for each of its bytes, where it
  /// stands in the query.
  mutating func pattern() throws(QueryError) -> (text: String, places: [Int]) {
    let start = at
    at += 1
    var text: [UInt8] = []
    var places: [Int] = []
    func isSlash(_ byte: UInt8?) -> Bool { byte == UInt8(ascii: "/") }
    while let byte = peek(), !isSlash(byte) {
      let isEscape = byte == UInt8(ascii: "\\")
      if isEscape, isSlash(peek(1)) { at += 1 }
      let length = isEscape && !isSlash(peek()) && peek(1) != nil ? 2 : 1
      for _ in 0..<length {
        places.append(at)
        text.append(bytes[at])
        at += 1
      }
    }
    guard !isAtEnd else { throw QueryError(offset: start, reason: .expected(.closingSlash)) }
    places.append(at)
    at += 1
    return (String(decoding: text, as: UTF8.self), places)
  }
}
