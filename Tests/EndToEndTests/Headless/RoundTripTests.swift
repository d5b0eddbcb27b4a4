import Foundation
import Testing

/// Untouched is untouched, and changed is changed back, as judged by another reader of JSON.
@Suite("Round trips")
struct RoundTripTests {
  static let samples = ["support-chat.jsonl", "assistant.jsonl", "questions.json"]

  /// Runs a program of the system.
  private func run(_ sandbox: Sandbox, _ script: String) throws {
    let process = try ChildProcess(
      ["/bin/sh", "-c", script], environment: sandbox.environment, folder: sandbox.path,
      streams: .init(output: "/dev/null", error: sandbox.path(of: "home/script-errors")))
    try #require(try process.waitForEnding() == .exited(0), "\(script)")
  }

  /// The rows of a data set by Foundation.
  private func rows(_ sandbox: Sandbox, _ file: String) throws -> [JSONFragment] {
    if file.hasSuffix(".json") {
      return try #require(JSONFragment(try sandbox.bytes(file)).array)
    }
    return try lines(sandbox, file).map { try JSONFragment($0) }
  }

  private func lines(_ sandbox: Sandbox, _ file: String) throws -> [[UInt8]] {
    try sandbox.bytes(file).split(separator: 0x0A, omittingEmptySubsequences: true).map(Array.init)
  }

  @Test("the export of an untouched file is the file, byte for byte", arguments: samples)
  func untouched(file: String) throws {
    let sandbox = try Sandbox()
    try sandbox.sample(file)
    try sandbox.done("scan", file)
    try sandbox.done("export", file, "-o", "out-\(file)")
    #expect(try sandbox.bytes("out-\(file)") == sandbox.bytes(file))
    let manifest = try JSONFragment(try sandbox.bytes("out-\(file).manifest.json"))
    #expect(manifest.object != nil)
    #expect(try sandbox.bytes("out-\(file).review.jsonl") == [])
  }

  @Test(
    "compressed in, compressed out, and both: the rows stay the same bytes",
    arguments: ["support-chat.jsonl", "assistant.jsonl"])
  func compressed(file: String) throws {
    let sandbox = try Sandbox()
    try sandbox.sample(file)
    // Two members, as tools that append make them.
    try run(
      sandbox, "head -n 20 \(file) | gzip > in.jsonl.gz; tail -n +21 \(file) | gzip >> in.jsonl.gz")
    try sandbox.done("export", "in.jsonl.gz", "-o", "plain.jsonl")
    #expect(try sandbox.bytes("plain.jsonl") == sandbox.bytes(file))
    for input in [file, "in.jsonl.gz"] {
      try sandbox.done("export", input, "-o", "out.jsonl.gz")
      try run(sandbox, "gzip -dc out.jsonl.gz > again.jsonl")
      #expect(try sandbox.bytes("again.jsonl") == sandbox.bytes(file))
    }
  }

  @Test(
    "byte order mark, carriage returns, key order, numbers and escapes survive a swap beside them")
  func awkwardBytes() throws {
    let sandbox = try Sandbox()
    let rows = [
      #"{"n":1.50e+03, "prompt":"p\u00e9","chosen" : "a\/b" ,"rejected":"caf\u00e9 \ud83d\ude00", "z":null}"#,
      #"{"rejected":"second\nline","extra":{"chosen":"inner"},"chosen":"first","prompt":"q"}"#,
      #"  {"prompt":"r","chosen":"1","rejected":"22"}  "#,
    ]
    try sandbox.write("\u{FEFF}" + rows.joined(separator: "\r\n"), to: "in.jsonl")
    try sandbox.done("label", "in.jsonl", "row:0", "swap")
    try sandbox.done("label", "in.jsonl", "row:2", "swap")
    try sandbox.done("export", "in.jsonl", "-o", "out.jsonl")
    let swapped = [
      #"{"n":1.50e+03, "prompt":"p\u00e9","chosen" : "caf\u00e9 \ud83d\ude00" ,"rejected":"a\/b", "z":null}"#,
      rows[1],
      #"  {"prompt":"r","chosen":"22","rejected":"1"}  "#,
    ]
    let text = String(decoding: try sandbox.bytes("out.jsonl"), as: UTF8.self)
    #expect(text == "\u{FEFF}" + swapped.joined(separator: "\r\n"))
  }

