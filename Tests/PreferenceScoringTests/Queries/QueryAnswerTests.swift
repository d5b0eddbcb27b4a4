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
