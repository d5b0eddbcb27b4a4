import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite("The query language")
struct QueryLanguageTests {
  @Test(
    "what it is written like is what it means",
    arguments: [
      ("susp>.8", "susp>0.8"), ("words(a) > 2 * words(b)", "words(a)>2*words(b)"),
      ("refund", "any:\"refund\""), ("\"lost parcel\" -x", "any:\"lost parcel\" -(any:\"x\")"),
      ("a b OR c", "any:\"x\""), ("prompt~/a\\/b/i", "prompt~/a\\/b/i"),
      ("sort:-susp,row", "sort:-susp,row"), ("status:open,skip", "status:\"open\",\"skip\""),
      ("margin<-2 -tag:x", "margin<-2 -(tag:\"x\")"), ("infl>0", "infl>0"),
      ("leave_one_out<0", "margin<0"), ("sig.margin<0", "sig.margin<0"),
      ("time>=2026-11-01", "time>=2026-11-01"), ("row:5,7", "row:5,7"),
      ("col.meta.score>3", "col.meta.score>3"), ("words(a)-words(b)>3", "words(a)-words(b)>3"),
      ("prompt~\"x y\"", "prompt:\"x y\""), ("(x OR y) z", "(any:\"x\" OR any:\"y\") any:\"z\""),
      ("", ""), ("don't", "any:\"don't\""), ("susp==1", "susp=1"), ("e-mail", "any:\"e-mail\""),
    ] as [(String, String)])
  func meaning(text: String, canonical: String) throws {
    guard text != "a b OR c" else {
      // `a` and `b` are sides, not words.
      #expect(throws: QueryError.self) { try Query(text) }
      return
    }
    #expect(try Query(text).description == canonical)
  }

  @Test(
    "an error stands where it is, and knows the nearest name",
    arguments: [
      ("supsicion>.8", 0, .unknownField("supsicion", nearest: nil)),
      ("susp>.8 statsu:open", 8, .unknownField("statsu", nearest: "status")),
      ("status:opne", 7, .unknownValue("opne", field: "status", nearest: "open")),
      ("words(promt)>3", 6, .unknownText("promt", nearest: "prompt")),
      ("susp >", 6, .expected(.number)), ("susp", 4, .expected(.comparison)),
      ("(refund", 7, .expected(.closingParenthesis)), ("refund)", 6, .expected(.end)),
      ("prompt:\"x", 7, .expected(.closingQuote)), ("prompt~/x", 7, .expected(.closingSlash)),
      ("status>3", 6, .noNumber(field: "status")),
      ("status", 6, .expected(.colon(field: "status"))),
      ("prompt", 6, .expected(.colonOrTilde(text: "prompt"))), ("x OR", 4, .expected(.term)),
      ("time>3", 4, .dayAndNumber), ("susp>2026-11-01", 4, .dayAndNumber),
      ("sort:tag", 5, .notSortable(field: "tag")), ("sort:-susp x", 11, .expected(.end)),
      ("prompt:\"\"", 7, .expected(.text)), ("words>3", 5, .expected(.measuredText(of: "words"))),
      ("-", 1, .expected(.term)), ("1<susp<2", 6, .expected(.term)),
    ] as [(String, Int, QueryError.Reason)])
  func errors(text: String, offset: Int, reason: QueryError.Reason) {
    #expect(throws: QueryError(offset: offset, reason: reason)) { try Query(text) }
  }

  @Test("the error of a regular expression stands at its place in the query")
  func patternErrors() throws {
    let error = try #require(throws: QueryError.self) { try Query("x prompt~/a\\/(b/") }
    #expect(error.offset == 15)
    guard case .badPattern(let message) = error.reason else {
      Issue.record("not a bad pattern: \(error)")
      return
    }
    #expect(message.contains("parenthesis"))
  }

  @Test(
    "blind mode refuses what tells which side is chosen, and takes the rest",
    arguments: [
      "chosen:x", "words(rejected)>3", "bias>0", "status:keep", "status:open,swap", "col.winner:a",
      "col.score>3", "sort:bias", "criterion:helpful=keep", "criterion:helpful=a,helpful=swap",
      "-criterion:\"helpful=SWAP\"", "-(x OR chosen~/y/)",
    ])
  func blind(text: String) throws {
    #expect(try Query(text).tellsLabel)
    let error = try #require(throws: QueryError.self) { try Query(text, isBlind: true) }
    guard case .tellsLabel = error.reason else {
      Issue.record("another error: \(error)")
      return
    }
    let harmless =
      "susp>.5 margin<0 words(a)>words(b) status:open,done why:P reason:slip criterion:helpful=a,x=tie ratio>2 x sort:-infl"
    #expect(try !Query(harmless, isBlind: true).tellsLabel)
  }

