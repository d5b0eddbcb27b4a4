import Foundation
import Testing

/// What is known of a file's fields from elsewhere: kept by an earlier command, answered in the UI, or
/// described beside the file.
@Suite("Fields")
struct FieldTests {
  private static let rows = (0...2).map {
    #"{"prompt":"what?","response_a":"this one \#($0)","response_b":"that one","label":\#($0)}"#
      + "\n"
  }.joined()

  /// How many labels prefer the first side, and how many are ties.
  private func firstAndTied(_ sandbox: Sandbox, _ arguments: String...) throws -> [Int?] {
    let outcome = try sandbox.demur(["check", "data.jsonl", "--json"] + arguments)
    try #require(outcome.isDone, "\(outcome.error)")
    let labels = try #require(try JSONFragment(outcome.text)["labels"])
    return [labels["first"]?.integer, labels["tied"]?.integer]
  }

  @Test("a mapping that was kept is used and said, and the command line goes before it")
  func kept() throws {
    let sandbox = try Sandbox()
    try sandbox.write(Self.rows, to: "data.jsonl")
    let meaning = ["--label-values", "a=0,b=1,tie=2"]
    let first = try sandbox.demur(["check", "data.jsonl", "--save-mapping"] + meaning)
    #expect(first.isDone && first.error.isEmpty)
    #expect(try sandbox.names(in: "data.jsonl.demur") == ["mapping.json"])
    let second = try sandbox.demur("ls", "data.jsonl")
    #expect(second.isDone)
    #expect(second.error.contains("data.jsonl.demur/mapping.json: values=a=0,b=1,tie=2"))
    #expect(try firstAndTied(sandbox) == [1, 1])
    #expect(try firstAndTied(sandbox, "--label-values", "a=0,b=2,tie=1") == [1, 1])
    #expect(try firstAndTied(sandbox, "--label-values", "a=0,b=2,none=1") == [1, 0])
    try sandbox.write(#"{"instruction":"a","output":"b"}"# + "\n", to: "data.jsonl")
    let misfit = try sandbox.demur("check", "data.jsonl")
    #expect(misfit.ending == .exited(3))
    try expectOneSentence(misfit.error)
    #expect(misfit.error.contains("do not fit data.jsonl any more"))
  }

  @Test("a file that should be a mapping and is none is refused in a sentence")
  func broken() throws {
    let sandbox = try Sandbox()
    try sandbox.write(Self.rows, to: "data.jsonl")
    try FileManager.default.createDirectory(
      atPath: sandbox.path(of: "data.jsonl.demur"), withIntermediateDirectories: false)
    try sandbox.write("{}", to: "data.jsonl.demur/mapping.json")
    let refused = try sandbox.demur("check", "data.jsonl")
    #expect(refused.ending == .exited(3))
    try expectOneSentence(refused.error)
    for arguments in [["--save-mapping"], ["-", "--save-mapping", "--label-values", "a=0,b=1"]] {
      #expect(try sandbox.demur(["check", "data.jsonl"] + arguments).ending == .exited(2))
    }
  }

  @Test("the UI asks what the label means, keeps the answer, and never asks again")
  func asked() throws {
    let sandbox = try Sandbox()
    try sandbox.write(Self.rows, to: "data.jsonl")
    let left = try Interface(sandbox, ["data.jsonl"])
    try left.terminal.wait(for: "what does label mean?")
    left.type("q")
    #expect(try left.waitForEnding() == .exited(0))
    left.expectRestored()
    #expect(!sandbox.exists("data.jsonl.demur"))

    let interface = try Interface(sandbox, ["data.jsonl"])
    try interface.terminal.wait(for: "what does label mean?")
    #expect(interface.screen.text.contains("row 0: A is better, row 1: B is better, row 2: a tie"))
    interface.type("1")
    try interface.terminal.wait(for: "[saved]")
    try interface.quit()
    let again = try Interface(sandbox, ["data.jsonl"])
    try again.terminal.wait(for: "[saved]")
    try again.quit()
    #expect(try firstAndTied(sandbox) == [1, 1])
  }

  @Test("dataset_info.json beside the file says what its columns are; one that is wrong is said")
  func described() throws {
    let sandbox = try Sandbox()
    let row = #"{"q":"what?","about":"that","good":"this","bad":"no"}"# + "\n"
    try sandbox.write(row + row, to: "data.jsonl")
    func describe(_ prompt: String) throws {
      try sandbox.write(
        #"{"mine":{"file_name":"data.jsonl","ranking":true,"columns":{"prompt":"\#(prompt)","#
          + #""query":"about","chosen":"good","rejected":"bad"}}}"#, to: "dataset_info.json")
    }
    try describe("q")
    let outcome = try sandbox.demur("show", "data.jsonl", "row:0")
    #expect(outcome.isDone && outcome.error.contains("dataset_info.json has them under mine"))
    #expect(outcome.text.contains("what?") && outcome.text.contains("that"))
    try describe("nothing")
    try sandbox.write(
      String(repeating: #"{"prompt":"p","chosen":"a","rejected":"b"}"# + "\n", count: 3),
      to: "data.jsonl")
    let other = try sandbox.demur("check", "data.jsonl")
    #expect(other.isDone && other.error.contains("does not fit this file under mine"))
    #expect(other.text.contains("rows       3"))
  }

  @Test("dataset_info.json in a folder says what the columns of its files are, where they agree")
  func describedFolder() throws {
    let sandbox = try Sandbox()
    try FileManager.default.createDirectory(
      atPath: sandbox.path(of: "set"), withIntermediateDirectories: true)
    let row = #"{"q":"what?","good":"this","bad":"no"}"# + "\n"
    for name in ["a", "b"] { try sandbox.write(row, to: "set/\(name).jsonl") }
    func describe(_ second: String) throws {
      let entries = [("a", "q"), ("b", second)].map { name, prompt in
        #""\#(name)":{"file_name":"\#(name).jsonl","ranking":true,"columns":{"#
          + #""prompt":"\#(prompt)","chosen":"good","rejected":"bad"}}"#
      }
      try sandbox.write("{" + entries.joined(separator: ",") + "}", to: "set/dataset_info.json")
    }
    try describe("q")
    let outcome = try sandbox.demur("check", "set")
    #expect(outcome.isDone && outcome.error.contains("dataset_info.json has them under a"))
    #expect(outcome.text.contains("rows       2, all of which can be read"))
    try describe("other")
    #expect(try sandbox.demur("check", "set").ending == .exited(3))
  }

  @Test("overlap with an evaluation file is counted, whether that holds pairs or not")
  func against() throws {
    let sandbox = try Sandbox()
    let words = (0..<20).map { "word\($0)" }.joined(separator: " ")
    try sandbox.write(
      """
      {"prompt":"what?","chosen":"this one","rejected":"that one"}
      {"prompt":"why?","chosen":"so: \(words)","rejected":"b"}

      """, to: "data.jsonl")
    try sandbox.write(
      #"{"prompt":"what?","chosen":"that one","rejected":"this one"}"# + "\n", to: "pairs.jsonl")
    try sandbox.write(#"{"question":"who?","passage":"\#(words)"}"# + "\n", to: "texts.jsonl")
    func rows(_ file: String, _ test: String) throws -> [Int?]? {
      let report = try JSONFragment(
        sandbox.done("check", "data.jsonl", "--json", "--against", file).text)
      return report["overlap"]?[test]?["rows"]?.array?.map(\.integer)
    }
    #expect(try rows("pairs.jsonl", "prompt") == [0])
    #expect(try rows("pairs.jsonl", "pair") == [0])
    #expect(try rows("pairs.jsonl", "run") == [])
    #expect(try rows("texts.jsonl", "run") == [1])
    let text = try sandbox.done("check", "data.jsonl", "--against", "texts.jsonl").text
    #expect(text.contains("a run of 13 words with it (1 of its 1)"), "\(text)")
    let missing = try sandbox.demur("check", "data.jsonl", "--against", "nosuch.jsonl")
    #expect(missing.ending == .exited(4))
  }
}
