import Foundation
import Testing

/// The screen loop driven by keys from a file or the command line.
@Suite("Key scripts in the program")
struct ScriptTests {
  @Test("keys decide in the real journal, and the last screen is printed at the size asked for")
  func keys() throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample()
    let outcome = try sandbox.done(file, "--keys", "Enter a b u", "--size", "100x30", "--ascii")
    #expect(outcome.lines.count == 30)
    #expect(outcome.lines.allSatisfy { $0.utf8.count == 100 })
    #expect(outcome.text.contains("undone"))
    let decisions = try sandbox.loggedDecisions(of: file)
    #expect(decisions.count == 2)
    #expect(decisions.map { $0["undone"] != nil } == [false, true])
    #expect(decisions.allSatisfy { $0["annotator"]?.string == "kim" })
    // Nobody has looked at these pairs for any time.
    #expect(decisions.allSatisfy { $0["served"]?["seconds"] == nil })
  }

  @Test("the first key waits until the rows are known and the review is open")
  func firstKeyWaits() throws {
    let sandbox = try Sandbox()
    let row = #"{"prompt":"which of them?","chosen":"one","rejected":"another"}"#
    try sandbox.write(String(repeating: row + "\n", count: 20_000), to: "long.jsonl")
    try sandbox.write("Enter\na\n:expect row 0: \n:dump-screen -\n", to: "steps.txt")
    try sandbox.done("long.jsonl", "--script", "steps.txt")
    #expect(try sandbox.loggedDecisions(of: "long.jsonl").count == 1)
  }

  @Test("the same keys on the same review print the same screen")
  func sameScreen() throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample()
    let screens = try (0..<2).map { _ in
      try sandbox.done(file, "--keys", "j j m G Enter p gd", "--ascii").output
    }
    #expect(screens[0] == screens[1])
  }

  @Test("an expectation that is not met ends the script with its line, and the keys stay saved")
  func expectation() throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample()
    try sandbox.write(
      """
      :wait idle
      Enter
      :expect not decided
      t
      :refuse no such text
      :expect tie
      :dump-screen screen.txt
      :expect something else entirely
      t
      """, to: "steps.txt")
    let outcome = try sandbox.demur(file, "--script", "steps.txt")
    #expect(outcome.ending == .exited(1))
    try expectOneSentence(outcome.error)
    #expect(outcome.error.contains("line 8 of steps.txt"))
    #expect(outcome.output.isEmpty)
    let screen = String(decoding: try sandbox.bytes("screen.txt"), as: UTF8.self)
    #expect(screen.contains(": tie"))
    #expect(try sandbox.loggedDecisions(of: file).count == 1)
  }

  @Test("a script that leaves and goes on, or makes no sense, is refused in one sentence")
  func refusals() throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample()
    // While a scan runs, leaving asks first.
    try sandbox.write(":wait idle\nQ\na\n", to: "late.txt")
    try sandbox.write("a\n:wiat idle\n", to: "wrong.txt")
    for (words, status, part) in [
      (["--script", "late.txt"], 1, "line 3"), (["--script", "wrong.txt"], 2, "line 2"),
      (["--script", "missing.txt"], 4, "missing.txt"), (["--keys", "Entr"], 2, "Entr"),
      (["--keys", "a", "--size", "big"], 2, "big"),
      (["--keys", "a", "--script", "late.txt"], 2, "exclude"),
    ] as [([String], Int32, String)] {
      let outcome = try sandbox.demur([file] + words)
      #expect(outcome.ending == .exited(status), "\(words)")
      try expectOneSentence(outcome.error)
      #expect(outcome.error.contains(part), "\(outcome.error)")
    }
  }
}
