import Foundation
import Testing

/// What scripts are promised about scores.
@Suite("Scores")
struct ScanOutputTests {
  @Test(
    "each row has the promised fields, in file order, and the ranks are a permutation",
    arguments: RoundTripTests.samples)
  func fields(file: String) throws {
    let sandbox = try Sandbox()
    try sandbox.sample(file)
    let rows = try sandbox.done("scan", file, "-o", "-").lines.map { try JSONFragment($0) }
    #expect(rows.map { $0["row"]?.integer } == Array(0..<rows.count))
    var ranks: [Int] = []
    var suspicions: [(rank: Int, suspicion: Double)] = []
    for row in rows {
      let members = try #require(row.object)
      #expect(
        Set(members.keys) == ["row", "id", "suspicion", "rank", "signals", "problem", "findings"])
      #expect(members["id"]?.string?.isEmpty == false)
      guard let suspicion = members["suspicion"]?.number, members["suspicion"]?.isNull == false
      else {
        #expect(members["problem"]?.string != nil && members["rank"]?.isNull == true)
        continue
      }
      #expect((0...1).contains(suspicion) && members["problem"]?.isNull == true)
      #expect(members["signals"]?["margin"]?.number != nil)
      #expect(members["signals"]?["leave_one_out"]?.number != nil)
      let rank = try #require(members["rank"]?.integer)
      ranks.append(rank)
      suspicions.append((rank, suspicion))
    }
    #expect(ranks.sorted() == Array(1..<ranks.count + 1))
    #expect(file == "questions.json" || !ranks.isEmpty)
    let ordered = suspicions.sorted { $0.rank < $1.rank }.map(\.suspicion)
    #expect(ordered == ordered.sorted(by: >))
    if file.hasPrefix("assistant") { #expect(rows[0]["id"]?.string == "as-001") }
  }

  @Test(
    "twice, with one thread or four, from a file or a stream: the same bytes",
    arguments: RoundTripTests.samples)
  func sameBytes(file: String) throws {
    var outputs: [[UInt8]] = []
    for words in [["--jobs", "1"], ["--jobs", "4"], [], ["--jobs", "3", "--flag-share", ".3"]] {
      // A folder of its own each time, so that nothing comes from the cache.
      let sandbox = try Sandbox()
      try sandbox.sample(file)
      outputs.append(try sandbox.demur(["scan", file, "-o", "-"] + words).output)
      if words.isEmpty {
        outputs.append(try sandbox.done("scan", file, "-o", "-").output)
        outputs.append(
          try sandbox.done("scan", "-", "-o", "-", input: sandbox.path(of: file)).output)
        try sandbox.done("scan", file, "-o", "scores.jsonl")
        outputs.append(try sandbox.bytes("scores.jsonl"))
      }
    }
    #expect(outputs.allSatisfy { !$0.isEmpty && $0 == outputs[0] })
  }

