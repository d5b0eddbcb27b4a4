import Foundation
import Testing

/// `demur export --format`, as judged by another reader of JSON.
@Suite("Exports in another form")
struct ConversionOutputTests {
  private func rows(_ sandbox: Sandbox, _ file: String) throws -> [JSONFragment] {
    try sandbox.bytes(file).split(separator: 0x0A).map { try JSONFragment(Array($0)) }
  }

  @Test("a table becomes TRL's messages, decisions first, with what was asked for beside them")
  func tableToMessages() throws {
    let sandbox = try Sandbox()
    let table = "prompt,chosen,rejected\r\nq1,a1,b1\r\nq2,a2,\"b\"\"2\"\r\nq3,a3,b3\r\nq4,a4,b4\r\n"
    try sandbox.write(table, to: "data.csv")
    try sandbox.done("label", "data.csv", "row:1", "swap", "--note", "wrong")
    try sandbox.done("label", "data.csv", "row:2", "tie")
    let told = try sandbox.done(
      "export", "data.csv", "-o", "out.jsonl", "--format", "trl", "--ties", "both", "--add",
      "rationale,provenance")
    #expect(
      told.error.contains("4 in, 5 out: 2 untouched, 1 swapped, 1 in both orders, 0 left out"))
    let out = try rows(sandbox, "out.jsonl")
    func answer(_ row: JSONFragment, _ side: String) -> String? {
      row[side]?.array?.first?["content"]?.string
    }
    #expect(out.map { answer($0, "chosen") } == ["a1", "b\"2", "a3", "b3", "a4"])
    #expect(out.map { answer($0, "rejected") } == ["b1", "a2", "b3", "a3", "b4"])
    #expect(out.map { answer($0, "prompt") } == ["q1", "q2", "q3", "q3", "q4"])
    #expect(out.map { $0["rationale"]?.string } == [nil, "wrong", nil, nil, nil])
    #expect(
      out.map { $0["provenance"]?["decision"]?.string } == [nil, "swap", "tie", "tie", nil])
    let manifest = try JSONFragment(try sandbox.bytes("out.jsonl.manifest.json"))
    #expect(manifest["output"]?["format"]?.string == "trl")
    #expect(manifest["output"]?["rows"]?.integer == 5)
    #expect(manifest["label_smoothing"]?["cdpo"]?.isNull == true)
    #expect(manifest["label_smoothing"]?["note"]?.string == "not measured")
  }

  @Test("what cannot be written is counted with the reason, in a dry run too")
  func counted() throws {
    let sandbox = try Sandbox()
    let rows = [
      #"{"prompt":"p","chosen":"c","rejected":"r"}"#, #"{"prompt":1}"#,
      #"{"system":"s","prompt":"p","chosen":"c","rejected":"r"}"#,
    ]
    try sandbox.write(rows.joined(separator: "\n"), to: "data.jsonl")
    let command = ["export", "data.jsonl", "-o", "out.json", "--format", "hh"]
    for arguments in [command + ["--dry-run"], command] {
      let told = try sandbox.demur(arguments)
      #expect(told.isDone)
      #expect(told.error.contains("3 in, 1 out: 1 untouched, 0 swapped"))
      #expect(told.error.contains("2 not of this form"))
      #expect(told.error.contains("1: a system prompt"))
      #expect(told.error.contains("1: the row cannot be read"))
      #expect(sandbox.exists("out.json") == !arguments.contains("--dry-run"))
    }
    let out = try JSONFragment(try sandbox.bytes("out.json"))
    #expect(
      out.array?.map { $0["chosen"]?.string } == ["\n\nHuman: p\n\nAssistant: c"])
  }

  @Test(
    "what makes no sense is refused with the choices",
    arguments: [
      (["--format", "foo"], 2, ["foo", "nemo-rl"]), (["--ties", "both"], 2, ["--format"]),
      (["--add", "foo"], 2, ["foo"]), (["--add", "chosen"], 2, ["chosen"]),
      (["-o", "out.arrow", "--format", "trl"], 2, ["arrow", ".jsonl"]),
    ] as [([String], Int32, [String])])
  func refusals(arguments: [String], status: Int32, words: [String]) throws {
    let sandbox = try Sandbox()
    try sandbox.write(#"{"prompt":"p","chosen":"c","rejected":"r"}"#, to: "data.jsonl")
    let output = arguments.contains("-o") ? [] : ["-o", "out.jsonl"]
    let told = try sandbox.demur(["export", "data.jsonl"] + output + arguments)
    #expect(told.ending == .exited(status))
    for word in words { #expect(told.error.contains(word)) }
    #expect(!sandbox.exists("out.jsonl") && !sandbox.exists("out.arrow"))
  }
}
