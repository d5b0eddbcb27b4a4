import Foundation
import Testing

/// Scores from elsewhere, as a script and its person use them.
@Suite("Scores from elsewhere")
struct ScoreFileTests {
  /// What a scoring script would write for the lines of `ls --flat`: longer is better.
  private func scored(_ lines: [String]) throws -> String {
    try lines.map { line in
      let pair = try JSONFragment(line)
      let id = try #require(pair["id"]?.string)
      func length(_ key: String) throws -> Int {
        let messages = try #require(pair[key]?.array)
        return try messages.reduce(0) { $0 + (try #require($1["content"]?.string)).count }
      }
      if let side = pair["side"]?.string {
        return #"{"id":"\#(id)","side":"\#(side)","reward":\#(try length("response"))}"#
      }
      let (chosen, rejected) = (try length("chosen"), try length("rejected"))
      return #"{"id":"\#(id)","reward_chosen":\#(chosen),"reward_rejected":\#(rejected)}"#
    }.joined(separator: "\n")
  }

  @Test("ls --flat, a script, scan --scores: every pair has its reward, by pair or by side")
  func roundTrip() throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample()
    var outputs: [[UInt8]] = []
    for more in [[], ["--sides"]] {
      let flat = try sandbox.demur(["ls", file, "--flat"] + more)
      #expect(flat.isDone)
      try sandbox.write(try scored(flat.lines), to: "RM.jsonl")
      let scan = try sandbox.demur(["scan", file, "-o", "-", "--scores", "RM.jsonl", "--key", "id"])
      #expect(scan.isDone && scan.error.contains("rows matched"))
      outputs.append(scan.output)
      let rows = try scan.lines.map { try JSONFragment($0) }
      #expect(rows.contains { $0["signals"]?["reward"]?.number != nil })
      for row in rows where row["suspicion"]?.isNull == false {
        #expect(row["signals"]?["reward"]?.number != nil)
      }
    }
    #expect(outputs[0] == outputs[1])
    let summary = try sandbox.done("scan", file, "--scores", "RM.jsonl").text
    #expect(summary.contains("reward: RM.jsonl, says something of"))
    // The kept scan with scores is not taken for the one without.
    #expect(!(try sandbox.done("scan", file).text.contains("RM.jsonl")))
    let shown = try sandbox.done("evaluate", file, "--flip-rate", "0.2", "--scores", "RM.jsonl")
    #expect(shown.text.contains("reward "))
  }

  @Test("ls --flat gives messages, and takes no part of the list's other forms")
  func flat() throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample()
    let line = try #require(try sandbox.done("ls", file, "--flat", "-n", "1").lines.first)
    let pair = try JSONFragment(line)
    #expect(Set(try #require(pair.object).keys) == ["id", "row", "prompt", "chosen", "rejected"])
    #expect(pair["chosen"]?.array?.first?["role"]?.string == "assistant")
    #expect(!sandbox.exists("\(file).demur"))
    for words in [["--sides"], ["--flat", "--ids"]] {
      #expect(try sandbox.demur(["ls", file] + words).ending == .exited(2))
    }
  }

  static let refusals: [(what: String, words: [String], arguments: [String], status: Int32)] = [
    (#"{"id":"x","quality":1}"#, ["no column", "quality"], [], 3),
    (#"{"id":"x","margin":1}"#, ["none of 1 line", "id"], [], 3),
    (#"{"name":"x","margin":1}"#, ["no line has id", "--key"], [], 3),
    ("{\"id\":\"x\",\"margin\":1}\n{\"id\":\"x\",\"margin\":2}", ["line 2", "repeat"], [], 3),
    (#"{"id":"x","margin":NaN}"#, ["no column"], [], 3),
    (#"{"id":"x","logprob_chosen":-1,"logprob_rejected":-2}"#, ["--logprobs"], [], 2),
    (#"{"id":"x","logps_chosen":-1,"logps_rejected":-2}"#, ["longer", "ref_"], [], 3),
    (#"{"id":"x","margin":1}"#, ["--scores"], ["--key", "id"], 2),
    ("", ["RM.jsonl", "empty"], [], 3),
  ]

  @Test("scores that do not fit are refused in one sentence", arguments: refusals)
  func refusal(what: String, words: [String], arguments: [String], status: Int32) throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample()
    try sandbox.write(what, to: "RM.jsonl")
    let scores = arguments.isEmpty ? ["--scores", "RM.jsonl"] : []
    let outcome = try sandbox.demur(["scan", file] + scores + arguments)
    #expect(outcome.ending == .exited(status) && outcome.output.isEmpty)
    #expect(outcome.error.split(separator: "\n").count == 1)
    for word in words { #expect(outcome.error.contains(word), "\(outcome.error)") }
  }

  @Test("fields that no row has are refused in one sentence")
  func fields() throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample()
    for words in [
      ["--reward-fields", "a,b"], ["--group-field", "nowhere"], ["--annotator-field", "a.b"],
    ] {
      let outcome = try sandbox.demur(["scan", file] + words)
      #expect(outcome.ending == .exited(3) && outcome.error.contains(words[1].prefix(1)))
    }
    for words in [
      ["--reward-fields", "a"], ["--reward-fields", "a,b,c"], ["--group-field", ".a"],
    ] {
      #expect(try sandbox.demur(["scan", file] + words).ending == .exited(2))
    }
  }
}
