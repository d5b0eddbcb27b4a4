import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite("Answers to queries")
struct QueryAnswerTests {
  @Test(
    "every row is found that a plain reading of the query finds, whatever the number of threads",
    arguments: 0..<12 as Range<UInt64>)
  func answersAreRight(seed: UInt64) throws {
    let subject = QuerySample.subject(seed: seed)
    var generator = GeneratedQueries(seed: seed + 100)
    for round in 0..<40 {
      let query = try Query(generator.query())
      let plain = PlainReading(subject)
      let expected = plain.positions(query)
      var run = QueryRun(query, of: subject, jobs: 1 + round % 3)
      while !run.advance() { #expect((0...1).contains(run.share)) }
      #expect(run.answer?.positions == expected, "\(query)")
      #expect(run.answer?.givenUpCount == 0)
      #expect(run.share == 1)
    }
  }

  @Test("the ambiguous are the flagged share by uncertainty, the near those that are given")
  func ambiguousAndNear() throws {
    var subject = QuerySample.subject(seed: 2)
    var scan = NoiseScan(
      source: subject.source, settings: ScanSettings(signals: [.uncertainty]), jobs: 1)
    while scan.result == nil { scan.advance() }
    subject.scan = scan.result
    subject.near = ["row:3": [3, 5, 90], "x y": [4]]
    for text in [
      "ambiguous:epistemic", "ambiguous:aleatoric", "ambiguous:epistemic,aleatoric -row:5",
      "near:row:3", "near:\"x y\",row:3 -row:4", "near:row:77", "-near:row:3 row<9",
    ] {
      let query = try Query(text)
      #expect(
        QuerySample.positions(query, subject) == PlainReading(subject).positions(query), "\(query)")
      #expect(try Query("\(query)") == query && !query.tellsLabel && query.needsScan)
    }
    let flagged = Int((0.15 * Double(try #require(subject.scan).scoredCount)).rounded())
    let found = QuerySample.positions(try Query("ambiguous:epistemic"), subject)
    #expect((flagged...flagged + 3).contains(found.count))
    #expect(try Query("ambiguous:epistemic").signals == [.uncertainty])
    #expect(try Query("near:row:3,9f2c OR near:a").anchors == ["row:3", "9f2c", "a"])
    #expect(throws: QueryError.self) { try Query("ambiguous:maybe") }
  }

  @Test("bytes that are looked at first change nothing")
  func bytesFirst() throws {
    let subject = QuerySample.subject(seed: 3)
    var withoutBytes = subject
    withoutBytes.source = QuerySample.Rows(rows: QuerySample.rows(seed: 3), hasBytes: false)
    for text in [
      "river", "über", "\"42 \"", "-stone", "a:\"so)\" OR prompt:\"\\\"q\\\"\"", "think",
    ] {
      let query = try Query(text)
      #expect(QuerySample.positions(query, subject) == QuerySample.positions(query, withoutBytes))
    }
  }

  @Test("an expression that would take for ever is given up, and the row is counted")
  func givenUp() throws {
    let bomb = String(repeating: "a", count: 5_000) + "!b"
    let rows = ["fine aab", bomb, "aaa"].map { text in
      Result<PreferenceRow, RowProblem>.success(
        PreferenceRow(
          context: [Turn(.user, text)],
          sides: ["one", "two"].map { Side(turns: [Turn(.assistant, $0)]) }, label: .prefers(0)))
    }
    let subject = QuerySample.subject(of: rows)
    var run = QueryRun(try Query("prompt~/(a+)+b$/"), of: subject, jobs: 1)
    while !run.advance() {}
    #expect(run.answer?.positions == [0])
    #expect(run.answer?.givenUpCount == 1)
  }

  @Test("rows without the number that orders come last, equals stay in file order")
  func order() throws {
    let subject = QuerySample.subject(seed: 1)
    let positions = QuerySample.positions(try Query("sort:-susp"), subject)
    let suspicion = positions.map { subject.scan?.suspicion[$0] }
    let scored = suspicion.prefix { $0 != nil }.compactMap { $0 ?? nil }
    #expect(scored == scored.sorted(by: >))
    #expect(suspicion.dropFirst(scored.count).allSatisfy { $0 == .some(nil) })
    #expect(positions.sorted() == Array(0..<subject.source.rowCount))
  }

  @Test("a letter and its small one are the same, in any script; ASCII stays ASCII")
  func letterCase() {
    for (needle, text, isFound) in [
      ("STRASSE", "die strasse", true), ("über", "ÜBER", true), ("Київ", "київ", true),
      ("k", "\u{212A}", false), ("i", "\u{130}", false), ("", "x", false), ("x", "", false),
      ("ab", "aab", true), ("aab", "aaab", true), ("abcab", "abcabdabcab", true), ("z", "y", false),
    ] {
      #expect(LiteralPattern(needle).isFound(in: text) == isFound, "\(needle) in \(text)")
    }
  }
}

/// Rows, a scan and a review to ask.
enum QuerySample {
  struct Rows: QuerySource {
    let rows: [Result<PreferenceRow, RowProblem>]
    var hasBytes = true

    var rowCount: Int { rows.count }
    var rewards: [ExternalReward] { [] }
    func row(at index: Int) -> Result<PreferenceRow, RowProblem> { rows[index] }

    func readBytes(of rows: ArraySlice<Int>, _ body: (Int, Span<UInt8>) -> Void) -> Bool {
      guard hasBytes else { return false }
      for position in rows {
        var texts = ""
        if case .success(let row) = self.rows[position] {
          texts =
            JSONValue.string(
              (row.context.map(\.text) + row.sides.map(\.text)).joined(separator: "\n")
            ).text
        }
        body(position, Array(texts.utf8).span)
      }
      return true
    }

    func columnText(_ path: FieldPath, ofRow row: Int) -> String? { nil }
  }

  static let annotator = AnnotatorName("kim") ?? { preconditionFailure("kim is a name") }()

  static func rows(seed: UInt64) -> [Result<PreferenceRow, RowProblem>] {
    var generated = GeneratedPairs(seed: seed)
    var generator = SeededGenerator(seed: seed)
    var rows: [Result<PreferenceRow, RowProblem>] = generated.rows(180).map { row in
      var row = row
      row.group = [nil, "web", "Web", "mail"][generator.below(4)]
      row.annotator = [nil, "w 1", "w2"][generator.below(3)]
      return .success(row)
    }
    for position in 0..<12 { rows.append(rows[position * 3]) }
    rows[7] = .failure(RowProblem(row: 7, line: 8, reason: .notAnObject))
    return rows
  }

  static func subject(seed: UInt64) -> QuerySubject {
    let rows = rows(seed: seed)
    var subject = subject(of: rows)
    var scan = NoiseScan(
      source: subject.source, settings: ScanSettings(signals: [.peerReview, .influence]), jobs: 1)
    while scan.result == nil { scan.advance() }
    subject.scan = scan.result
    var generator = SeededGenerator(seed: seed &+ 9)
    var events: [ReviewEvent] = []
    for (position, id) in subject.index.ids.enumerated() {
      guard let id, generator.below(3) == 0, case .success(let row) = rows[position] else {
        continue
      }
      let verdicts: [Verdict] = [
        .prefers(row.sides[0].id), .prefers(row.sides[1].id), .tie, .bothBad, .drop, .skip,
      ]
      var decision = Decision(
        verdicts[generator.below(6)], strength: [nil, 1, 2][generator.below(3)])
      if generator.below(2) == 0 { decision.tags = ["good"] }
      if generator.below(2) == 0 { decision.note = "not sure" }
      decision.reason = [nil, nil, "slip", "taste"][generator.below(4)]
      if generator.below(2) == 0 {
        decision.ratings = [
          CriterionRating(
            "helpful", side: [nil, row.sides[0].id, row.sides[1].id][generator.below(3)])
        ]
      }
      let names = generator.below(3) == 0 ? ["kim", "lee"] : ["kim"]
      for name in names {
        if name == "lee" { decision.verdict = verdicts[generator.below(6)] }
        events.append(
          ReviewEvent(
            sequence: Int64(events.count + 1), millisecondsSince1970: Int64(position) * 1_000,
            annotator: AnnotatorName(name) ?? annotator,
            content: .decided([
              RowDecision(
                row: id, decision: decision,
                serving: Serving(route: .queue, seconds: Double(generator.below(90))))
            ])))
      }
    }
    subject.ledger = ReviewLedger(events: events)
    subject.marked = [1, 5, 8]
    return subject
  }

  static func subject(of rows: [Result<PreferenceRow, RowProblem>]) -> QuerySubject {
    var index = RowIndex()
    for row in rows { index.append(row) }
    return QuerySubject(
      source: Rows(rows: rows), index: index, scan: nil, ledger: ReviewLedger(),
      annotator: annotator, seed: 5)
  }

  static func positions(_ query: Query, _ subject: QuerySubject) -> [Int] {
    var run = QueryRun(query, of: subject, jobs: 1)
    while !run.advance() {}
    return run.answer?.positions ?? []
  }
}

/// Queries answered row by row, text by text, by the words of the language alone: slow, and without any
/// of the ways in which the real answer is quick.
struct PlainReading {
  let subject: QuerySubject

  init(_ subject: QuerySubject) { self.subject = subject }

  func positions(_ query: Query) -> [Int] {
    var rows = (0..<subject.source.rowCount).filter { row in
      query.condition.map { holds($0, row) } ?? true
    }
    rows.sort { left, right in
      for key in query.order {
        let (one, two) = (number(key.number, left), number(key.number, right))
        guard let one else {
          if two == nil { continue }
          return false
        }
        guard let two else { return true }
        if one != two { return (one < two) != key.isFalling }
      }
      return left < right
    }
    return rows
  }

  private func row(_ position: Int) -> PreferenceRow? {
    if case .success(let row) = subject.source.row(at: position) { row } else { nil }
  }

  private func standing(_ position: Int) -> ReviewLedger.Standing? {
    subject.index.ids[position].flatMap {
      subject.ledger.standing(on: $0, by: subject.annotator)
    }
  }

  private func holds(_ condition: Query.Condition, _ position: Int) -> Bool {
    switch condition {
    case .all(let parts): return !parts.contains { !holds($0, position) }
    case .any(let parts): return parts.contains { holds($0, position) }
    case .not(let part): return !holds(part, position)
    case .comparison(let left, let comparison, let right):
      guard let left = value(left, position), let right = value(right, position) else {
        return false
      }
      switch comparison {
      case .above: return left > right
      case .below: return left < right
      case .atLeast: return left >= right
      case .atMost: return left <= right
      case .equal: return left == right
      case .unequal: return left != right
      }
    case .equals(let field, let values):
      return number(field, position).map { values.contains($0) } ?? false
    case .property(let property, let values):
      return values.contains { has(property, $0, position) }
    case .column: return false
    case .contains(let name, let words):
      return texts(name, position).contains { $0.lowercased().contains(words.lowercased()) }
    case .matches(let name, let pattern, let ignoresCase):
      guard let expression = try? Regex(pattern).ignoresCase(ignoresCase) else { return false }
      return texts(name, position).contains { $0.firstMatch(of: expression) != nil }
    }
  }

  private func sides(_ position: Int) -> [Side] {
    guard let row = row(position), let id = subject.index.ids[position] else { return [] }
    return SideOrder.positions(
      of: row.sides.map(\.id), in: id.pair, seed: subject.seed, annotator: subject.annotator
    ).map { row.sides[$0] }
  }

  private func texts(_ name: Query.TextName, _ position: Int) -> [String] {
    guard let row = row(position) else { return [] }
    switch name {
    case .a: return sides(position).prefix(1).map(\.text)
    case .b: return sides(position).dropFirst().prefix(1).map(\.text)
    case .chosen: return row.label.preferred.map { [row.sides[$0].text] } ?? []
    case .rejected: return row.label.preferred.map { [row.sides[1 - $0].text] } ?? []
    case .prompt: return row.context.map(\.text)
    case .any: return row.context.map(\.text) + row.sides.map(\.text)
    case .note: return standing(position).map { [$0.decision.note] } ?? [""]
    }
  }

  private func value(_ expression: Query.Expression, _ position: Int) -> Double? {
    switch expression {
    case .number(let value): return value
    case .day(let moment): return Double(moment)
    case .field(let field): return number(field, position)
    case .measure(let measure, let name):
      let texts = texts(name, position)
      guard !texts.isEmpty, name != .note || standing(position) != nil else { return nil }
      let counts = texts.map { text -> Int in
        switch measure {
        case .words: text.split { " \t\n\u{B}\u{C}\r\r\n".contains($0) }.count
        case .chars: text.unicodeScalars.count
        case .lines:
          text.isEmpty ? 0 : text.split(separator: "\n", omittingEmptySubsequences: false).count
        }
      }
      return Double(counts.reduce(0, +))
    case .operation(let left, let operation, let right):
      guard let left = value(left, position), let right = value(right, position) else { return nil }
      let result =
        switch operation {
        case .plus: left + right
        case .minus: left - right
        case .times: left * right
        case .over: left / right
        }
      return result.isNaN ? nil : result
    }
  }

  private func number(_ field: Query.Number, _ position: Int) -> Double? {
    func words(_ name: Query.TextName) -> Double? {
      value(.measure(.words, name), position)
    }
    switch field {
    case .suspicion: return subject.scan?.suspicion[position]
    case .rank: return subject.scan?.ranks[position].map(Double.init)
    case .row: return Double(position)
    case .copies:
      guard let pair = subject.index.ids[position]?.pair else { return nil }
      return Double(subject.index.ids.count { $0?.pair == pair } - 1)
    case .ratio:
      guard let a = words(.a), let b = words(.b) else { return nil }
      return max(a, b) / max(1, min(a, b))
    case .length:
      guard let a = words(.a), let b = words(.b) else { return nil }
      return a + b
    case .seconds: return standing(position)?.serving.seconds
    case .strength: return standing(position)?.decision.strength.map(Double.init)
    case .time: return standing(position).map { Double($0.millisecondsSince1970) }
    case .signal(let id): return subject.scan?.signals[id]?[position]
    case .column: return nil
    }
  }

  private func has(_ property: Query.Property, _ value: String, _ position: Int) -> Bool {
    let id = subject.index.ids[position]
    let all = id.map { subject.ledger.standing(on: $0) } ?? []
    let own = standing(position)
    let row = row(position)
    switch property {
    case .tag: return own?.decision.tags.contains(value) ?? false
    case .source: return row?.group?.lowercased() == value
    case .annotator: return row?.annotator?.lowercased() == value
    case .reviewer: return all.contains { $0.annotator.text == value }
    case .reason: return own?.decision.reason == value
    case .near: return subject.near[value]?.contains(position) ?? false
    case .ambiguous:
      let signal = SignalID(rawValue: value == "epistemic" ? "uncertainty" : "uncertainty_close")
      guard let scan = subject.scan, let standing = scan.standing(of: signal, at: position),
        standing.share < 1
      else { return false }
      return standing.rank <= Int((scan.settings.flagShare * Double(standing.pairCount)).rounded())
    case .criterion:
      let words = value.split(separator: "=")
      guard let said = own?.decision.ratings.first(where: { $0.criterion == words[0] }) else {
        return false
      }
      guard words.count > 1 else { return true }
      guard let side = said.side, words[1] != "tie" else {
        return said.side == nil && words[1] == "tie"
      }
      switch words[1] {
      case "a": return sides(position).first?.id == side
      case "b": return sides(position).dropFirst().first?.id == side
      default:
        guard let row, let preferred = row.label.preferred else { return words[1] == "swap" }
        return (row.sides[preferred].id == side) == (words[1] == "keep")
      }
    case .id: return id?.description.hasPrefix(value) ?? false
    case .conflict:
      if value == "review" {
        return Set(all.map(\.decision.verdict)).subtracting([.skip]).count > 1
      }
      return subject.scan?.findings[position].list.contains {
        $0 == .exactConflict || $0 == .nearConflict
      } ?? false
    case .why:
      guard let scan = subject.scan else { return false }
      let signal: SignalID
      switch value {
      case "D": return has(.conflict, "file", position)
      case "P": signal = .peerReview
      case "M": signal = .leaveOneOut
      default: signal = .influence
      }
      guard let standing = scan.standing(of: signal, at: position), standing.share < 1 else {
        return false
      }
      return standing.rank <= Int((scan.settings.flagShare * Double(standing.pairCount)).rounded())
    case .status:
      let outcome = row.flatMap { row in
        own?.decision.verdict.outcome(
          sides: row.sides.map(\.id), preferred: row.label.preferred)
      }
      switch value {
      case "open": return row != nil && (outcome == nil || outcome == .skip)
      case "done": return outcome != nil && outcome != .skip
      case "flagged": return subject.scan?.isFlagged(at: position) ?? false
      case "marked": return subject.marked.contains(position)
      case "unreadable": return row == nil
      default: return outcome?.rawValue == value
      }
    }
  }
}