  @Test("swapping every label twice is the identity", arguments: samples)
  func swapTwice(file: String) throws {
    let sandbox = try Sandbox()
    try sandbox.sample(file)
    let labels = try rows(sandbox, file)
    let swappable = labels.indices.filter { labels[$0]["chosen"] != labels[$0]["rejected"] }
    #expect(swappable.count >= labels.count - 1)
    try sandbox.write(
      swappable.map { "{\"row\":\($0),\"decision\":\"swap\"}\n" }.joined(), to: "swaps.jsonl")
    let (once, twice) = ("once-\(file)", "twice-\(file)")
    for (input, output) in [(file, once), (once, twice)] {
      try sandbox.done("apply", input, "swaps.jsonl")
      try sandbox.done("export", input, "-o", output)
    }
    #expect(try sandbox.bytes(once) != sandbox.bytes(file))
    #expect(try sandbox.bytes(twice) == sandbox.bytes(file))
    for (before, after) in zip(labels, try rows(sandbox, once)) {
      #expect(after["chosen"] == before["rejected"])
      #expect(after["rejected"] == before["chosen"])
    }
  }

  @Test(
    "decisions change the labels they name, leave out what they say, and nothing else",
    arguments: ["support-chat.jsonl", "assistant.jsonl"])
  func decisions(file: String) throws {
    let sandbox = try Sandbox()
    try sandbox.sample(file)
    let before = try lines(sandbox, file)
    let decided = [
      3: "swap", 4: "keep", 5: "tie", 6: "both-bad", 7: "drop", 8: "skip", 10: "swap", 20: "swap",
    ]
    for row in decided.keys.sorted() {
      try sandbox.done("label", file, "row:\(row)", try #require(decided[row]))
    }
    let told = try sandbox.done("export", file, "-o", "out.jsonl").error
    #expect(told.contains("\(before.count) in, \(before.count - 3) out"))
    let after = try lines(sandbox, "out.jsonl")
    let kept = before.indices.filter { !["tie", "both-bad", "drop"].contains(decided[$0] ?? "") }
    try #require(after.count == kept.count)
    for (line, row) in zip(after, kept) {
      guard decided[row] == "swap" else {
        #expect(line == before[row])
        continue
      }
      // The same bytes at other places, and by another reader the same fields but for the label.
      let isRearranged = line != before[row] && line.sorted() == before[row].sorted()
      #expect(isRearranged, "row \(row)")
      let (old, new) = (
        try #require(JSONFragment(before[row]).object), try #require(JSONFragment(line).object)
      )
      #expect(new["chosen"] == old["rejected"] && new["rejected"] == old["chosen"])
      for key in old.keys where key != "chosen" && key != "rejected" {
        #expect(new[key] == old[key])
      }
      #expect(new.count == old.count)
    }

    let withTies = try sandbox.done("export", file, "-o", "ties.jsonl", "--ties", "keep")
    #expect(withTies.error.contains("\(before.count - 2) out"))
    try sandbox.done("export", file, "-o", "reviewed.jsonl", "--rows", "reviewed")
    let reviewed = kept.filter { ["swap", "keep"].contains(decided[$0]) }
    let found = try lines(sandbox, "reviewed.jsonl")
    let isReviewed = found == zip(after, kept).filter { reviewed.contains($0.1) }.map(\.0)
    #expect(isReviewed)
    let dry = try sandbox.done("export", file, "-o", "dry.jsonl", "--dry-run")
    #expect(dry.error.contains("nothing was written"))
    #expect(!sandbox.exists("dry.jsonl"))
  }

  @Test("the manifest has the sums of input and output, and the counts")
  func manifest() throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample()
    try sandbox.done("label", file, "row:3", "swap")
    try sandbox.done("export", file, "-o", "out.jsonl")
    let manifest = String(decoding: try sandbox.bytes("out.jsonl.manifest.json"), as: UTF8.self)
    for name in [file, "out.jsonl"] {
      try run(sandbox, "sha256sum < \(name) | cut -c1-64 | tr -d '\\n' > sum")
      #expect(manifest.contains(String(decoding: try sandbox.bytes("sum"), as: UTF8.self)))
    }
    let counts = try JSONFragment(manifest)
    #expect(counts.object?.isEmpty == false)
    #expect(manifest.contains("swap"))
  }

