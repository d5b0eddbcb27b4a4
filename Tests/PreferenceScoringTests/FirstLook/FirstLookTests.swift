import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite("First look")
struct FirstLookTests {
  static func surveyed(
    _ source: some PairSource, against evaluation: EvaluationTexts? = nil, jobs: Int = 1
  ) throws -> (look: FirstLook, index: RowIndex) {
    var survey = FirstLookSurvey(source: source, against: evaluation, jobs: jobs)
    while !survey.advance() {}
    return (try #require(survey.look), survey.index)
  }

  private func row(
    _ sides: [String], prompt: String = "Why?", label: PreferenceLabel = .prefers(0),
    authors: [String?] = [], annotator: String? = nil
  ) -> PreferenceRow {
    PreferenceRow(
      context: prompt.isEmpty ? [] : [Turn(.user, prompt)],
      sides: sides.enumerated().map { place, text in
        Side(
          turns: [Turn(.assistant, text)],
          author: authors.indices.contains(place) ? authors[place] : nil)
      }, label: label, annotator: annotator)
  }

  @Test(
    "the look is the same for every number of threads, and its index is that of reading row by row",
    arguments: 0..<6 as Range<UInt64>)
  func jobs(seed: UInt64) throws {
    var pairs = GeneratedPairs(seed: seed)
    var source = RowList(pairs.rows(700))
    source.rows[13] = .failure(RowProblem(row: 13, line: 14, reason: .truncated))
    source.rows[500] = source.rows[20]
    let (look, index) = try Self.surveyed(source)
    for jobs in [2, 5] {
      let other = try Self.surveyed(source, jobs: jobs)
      #expect(other.look == look && other.index == index)
    }
    var expected = RowIndex()
    for row in source.rows { expected.append(row) }
    #expect(index == expected)
    #expect(look.findings == RowFindings.found(in: source))
    #expect(look.copyCount == expected.copyCount && look.copyCount > 0)
  }

  @Test("swapping every label exchanges first and second, longer and shorter, wins and losses")
  func swapping() throws {
    var pairs = GeneratedPairs(seed: 3)
    let source = RowList(
      pairs.rows(300).enumerated().map { number, row in
        var row = row
        row.sides[0].author = "m\(number % 3)"
        row.sides[1].author = "m\(number % 4)"
        return row
      })
    let (look, _) = try Self.surveyed(source)
    let (other, _) = try Self.surveyed(source.swapped)
    #expect(look.labels.first == other.labels.second && look.labels.second == other.labels.first)
    #expect(look.longerSide.wins == other.longerSide.losses)
    #expect(look.longerSide.equal == other.longerSide.equal)
    #expect(look.chosen == other.rejected && look.sides == other.sides)
    #expect(look.authors.map(\.name) == other.authors.map(\.name))
    #expect(look.authors.map(\.wins) == other.authors.map(\.losses))
    #expect(look.findings == other.findings && look.troubles == other.troubles)
  }

  @Test("labels are counted by what they say, strengths by side and value")
  func labels() throws {
    let labels: [PreferenceLabel] = [
      .prefers(0, strength: 2), .prefers(1, strength: 1), .prefers(1, strength: 2),
      .prefers(1, strength: 1), .tie, .bothBad, .none,
    ]
    let rows = labels.map { row(["one", "three"], label: $0) }
    let single = [PreferenceLabel.desirable, .undesirable, .desirable].map { row(["x"], label: $0) }
    let (look, _) = try Self.surveyed(
      RowList(rows + single + [row(["a", "b", "c"], label: .ranks([0, 1, 1]))]))
    let balance = look.labels
    #expect((balance.first, balance.second, balance.ranked) == (1, 3, 1))
    #expect((balance.tied, balance.bothBad, balance.unlabelled) == (1, 1, 1))
    #expect((balance.desirable, balance.undesirable) == (2, 1))
    #expect(balance.firstShare == Estimate(wins: 1, of: 4))
    let strengths = balance.strengths.map { [Double($0.side), $0.strength, Double($0.rows)] }
    #expect(strengths == [[0, 2, 1], [1, 1, 2], [1, 2, 1]])
    #expect((look.longerSide.wins, look.longerSide.losses, look.longerSide.equal) == (3, 1, 0))
  }

  @Test("the interval of a share is Wilson's, the root of its quadratic equation")
  func wilson() throws {
    let share = try #require(LongerSide(wins: 7, losses: 13).share)
    // (p - x)^2 = z^2 x (1 - x) / n holds at both ends.
    for end in [share.lower, share.upper] {
      let left = (0.35 - end) * (0.35 - end)
      let right = normalQuantile95 * normalQuantile95 * end * (1 - end) / 20
      #expect(abs(left - right) < 1e-12)
    }
    #expect(LongerSide().share == nil && LabelBalance().firstShare == nil)
  }

  @Test("lengths are nearest ranks, in characters, with the first row of the longest")
  func lengths() throws {
    let rows = (1...20).map { row([String(repeating: "é", count: $0), "x"], prompt: "") }
    let (look, _) = try Self.surveyed(RowList(rows + [rows[19]]))
    let chosen = try #require(look.chosen)
    #expect((chosen.count, chosen.median, chosen.percentile95) == (21, 11, 20))
    #expect((chosen.longest, chosen.longestRow) == (20, 19))
    #expect(look.rejected?.longest == 1 && look.prompts?.longest == 0)
  }

  @Test("a repeat is the same pair in the same order with the same label; copies are any")
  func repeats() throws {
    let (look, _) = try Self.surveyed(
      RowList([
        row(["a", "b"]), row(["a", "b"]), row(["b", "a"], label: .prefers(1)),
        row(["a", "b"], label: .prefers(1)), row(["a", "c"]),
      ]))
    #expect(look.repeatCount == 1 && look.copyCount == 3)
    #expect(look.repeatedPairCount == 1 && look.contradictoryPairCount == 1)
    #expect(look.rows(with: .orderDuplicate) == [0, 1, 2])
    #expect(look.rows(with: .exactConflict) == [0, 1, 2, 3])
  }

  @Test("models win and lose against others, every pair of a ranking counts, ties stand apart")
  func authors() throws {
    let (look, _) = try Self.surveyed(
      RowList([
        row(["a", "b"], authors: ["x", "y"]),
        row(["a", "b"], label: .prefers(1), authors: ["x", "y"]),
        row(["a", "c"], label: .tie, authors: ["x", "z"]),
        row(["a", "d"], authors: ["x", "x"]), row(["a", "e"], authors: ["x", nil]),
        row(["a", "b", "c"], label: .ranks([0, 1, 2]), authors: ["z", "y", "x"]),
      ]))
    let records = look.authors.map { "\($0.name) \($0.wins) \($0.losses) \($0.ties)" }
    #expect(records == ["x 1 3 1", "y 2 2 0", "z 2 0 1"])
  }

  @Test("votes in rows come first; across rows they need annotators with names")
  func votes() throws {
    func voted(_ judgments: [PreferenceLabel]) -> PreferenceRow {
      var voted = row(["a", "b"])
      voted.judgments = judgments.map { Judgment(annotator: nil, label: $0) }
      return voted
    }
    let (inRows, _) = try Self.surveyed(
      RowList([voted([.prefers(0), .prefers(0), .tie]), voted([.prefers(1)])]))
    #expect(inRows.agreement?.kind == .inRow && inRows.agreement?.voteCount == 3)
    #expect(inRows.agreement?.rawAgreement == 1.0 / 3)
    func across(_ names: [String?]) throws -> VoteAgreement? {
      try Self.surveyed(
        RowList([
          row(["a", "b"], annotator: names[0]),
          row(["b", "a"], label: .prefers(1), annotator: names[1]),
        ])
      ).look.agreement
    }
    #expect(try across([nil, nil]) == nil)
    #expect(try across(["kim", "kim"]) == nil)
    let agreement = try #require(try across(["kim", "lee"]))
    #expect(agreement.kind == .acrossRows && agreement.rawAgreement == 1)
  }

  @Test("turns of the user and scripts are counted by row")
  func turnsAndScripts() throws {
    var long = row(["c", "d"])
    long.context = [Turn(.system, "s"), Turn(.user, "q"), Turn(.assistant, "r"), Turn(.user, "t")]
    let (look, _) = try Self.surveyed(
      RowList([
        row(["a", "b"]), long, row(["да", "нет"], prompt: "Почему?"), row(["1", "2"], prompt: ""),
      ])
    )
    #expect(look.turns.map { [$0.value, $0.rows] } == [[0, 1], [1, 2], [2, 1]])
    #expect(look.scripts.map(\.value) == [.latin, .cyrillic])
    #expect(look.scripts.map(\.rows) == [2, 1])
  }
}