  @Test("the queue of 'ls' is the order of the ranks, in every style")
  func list() throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample("assistant.jsonl")
    let scores = try sandbox.done("scan", file, "-o", "-").lines.map { try JSONFragment($0) }
    let ranked = scores.filter { $0["rank"]?.isNull == false }
      .sorted { ($0["rank"]?.integer ?? 0) < ($1["rank"]?.integer ?? 0) }
      .compactMap { $0["id"]?.string }
    let listed = try sandbox.done("ls", file, "--ids").lines
    #expect(Array(listed.prefix(ranked.count)) == ranked)
    #expect(listed.count == scores.count)
    let objects = try sandbox.done("ls", file, "--json", "-n", "5").lines.map {
      try JSONFragment($0)["id"]?.string
    }
    #expect(objects == Array(ranked.prefix(5)))
    let table = try sandbox.done("ls", file, "--tsv", "-n", "5").lines.dropFirst().map {
      $0.split(separator: "\t", omittingEmptySubsequences: false)
    }
    #expect(table.map { String($0[4]) } == Array(ranked.prefix(5)))
  }

  @Test("'show' names the texts, and with --evidence what made the suspicion")
  func show() throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample("assistant.jsonl")
    let shown = try JSONFragment(
      try sandbox.done("show", file, "as-001", "--evidence", "--json").text)
    #expect(shown["row"]?.integer == 0)
    #expect(shown["sides"]?.array?.count == 2)
    let evidence = try #require(shown["evidence"])
    let margin = try #require(evidence["leave_one_out_margin"]?.number)
    let parts = try #require(evidence["contributions"]?.array).compactMap { $0["amount"]?.number }
    let sum = parts.reduce(try #require(evidence["rest"]?.number), +)
    #expect(abs(sum - margin) < 1e-9)
    let signals = try #require(evidence["signals"]?.array)
    #expect(signals.first?["value"]?.number == margin)
    #expect(signals.first?["rank"]?.integer == evidence["rank"]?.integer)
    #expect(evidence["related"]?["supporting"]?.array?.isEmpty == false)
    #expect(evidence["epochs"]?.array?.count == 15)
    let again = try sandbox.done("show", file, "as-001", "--evidence", "--json").text
    #expect(try JSONFragment(again)["evidence"]?["epochs"]?.array?.count == 15, "from the cache")
    let score = try JSONFragment(
      try #require(try sandbox.done("scan", file, "-o", "-").lines.first))
    #expect(abs(try #require(score["signals"]?["leave_one_out"]?.number) - margin) < 1e-9)
  }

  @Test(
    "'evaluate' gives the promised figures of each signal, for planted flips and for a truth",
    arguments: [
      ["--flip-rate", "0.2", "--seed", "3"], ["--truth", "assistant.truth.jsonl"],
      ["--noise", "length", "--seeds", "2-4"],
    ])
  func evaluate(words: [String]) throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample("assistant.jsonl")
    try sandbox.sample("assistant.truth.jsonl")
    let first = try sandbox.demur(["evaluate", file, "--json"] + words)
    #expect(first.isDone, "\(first.error)")
    let signals = try #require(try JSONFragment(first.text)["signals"]?.object)
    #expect(signals.keys.contains("margin") && signals.keys.contains("leave_one_out"))
    for (name, figures) in signals {
      let auroc = try #require(figures["auroc"]?.number)
      let interval = try #require(figures["auroc_interval"]?.array).compactMap(\.number)
      #expect(interval.count == 2 && interval[0] <= auroc && auroc <= interval[1], "\(name)")
      for field in [
        "average_precision", "precision_at_true_count", "found_in_first_15_percent",
      ] {
        #expect((0...1).contains(figures[field]?.number ?? -1), "\(name) \(field)")
      }
      #expect((-1...1).contains(figures["spearman_with_margin"]?.number ?? -2), "\(name)")
      #expect((figures["seconds"]?.number ?? -1) >= 0, "\(name)")
      let over = try #require(figures["auroc_over_default"]?.number)
      let base = try #require(signals["leave_one_out"]?["auroc"]?.number)
      #expect(abs(over - (auroc - base)) < 1e-9, "\(name)")
      let paired = try #require(figures["auroc_over_default_interval"]?.array).compactMap(\.number)
      #expect(paired.count == 2 && paired[0] <= over && over <= paired[1], "\(name)")
    }
    // Nothing is left of it, and the same seed gives the same figures.
    #expect(!sandbox.exists("\(file).demur/review.sqlite"))
    let second = try sandbox.demur(["evaluate", file, "--json"] + words)
    func withoutTime(_ text: String) -> [Substring] {
      text.split(separator: "\n").filter { !$0.contains("seconds") }
    }
    #expect(withoutTime(second.text) == withoutTime(first.text))
  }

  @Test("'evaluate --seeds' gives the mean of what each seed gives alone")
  func seeds() throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample("assistant.jsonl")
    func aurocs(_ words: String...) throws -> (mean: Double, bySeed: [Double]) {
      let found = try sandbox.demur(
        ["evaluate", file, "--json", "--flip-rate", "0.2", "--signals", "none"] + words)
      try #require(found.isDone, "\(found.error)")
      let figures = try #require(try JSONFragment(found.text)["signals"]?["leave_one_out"])
      return (
        try #require(figures["auroc"]?.number),
        try #require(figures["auroc_by_seed"]?.array).compactMap(\.number)
      )
    }
    let together = try aurocs("--seeds", "1,4")
    let alone = [try aurocs("--seed", "1"), try aurocs("--seed", "4")]
    #expect(together.bySeed == alone.map(\.mean))
    #expect(abs(together.mean - (alone[0].mean + alone[1].mean) / 2) < 1e-12)
  }

  @Test("a deadline that is over is one sentence and status 5, and keeps nothing")
  func deadline() throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample("assistant.jsonl")
    let late = try sandbox.demur(["scan", file, "-o", "-", "--deadline", "0.000001"])
    #expect(late.ending == .exited(5) && late.output.isEmpty)
    #expect(late.error.contains("the deadline is over"))
    #expect(late.error.split(separator: "\n").count == 1)
    let whole = try sandbox.done("scan", file, "-o", "-", "--deadline", "100000")
    #expect(whole.error.isEmpty)
    let again = try sandbox.done("scan", file, "-o", "-")
    #expect(again.output == whole.output)
  }

  @Test("'stats' counts what 'log' lists")
  func stats() throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample()
    try sandbox.done("apply", file, try sandbox.sample("support-chat.decisions.jsonl"))
    let stats = try JSONFragment(try sandbox.done("stats", file, "--json").text)
    let counts = try #require(stats["decisions"]?.object)
    let log = try sandbox.loggedDecisions(of: file).compactMap { $0["decision"]?.string }
    for (outcome, count) in counts {
      #expect(count.integer == log.count { $0 == outcome }, "\(outcome)")
    }
    #expect(stats["undecided"]?.integer == 62 - log.count)
  }
}
