import PreferenceData
import Testing

@Suite("Score tables")
struct ScoreTableTests {
  private let row = PreferenceRow(
    context: [Turn(.user, "p")],
    sides: ["good", "bad"].map { Side(turns: [Turn(.assistant, $0)]) }, label: .prefers(0))

  private func table(
    _ lines: [String], key: ScoreKey = .id, unit: LogProbabilityUnit? = nil
  ) throws -> ScoreTable {
    let documents = try lines.map { try JSONDocument(lenient: Array($0.utf8).span) }
    return try ScoreTable(
      named: "RM", lineCount: lines.count, key: key, unit: unit, line: { documents[$0] })
  }

  /// What the table says of `row`: chosen minus rejected, by reward model.
  private func differences(_ table: ScoreTable, _ row: PreferenceRow) -> [Double?] {
    let values = table.values(of: row, from: table.lines(under: "a"))
    var row = row
    for side in row.sides.indices { row.sides[side].rewards = values[side] }
    return table.rewards.indices.map { row.rewardDifference(at: $0) }
  }

  static let spellings: [(line: String, kind: ExternalReward.Kind, difference: Double)] = [
    (#"{"id":"a","chosen":3,"rejected":1}"#, .reward, 2),
    (#"{"id":"a","reward_chosen":3,"reward_rejected":1}"#, .reward, 2),
    (#"{"id":"a","chosen_reward":3,"rejected_reward":1}"#, .reward, 2),
    (#"{"id":"a","score_chosen":3,"score_rejected":1,"margin":9}"#, .reward, 2),
    (#"{"id":"a","chosen_score":-1,"rejected_score":-3.0}"#, .reward, 2),
    (#"{"id":"a","chosen":"a text","rejected":"1","margin":2}"#, .reward, 2),
    (#"{"id":"a","reward_margin":-2e0}"#, .reward, -2),
    (#"{"id":"a","winner":"chosen"}"#, .verdict, 1),
    (#"{"id":"a","winner":"Rejected"}"#, .verdict, -1),
    (#"{"id":"a","verdict":"tie"}"#, .verdict, 0),
    (#"{"id":"a","verdict":"A"}"#, .verdict, 1),
    (#"{"id":"a","verdict":2}"#, .verdict, -1),
    (
      #"{"id":"a","chosen_logps":-10,"rejected_logps":-40,"ref_chosen_logps":-20,"ref_rejected_logps":-30}"#,
      .dpo, 2
    ),
    (
      #"{"id":"a","sum_logprob_chosen":-10,"sum_logprob_rejected":-40,"ref_sum_logprob_chosen":-20,"ref_sum_logprob_rejected":-30}"#,
      .dpo, 2
    ),
    (#"{"id":"a","mean_logprob_chosen":-1,"mean_logprob_rejected":-2}"#, .simpo, 2),
    (#"{"id":"a","relevance_chosen":0.75,"relevance_rejected":0.25}"#, .relevance, 0.5),
    (
      #"{"id":"a","strong_sum_logprob_chosen":-10,"strong_sum_logprob_rejected":-40,"weak_sum_logprob_chosen":-20,"weak_sum_logprob_rejected":-30}"#,
      .cdr, 20
    ),
    // The third token of the longer side counts half: .1 ((1 + 1 + 4 / 2) - (-1 - 1)).
    (
      #"{"id":"a","token_logprobs_chosen":[-1,-1,-1],"token_logprobs_rejected":[-2,-2],"ref_token_logprobs_chosen":[-2,-2,-5],"ref_token_logprobs_rejected":[-1,-1]}"#,
      .ldDPO, 0.6
    ),
  ]

  @Test(
    "every spelling says the same of a pair, and the opposite of its swap", arguments: spellings)
  func spelling(line: String, kind: ExternalReward.Kind, difference: Double) throws {
    let table = try table([line])
    #expect(table.rewards.map(\.kind) == [kind] + (kind == .dpo ? [.mapo, .reference] : []))
    let found = try #require(differences(table, row)[0])
    #expect(abs(found - difference) < 1e-12)
    var values = row
    for (side, said) in table.values(of: row, from: table.lines(under: "a")).enumerated() {
      values.sides[side].rewards = said
    }
    values.label = .prefers(1)
    #expect(values.rewardDifference(at: 0) == -found)
  }

  @Test("one side a line comes to the same, and a hash stays with its side when the label moves")
  func sides() throws {
    let names = [["\"chosen\"", "\"rejected\""], ["0", "1"], row.sides.map { "\"\($0.id)\"" }]
    for (first, second) in names.map({ ($0[0], $0[1]) }) {
      let table = try table([
        #"{"id":"a","side":\#(second),"score":1}"#, #"{"id":"a","side":\#(first),"score":3}"#,
      ])
      #expect(differences(table, row) == [2])
      var swapped = row
      swapped.label = .prefers(1)
      #expect(differences(table, swapped) == [first == "\"chosen\"" ? 2 : -2])
      var turned = row
      turned.sides.reverse()
      turned.label = .prefers(1)
      #expect(differences(table, turned) == [first == "0" ? -2 : 2])
    }
  }

  @Test("the rewards of a ranking come as a list, side by side, or pair by pair")
  func rankings() throws {
    let rewards = [0.5, -1, 3, 2]
    let row = PreferenceRow(
      context: [Turn(.user, "p")],
      sides: rewards.indices.map { Side(turns: [Turn(.assistant, "answer \($0)")]) },
      label: .ranks([2, 3, 0, 1]))
    func said(_ lines: [String]) throws -> [Double?] {
      let table = try table(lines)
      return table.values(of: row, from: table.lines(under: "a")).map { $0[0] }
    }
    #expect(try said([#"{"id":"a","rewards":[0.5,-1,3,2]}"#]) == rewards)
    #expect(try said([#"{"id":"a","scores":[0.5,-1,3,null]}"#]) == [0.5, -1, 3, nil])
    // A list for other sides, or what only compares two, says nothing of any.
    for line in [#""rewards":[1,2,3]"#, #""pair":[2,0],"margin":1"#, #""winner":"A""#] {
      #expect(try said([#"{"id":"a",\#(line)}"#]) == [nil, nil, nil, nil])
    }
    let bySide = row.sides.indices.map {
      #"{"id":"a","side":"\#(row.sides[$0].id)","reward":\#(rewards[$0])}"#
    }
    #expect(try said(bySide.reversed()) == rewards)
    let byNumber = rewards.indices.map { #"{"id":"a","side":\#($0),"reward":\#(rewards[$0])}"# }
    #expect(try said(byNumber) == rewards)
    let byPair = row.pairs.map {
      #"{"id":"a","pair":[\#($0.better),\#($0.worse)],"reward_chosen":\#(rewards[$0.better]),"#
        + #""reward_rejected":\#(rewards[$0.worse])}"#
    }
    #expect(byPair.count == 6)
    #expect(try said(byPair) == rewards)
    // A judge of pairs who gives one side two numbers has given it none.
    let other = byPair[0].replacing(#""reward_rejected":2.0"#, with: #""reward_rejected":9"#)
    #expect(other != byPair[0])
    #expect(try said([other] + byPair.dropFirst()) == [0.5, -1, 3, nil])
    #expect(throws: ScoreProblem.repeatedKeys(.id, count: 1, first: 1)) {
      try said([byPair[0], byPair[0]])
    }
  }

  @Test("a line may hold several kinds, each a reward model of its own")
  func kinds() throws {
    let line =
      #"{"id":"a","chosen":3,"rejected":1,"winner":"B","mean_logprob_chosen":0,"#
      + #""mean_logprob_rejected":0}"#
    let table = try table([line])
    #expect(table.rewards.map(\.kind) == [.reward, .verdict, .simpo])
    #expect(table.rewards.map(\.name) == ["RM (reward)", "RM (verdict)", "RM (simpo)"])
    #expect(differences(table, row) == [2, -1, 0])
  }

  @Test("adding a constant to the reference, or the reference being the model, changes nothing")
  func reference() throws {
    func margin(_ chosen: Double, _ rejected: Double, _ shift: Double) throws -> Double {
      let line = """
        {"id":"a","chosen_logps":\(chosen),"rejected_logps":\(rejected),\
        "ref_chosen_logps":\(shift - 20),"ref_rejected_logps":\(shift - 30)}
        """
      return try #require(differences(try table([line]), row)[0])
    }
    #expect(abs(try margin(-11, -37, 0) - (try margin(-11, -37, 5))) < 1e-12)
    #expect(try margin(-20, -30, 0) == 0)
    #expect(abs(try margin(-11, -37, 0) + (try margin(-29, -23, 0))) < 1e-12)
  }

  @Test("lists of tokens that do not fit, or hold anything but numbers, are nothing")
  func brokenTokens() throws {
    func line(_ chosen: String, _ reference: String) -> String {
      #"{"id":"a","token_logprobs_chosen":\#(chosen),"ref_token_logprobs_chosen":\#(reference),"#
        + #""token_logprobs_rejected":[-1],"ref_token_logprobs_rejected":[-1]}"#
    }
    for (chosen, reference) in [
      ("[-1,-2]", "[-1]"), ("[]", "[]"), ("[null]", "[-1]"), ("-1", "-1"), ("[\"x\"]", "[-1]"),
    ] {
      #expect(throws: ScoreProblem.self) { try table([line(chosen, reference)]) }
    }
    #expect(try differences(table([line("[-1]", "[-2]")]), row) == [0.1])
  }

  @Test("what is no number is nothing, and makes no number up")
  func missing() throws {
    for value in ["null", "NaN", "Infinity", "\"3\"", "[3]", "true"] {
      let table = try table([
        #"{"id":"a","chosen":\#(value),"rejected":1}"#, #"{"id":"b","chosen":3,"rejected":1}"#,
      ])
      #expect(differences(table, row) == [nil])
    }
    let table = try table([#"{"id":"a","margin":1}"#])
    let tie = PreferenceRow(context: [], sides: row.sides, label: .tie)
    #expect(table.values(of: tie, from: table.lines(under: "a")) == [[nil], [nil]])
  }

  @Test("keys are compared as they are written, but for a whole number's point")
  func keys() throws {
    let lines = [
      #"{"row":0,"id":"x","meta":{"n":17},"chosen":3,"rejected":1}"#,
      #"{"row":1.0,"id":"17","meta":{"n":9007199254740993},"chosen":2,"rejected":1}"#,
    ]
    #expect(try table(lines, key: .row).lines(under: "1") == [1])
    #expect(try table(lines).lines(under: "17") == [1])
    let path = try #require(FieldPath("meta.n"))
    #expect(try table(lines, key: .field(path)).lines(under: "9007199254740993") == [1])
    #expect(try table(lines, key: .field(path)).lines(under: "9007199254740992") == [])
  }

  static let refusals: [(lines: [String], problem: ScoreProblem)] = [
    ([#"{"id":"a","helpfulness":3}"#], .noKnownColumn(found: ["id", "helpfulness"])),
    (
      [#"{"id":"a","chosen":"NaN","rejected":null}"#],
      .noKnownColumn(found: ["id", "chosen", "rejected"])
    ),
    ([#"{"uid":"a","chosen":3,"rejected":1}"#], .noKey(.id, found: ["uid", "chosen", "rejected"])),
    (
      [#"{"id":"a","margin":3}"#, #"{"id":"b","margin":3}"#, #"{"id":"a","margin":2}"#],
      .repeatedKeys(.id, count: 1, first: 2)
    ),
    (
      [#"{"id":"a","side":0,"reward":3}"#, #"{"id":"a","side":0,"reward":3}"#],
      .repeatedKeys(.id, count: 1, first: 1)
    ),
    (
      [#"{"id":"a","logprob_chosen":-3,"logprob_rejected":-4}"#],
      .unknownUnit(column: "logprob_chosen")
    ),
    (
      [#"{"id":"a","sum_logprob_chosen":-3,"sum_logprob_rejected":-4}"#],
      .sumsWithoutReference(column: "sum_logprob_chosen")
    ),
    ([], .noKnownColumn(found: [])),
  ]

  @Test("a table that says nothing says why", arguments: refusals)
  func refusal(lines: [String], problem: ScoreProblem) {
    #expect(throws: problem) { try table(lines) }
  }

  @Test("log-probabilities without a unit in their name are what the person says they are")
  func units() throws {
    let plain = #"{"id":"a","logprob_chosen":-1,"logprob_rejected":-2}"#
    let both =
      #"{"id":"a","logprob_chosen":-1,"logprob_rejected":-2,"ref_logprob_chosen":-2,"ref_logprob_rejected":-1}"#
    #expect(differences(try table([plain], unit: .mean), row) == [2])
    #expect(throws: ScoreProblem.sumsWithoutReference(column: "logprob_chosen")) {
      try table([plain], unit: .sum)
    }
    for unit in LogProbabilityUnit.allCases {
      let table = try table([both], unit: unit)
      #expect(table.rewards.map(\.kind) == [.dpo, .mapo, .reference])
      #expect(differences(table, row)[1...] == [1, -1])
      #expect(abs((differences(table, row)[0] ?? 0) - 0.2) < 1e-12)
    }
  }
}
