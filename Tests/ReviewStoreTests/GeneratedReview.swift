import PreferenceData
import Testing

/// Events as a busy review might produce them, with every field in use, from a seed.
struct GeneratedReview {
  private var state: UInt64

  init(seed: Int) { state = UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 }

  static func annotator(_ index: Int) throws -> AnnotatorName {
    try #require(AnnotatorName(["ada", "Grace Hopper", "李雷"][index]))
  }

  mutating func events(_ count: Int) throws -> [ReviewEvent] {
    var events: [ReviewEvent] = []
    for index in 0..<count { events.append(try event(after: Int64(index))) }
    return events
  }

  mutating func event(after sequence: Int64) throws -> ReviewEvent {
    let content: ReviewEvent.Content =
      switch below(6) {
      case 0 where sequence > 0: .undone(Int64(below(Int(sequence))) + 1)
      case 1 where sequence > 0: .redone(Int64(below(Int(sequence))) + 1)
      case 2: .decided(decisions(below(5)))
      default: .decided([decision()])
      }
    return ReviewEvent(
      millisecondsSince1970: Int64(below(4_000_000)) - 2_000_000,
      annotator: try Self.annotator(below(3)), content: content)
  }

  /// A step of many rows, as a decision on a whole query makes.
  mutating func bulkStep() throws -> ReviewEvent {
    ReviewEvent(
      millisecondsSince1970: 1, annotator: try Self.annotator(0),
      content: .decided(decisions(40)))
  }

  private mutating func decisions(_ count: Int) -> [RowDecision] {
    var decisions: [RowDecision] = []
    for _ in 0..<count { decisions.append(decision()) }
    return decisions
  }

  mutating func decision() -> RowDecision {
    let verdicts: [Verdict] = [.prefers(side()), .tie, .bothBad, .drop, .skip]
    let verdict = verdicts[below(verdicts.count)]
    return RowDecision(
      row: RowID(pair: PairID(hash()), occurrence: below(3)),
      decision: Decision(
        verdict, on: pair(judgedWith: verdict), strength: maybe { $0.below(3) + 1 },
        note: maybe { $0.text() } ?? "", tags: maybe { [$0.text(), "tag"] } ?? [],
        reason: maybe { $0.text() }, ratings: ratings()),
      serving: Serving(
        route: Serving.Route.allCases[below(Serving.Route.allCases.count)],
        probability: fraction(), scan: maybe { "scan-\($0.below(9))" },
        rank: maybe { $0.below(1000) },
        suspicion: maybe { $0.fraction() }, firstSide: maybe { $0.side() },
        labelSeen: below(2) == 0,
        evidenceSeen: below(2) == 0, seconds: maybe { $0.fraction() * 100 }))
  }

  private mutating func ratings() -> [CriterionRating] {
    (0..<below(3)).map { number in
      CriterionRating(
        "criterion \(number) \(text())", side: maybe { $0.side() },
        strength: maybe { $0.below(2) + 1 })
    }
  }

  /// A pair of a row of more sides, for verdicts that can be about one.
  private mutating func pair(judgedWith verdict: Verdict) -> SidePair? {
    let other = SideID(StableHash("another side"))
    return switch verdict {
    case .prefers(let side): maybe { _ in SidePair(side, other) }
    case .tie, .skip: maybe { SidePair($0.side(), other) }
    case .bothBad, .drop: nil
    }
  }

  mutating func text() -> String {
    let texts = [
      "", "plain", "two\nlines\r\n", "NUL \u{0} inside", "“quoted” \"\\\"",
      "emoji 👩‍👩‍👧 \u{202e}",
      "'; DROP TABLE event; --", "\u{feff}mark", "e\u{301}",
    ]
    return texts[below(texts.count)]
  }

  /// A small universe, so that rows meet again.
  private mutating func hash() -> StableHash { StableHash("pair \(below(8))") }
  private mutating func side() -> SideID { SideID(StableHash("side \(below(4))")) }
  private mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }

  private mutating func maybe<Value>(_ value: (inout GeneratedReview) -> Value) -> Value? {
    below(2) == 0 ? nil : value(&self)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  private mutating func next() -> UInt64 {
    state = state &+ 0x9e37_79b9_7f4a_7c15
    return StableHash.finalMix(state)
  }
}