  @Test("a query that is written and read again is the same", arguments: 0..<40 as Range<UInt64>)
  func roundTrips(seed: UInt64) throws {
    var generator = GeneratedQueries(seed: seed)
    for _ in 0..<50 {
      let text = generator.query()
      let query = try Query(text)
      #expect(try Query(query.description) == query, "\(text) became \(query)")
    }
  }

  @Test("no text traps, and errors stand within it", arguments: 0..<20 as Range<UInt64>)
  func anyText(seed: UInt64) throws {
    var generator = GeneratedQueries(seed: seed)
    for _ in 0..<200 {
      let text = generator.noise()
      do {
        let query = try Query(text)
        #expect(try Query(query.description) == query, "\(text) became \(query)")
      } catch {
        #expect((0...text.utf8.count).contains(error.offset), "\(text): \(error)")
      }
    }
    for open in ["(", "-(", "(x "] {
      #expect(throws: QueryError.self) { try Query(String(repeating: open, count: 900)) }
    }
    #expect(throws: QueryError.self) { try Query(String(repeating: "x ", count: 5_000)) }
  }
}

/// Texts that are queries, and texts that need not be.
struct GeneratedQueries {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  private mutating func one(of choices: [String]) -> String {
    choices[generator.below(choices.count)]
  }

  /// A query over fields, texts and their negations.
  mutating func query() -> String {
    var text = condition(depth: 3)
    if generator.below(4) == 0 {
      text += " sort:" + one(of: ["", "-"]) + one(of: Self.numbers)
      if generator.below(2) == 0 { text += ",row" }
    }
    return text
  }

  private static let numbers = [
    "susp", "margin", "rank", "row", "dup", "ratio", "length", "secs", "strength", "peer_review",
    "sig.margin", "infl",
  ]

  mutating func condition(depth: Int) -> String {
    let count = 1 + generator.below(3)
    let parts = (0..<count).map { _ in term(depth: depth) }
    return parts.joined(separator: one(of: [" ", " OR "]))
  }

  private mutating func term(depth: Int) -> String {
    let sign = one(of: ["", "", "-"])
    if depth > 0, generator.below(4) == 0 { return "\(sign)(\(condition(depth: depth - 1)))" }
    switch generator.below(6) {
    case 0:
      return sign
        + one(of: [
          "status:open", "status:done,skip", "status:unreadable", "why:D", "tag:good",
          "conflict:file,review", "source:web", "ann:\"w 1\"", "by:kim", "status:keep,tie,swap",
          "status:marked", "why:P,M", "reason:slip", "reason:slip,taste", "criterion:helpful",
          "criterion:helpful=a", "criterion:helpful=b,helpful=tie", "criterion:helpful=keep",
          "criterion:other,helpful=swap",
        ])
    case 1: return sign + one(of: ["river", "prompt:stone", "\"über\"", "a:Stone", "b:\"42\""])
    case 2:
      return sign
        + one(of: [
          "a~/riv.r/", "prompt~/^[a-m]/i", "any~/\\bnot\\b/", "chosen~/\\d+/", "rejected:music",
          "note:sure", "note~/./",
        ])
    case 3: return sign + one(of: ["row:1,2,3", "dup:0", "strength:1"])
    default:
      let comparison = one(of: [">", "<", ">=", "<=", "=", "!="])
      let blank = one(of: ["", " "])
      return (sign.isEmpty ? "" : "-(") + expression() + blank + comparison + blank + expression()
        + (sign.isEmpty ? "" : ")")
    }
  }

  private mutating func expression() -> String {
    var text = operand()
    for _ in 0..<generator.below(3) {
      text += one(of: ["+", "-", "*", "/", " - ", " + "]) + operand()
    }
    return text
  }

  private mutating func operand() -> String {
    switch generator.below(4) {
    case 0: return one(of: ["0", "1", "2.5", ".5", "-3", "1e2", "40"])
    case 1: return one(of: Self.numbers)
    default:
      return one(of: ["words", "chars", "lines"]) + "("
        + one(of: ["a", "b", "chosen", "rejected", "prompt", "any", "note"]) + ")"
    }
  }

  /// Pieces of queries, and bytes that are none.
  mutating func noise() -> String {
    let pieces = [
      "susp", ">", "<", "=", "(", ")", "-", "OR", " ", "\"", "/", "~", ":", "words(", "a", "b)",
      "1",
      ".5", "sort:", "status:", "open", ",", "é", "\u{1F469}\u{200D}", "\\", "prompt~/", "[", "*",
      "+",
      "2026-11-01", "time", "col.", "col.x.y", "row:", "\t", "\u{0}", "tag:", "!", "not",
    ]
    return (0..<generator.below(14)).map { _ in one(of: pieces) }.joined()
  }
}
