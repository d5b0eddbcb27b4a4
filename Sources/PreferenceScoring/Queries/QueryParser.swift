import PreferenceData

extension Query {
  /// The query that `text` spells.
  ///
  /// - Parameters:
  ///   - text: What a person wrote; empty asks for all rows.
  ///   - isBlind: Whether to refuse what would show which side of a row is the chosen one.
  /// - Throws: The first thing that is wrong, with its place.
  public init(_ text: String, isBlind: Bool = false) throws(QueryError) {
    var parser = QueryParser(text, isBlind: isBlind)
    self = try parser.query()
  }
}

/// Reads a query by recursive descent. Names are looked up as they are read, so that an error stands at
/// its name.
struct QueryParser {
  private var scanner: QueryScanner
  private let isBlind: Bool
  private var depth = 0

  private static let lengthLimit = 4_096
  private static let depthLimit = 100

  init(_ text: String, isBlind: Bool) {
    scanner = QueryScanner(text)
    self.isBlind = isBlind
  }

  mutating func query() throws(QueryError) -> Query {
    guard scanner.count <= Self.lengthLimit else {
      throw error(.tooLong(limit: Self.lengthLimit), at: Self.lengthLimit)
    }
    var query = Query()
    scanner.skipBlanks()
    if !scanner.isAtEnd, !isAtSort { query.condition = try alternatives() }
    scanner.skipBlanks()
    while isAtSort {
      _ = scanner.take("sort:")
      repeat {
        query.order.append(try sortKey())
      } while scanner.take(",")
      scanner.skipBlanks()
    }
    guard scanner.isAtEnd else { throw expected(.end) }
    return query
  }

  // MARK: Terms