  @Test("what 'log --jsonl' prints, 'apply' takes: the review is the same again")
  func logAndApply() throws {
    let first = try Sandbox()
    let file = try first.sample()
    try first.done(
      "label", file, "row:3", "swap", "--strength", "2", "--note", "a \"note\"\n2", "--tag", "x",
      "--tag", "y z")
    try first.done("label", file, "row:4", "keep")
    try first.done("label", file, "row:5", "tie")
    try first.done("undo", file)
    try first.done("label", file, "row:6", "drop", "--annotator", "lee")
    try first.done("label", file, "row:3", "keep")
    let log = try first.done("log", file, "--jsonl")
    try first.done("export", file, "-o", "out.jsonl")

    let second = try Sandbox()
    try second.sample()
    try second.write(log.output, to: "decisions.jsonl")
    try second.done("apply", file, "decisions.jsonl")
    try second.done("export", file, "-o", "out.jsonl")
    #expect(try second.bytes("out.jsonl") == first.bytes("out.jsonl"))
    func standing(_ sandbox: Sandbox, by annotator: String) throws -> [[String: JSONFragment]] {
      try sandbox.loggedDecisions(of: file)
        .filter { $0["undone"] == nil && $0["annotator"]?.string == annotator }
        .map { record in record.filter { $0.key != "at" } }
    }
    for annotator in ["kim", "lee"] {
      #expect(try standing(second, by: annotator) == standing(first, by: annotator))
    }
    #expect(try second.done("stats", file, "--json").text.contains("\"lee\""))
  }

  @Test("decisions beside the sample are applied, from a file as from standard input")
  func applySample() throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample()
    let decisions = try sandbox.sample("support-chat.decisions.jsonl")
    try sandbox.done("apply", file, "-", input: sandbox.path(of: decisions))
    #expect(try sandbox.loggedDecisions(of: file).count == 12)
    try sandbox.done("undo", file)
    #expect(try sandbox.loggedDecisions(of: file).allSatisfy { $0["undone"] != nil })
  }

  @Test(
    "one bad line among many, and nothing is applied",
    arguments: [
      "{\"row\":99,\"decision\":\"keep\"}", "{\"row\":1,\"decision\":\"maybe\"}", "nonsense",
      "{\"decision\":\"keep\"}",
      "{\"id\":\"ffffffffffffffffffffffffffffffff\",\"decision\":\"keep\"}",
      "{\"row\":1}", "[]", "{\"row\":1,\"decision\":\"keep\",\"strength\":17}",
    ])
  func allOrNothing(bad: String) throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample()
    try sandbox.write(
      "{\"row\":0,\"decision\":\"keep\"}\n\(bad)\n{\"row\":2,\"decision\":\"keep\"}\n",
      to: "decisions.jsonl")
    let outcome = try sandbox.demur("apply", file, "decisions.jsonl")
    #expect(outcome.ending == .exited(3))
    try expectOneSentence(outcome.error)
    #expect(outcome.error.contains("line 2") && outcome.error.contains("nothing was applied"))
    #expect(outcome.output.isEmpty)
    #expect(try sandbox.loggedDecisions(of: file).isEmpty)
  }
}