  private mutating func alternatives() throws(QueryError) -> Query.Condition {
    var parts: [Query.Condition] = []
    repeat {
      let part = try terms()
      if case .any(let inner) = part { parts += inner } else { parts.append(part) }
    } while takeOr()
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func terms() throws(QueryError) -> Query.Condition {
    var parts: [Query.Condition] = []
    repeat {
      let part = try term()
      if case .all(let inner) = part { parts += inner } else { parts.append(part) }
      scanner.skipBlanks()
    } while !scanner.isAtEnd && scanner.peek() != UInt8(ascii: ")") && !isAtOr && !isAtSort
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func term() throws(QueryError) -> Query.Condition {
    scanner.skipBlanks()
    // A minus right before a digit is that number's sign.
    let isNumber =
      QueryScanner.isDigit(scanner.peek(1))
      || (scanner.peek(1) == UInt8(ascii: ".") && QueryScanner.isDigit(scanner.peek(2)))
    if scanner.peek() == UInt8(ascii: "-"), !isNumber {
      scanner.move(to: scanner.at + 1)
      return .not(try primary())
    }
    return try primary()
  }

  private mutating func primary() throws(QueryError) -> Query.Condition {
    switch scanner.peek() {
    case UInt8(ascii: "("):
      let start = scanner.at
      guard depth < Self.depthLimit else {
        throw error(.tooDeep(limit: Self.depthLimit), at: start)
      }
      depth += 1
      scanner.move(to: start + 1)
      let inner = try alternatives()
      scanner.skipBlanks()
      guard scanner.take(")") else { throw expected(.closingParenthesis) }
      depth -= 1
      return inner
    case UInt8(ascii: "\""): return .contains(.any, try text())
    case let byte where QueryScanner.isLetter(byte): return try namedTerm()
    case let byte
    where QueryScanner.isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-"):
      return try comparison()
    default: throw expected(.term)
    }
  }

  /// A term that begins with a name, or a word to be looked for.
  private mutating func namedTerm() throws(QueryError) -> Query.Condition {
    let start = scanner.at
    let name = scanner.name()
    let next = scanner.peek()
    if Query.Measure(rawValue: name) != nil, next == UInt8(ascii: "(") {
      scanner.move(to: start)
      return try comparison()
    }
    if let text = Query.TextName(rawValue: name) { return try textTerm(text, start) }
    if let property = Query.Property(rawValue: name) { return try propertyTerm(property, start) }
    if let number = Query.number(named: name) {
      guard next == UInt8(ascii: ":") else {
        scanner.move(to: start)
        return try comparison()
      }
      return try listTerm(number, name, start)
    }
    scanner.move(to: start)
    let word = scanner.word()
    let hasBlank = scanner.skipBlanks()
    let behind = scanner.peek()
    let isField = behind.map { (hasBlank ? "<>=!" : ":~<>=!*+/(").utf8.contains($0) } ?? false
    if Query.Measure(rawValue: name) != nil, isField {
      throw error(.expected(.measuredText(of: name)), at: start + name.utf8.count)
    }
    guard !isField else {
      throw error(
        .unknownField(name, nearest: Suggestion.nearest(to: name, among: Query.fieldNames)),
        at: start)
    }
    return .contains(.any, word)
  }

  private mutating func textTerm(
    _ name: Query.TextName, _ start: Int
  ) throws(QueryError) -> Query.Condition {
    try refuse(name.rawValue, if: name.tellsLabel, at: start)
    if scanner.take(":") { return .contains(name, try text()) }
    guard scanner.take("~") else { throw expected(.colonOrTilde(text: name.rawValue)) }
    guard scanner.peek() == UInt8(ascii: "/") else { return .contains(name, try text()) }
    let (pattern, places) = try scanner.pattern()
    let ignoresCase = scanner.take("i")
    do {
      _ = try RegularExpression(pattern, ignoresCase: ignoresCase)
    } catch {
      throw QueryError(offset: places[error.offset], reason: .badPattern(error.message))
    }
    return .matches(name, pattern: pattern, ignoresCase: ignoresCase)
  }

  /// A quoted text or a bare word, which are not empty.
  private mutating func text() throws(QueryError) -> String {
    let start = scanner.at
    let text = scanner.peek() == UInt8(ascii: "\"") ? try scanner.quoted() : scanner.word()
    guard !text.isEmpty else { throw error(.expected(.text), at: start) }
    return text
  }

  private mutating func propertyTerm(
    _ property: Query.Property, _ start: Int
  ) throws(QueryError) -> Query.Condition {
    guard scanner.take(":") else {
      let isCompared = scanner.peek().map { "<>=!*+/".utf8.contains($0) } ?? false
      throw isCompared
        ? error(.noNumber(field: property.rawValue), at: scanner.at)
        : expected(.colon(field: property.rawValue))
    }
    var values: [String] = []
    repeat {
      let place = scanner.at
      let value = try self.value()
      try refuse("\(property.rawValue):\(value)", if: property.tellsLabel(value: value), at: place)
      if let known = property.values, !known.contains(value) {
        throw error(
          .unknownValue(
            value, field: property.rawValue,
            // Of one letter or two, every other one is near.
            nearest: value.count > 2 ? Suggestion.nearest(to: value, among: known) : nil),
          at: place)
      }
      if property == .criterion, AskedCriterion(value) == nil {
        let answers = AskedCriterion.Answer.allCases.map(\.rawValue)
        let answer = String(
          value[value.index(after: value.lastIndex(of: "=") ?? value.startIndex)...])
        throw error(
          .unknownValue(
            answer, field: property.rawValue,
            nearest: Suggestion.nearest(to: answer, among: answers)),
          at: place)
      }
      values.append(value)
    } while scanner.take(",")
    return .property(property, values)
  }

  /// `row:5,7`, or a column of the file with one of a few values.
  private mutating func listTerm(
    _ number: Query.Number, _ name: String, _ start: Int
  ) throws(QueryError) -> Query.Condition {
    try refuse(name, if: number.tellsLabel, at: start)
    guard number != .time else { throw expected(.comparison) }
    _ = scanner.take(":")
    if case .column(let path) = number {
      var values: [String] = []
      repeat { values.append(try value()) } while scanner.take(",")
      return .column(path, values)
    }
    var values: [Double] = []
    repeat {
      let isNegative = scanner.take("-")
      guard let value = scanner.number() else { throw expected(.number) }
      values.append(isNegative ? -value : value)
    } while scanner.take(",")
    return .equals(number, values)
  }

  private mutating func value() throws(QueryError) -> String {
    let start = scanner.at
    let value = scanner.peek() == UInt8(ascii: "\"") ? try scanner.quoted() : scanner.value()
    guard !value.isEmpty else { throw error(.expected(.value), at: start) }
    return value
  }

  // MARK: Numbers

  private mutating func comparison() throws(QueryError) -> Query.Condition {
    let left = try sum()
    scanner.skipBlanks()
    let place = scanner.at
    guard let sign = Query.Comparison.allCases.first(where: { scanner.take($0.rawValue) }) else {
      throw expected(.comparison)
    }
    _ = sign == .equal && scanner.take("=")
    scanner.skipBlanks()
    let right = try sum()
    let isDated = left.isDated || right.isDated
    let isDay = (left == .field(.time) && right.isDay) || (left.isDay && right == .field(.time))
    guard isDated == isDay else { throw error(.dayAndNumber, at: place) }
    return .comparison(left, sign, right)
  }

  private mutating func sum() throws(QueryError) -> Query.Expression {
    var value = try product()
    while let sign = takeSign(["+": .plus, "-": .minus]) {
      value = .operation(value, sign, try product())
    }
    return value
  }

  private mutating func product() throws(QueryError) -> Query.Expression {
    var value = try operand()
    while let sign = takeSign(["*": .times, "/": .over]) {
      value = .operation(value, sign, try operand())
    }
    return value
  }

  private mutating func operand() throws(QueryError) -> Query.Expression {
    scanner.skipBlanks()
    let start = scanner.at
    if let day = scanner.day() { return .day(day) }
    let isNegative = scanner.take("-")
    if let number = scanner.number() { return .number(isNegative ? -number : number) }
    guard !isNegative, QueryScanner.isLetter(scanner.peek()) else {
      throw error(.expected(.number), at: start)
    }
    let name = scanner.name()
    if let measure = Query.Measure(rawValue: name) {
      guard scanner.take("(") else { throw expected(.measuredText(of: name)) }
      let place = scanner.at
      let inner = scanner.name()
      guard let text = Query.TextName(rawValue: inner) else {
        let known = Query.TextName.allCases.map(\.rawValue)
        throw error(
          .unknownText(inner, nearest: Suggestion.nearest(to: inner, among: known)), at: place)
      }
      try refuse(inner, if: text.tellsLabel, at: place)
      guard scanner.take(")") else { throw expected(.closingParenthesis) }
      return .measure(measure, text)
    }
    guard let number = Query.number(named: name) else { throw noNumber(name, at: start) }
    try refuse(name, if: number.tellsLabel, at: start)
    return .field(number)
  }

  private func noNumber(_ name: String, at start: Int) -> QueryError {
    if Query.Property(rawValue: name) != nil || Query.TextName(rawValue: name) != nil {
      return error(.noNumber(field: name), at: start)
    }
    return error(
      .unknownField(name, nearest: Suggestion.nearest(to: name, among: Query.fieldNames)),
      at: start)
  }

  /// An arithmetic sign, with or without blanks around it. A minus with a blank before it and none
  /// behind it denies the term that it begins.
  private mutating func takeSign(
    _ signs: KeyValuePairs<String, Query.Operation>
  ) -> Query.Operation? {
    let start = scanner.at
    let hasBlank = scanner.skipBlanks()
    for (text, operation) in signs where scanner.take(text) {
      if operation == .minus, hasBlank, !QueryScanner.isBlank(scanner.peek()) { break }
      return operation
    }
    scanner.move(to: start)
    return nil
  }

  // MARK: Order

  private mutating func sortKey() throws(QueryError) -> Query.SortKey {
    let isFalling = scanner.take("-")
    let start = scanner.at
    let name = scanner.name()
    guard !name.isEmpty else { throw expected(.field) }
    guard let number = Query.number(named: name) else {
      throw Query.fieldNames.contains(name)
        ? error(.notSortable(field: name), at: start)
        : error(
          .unknownField(name, nearest: Suggestion.nearest(to: name, among: Query.fieldNames)),
          at: start)
    }
    if case .column = number { throw error(.notSortable(field: name), at: start) }
    try refuse(name, if: number.tellsLabel, at: start)
    return Query.SortKey(number, isFalling: isFalling)
  }

  // MARK: Words between terms

  private var isAtSort: Bool {
    var ahead = scanner
    return ahead.take("sort:")
  }

  private var isAtOr: Bool {
    var ahead = scanner
    guard ahead.take("OR") else { return false }
    return !QueryScanner.isLetter(ahead.peek()) && !QueryScanner.isDigit(ahead.peek())
      && ahead.peek().map { !":~<>=!*+/.-'".utf8.contains($0) } ?? true
  }

  private mutating func takeOr() -> Bool {
    scanner.skipBlanks()
    return isAtOr && scanner.take("OR")
  }

  // MARK: Errors

  private func error(_ reason: QueryError.Reason, at offset: Int) -> QueryError {
    QueryError(offset: offset, reason: reason)
  }

  private func expected(_ what: QueryError.Expectation) -> QueryError {
    error(.expected(what), at: scanner.at)
  }

  private func refuse(_ what: String, if tellsLabel: Bool, at offset: Int) throws(QueryError) {
    if isBlind, tellsLabel { throw error(.tellsLabel(what), at: offset) }
  }
}

extension Query.Expression {
  fileprivate var isDay: Bool { if case .day = self { true } else { false } }

  /// Whether a moment stands anywhere in it.
  fileprivate var isDated: Bool {
    switch self {
    case .day: true
    case .field(let number): number == .time
    case .number, .measure: false
    case .operation(let left, _, let right): left.isDated || right.isDated
    }
  }
}
