import Foundation
import Testing

/// A review told line by line.
@Suite("Linear reviews")
struct LinearTests {
  @Test("pairs are read and decided; the terminal is only written to", arguments: [true, false])
  func decide(isDumb: Bool) throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample()
    if isDumb { sandbox.environment["TERM"] = "dumb" }
    let interface = try Interface(sandbox, [file] + (isDumb ? [] : ["--linear"]))
    func wait(for text: String) throws {
      try interface.terminal.wait(for: text) { _ in
        String(decoding: interface.terminal.transcript, as: UTF8.self).contains(text)
      }
    }
    try wait(for: "Queue of support-chat.jsonl")
    interface.type("\r")
    try wait(for: "1 A much better, 2 A better")
    interface.type("2")
    try wait(for: "A better")
    interface.type("q")
    try wait(for: "of 62, row")
    interface.type("Q")
    _ = try Deadline.standard.wait(for: "the end or a question") {
      interface.terminal.read(waiting: 2)
      if interface.process.endingSoFar() != nil { return true }
      let isAsked = String(decoding: interface.terminal.transcript, as: UTF8.self).contains("y/n")
      return isAsked ? true : nil
    }
    if interface.process.endingSoFar() == nil { interface.type("y") }
    #expect(try interface.waitForEnding() == .exited(0))
    interface.expectRestored()
    #expect(!interface.terminal.transcript.contains(0x1B))
    #expect(try sandbox.loggedDecisions(of: file).count == 1)
  }

  @Test("what an unclear label means is asked in lines, and the answer is remembered")
  func labelQuestion() throws {
    let sandbox = try Sandbox()
    let rows = [0, 1, 2].map {
      #"{"prompt":"which?","response_a":"this \#($0)","response_b":"that \#($0)","label":\#($0)}"#
    }
    try sandbox.write(rows.joined(separator: "\n") + "\n", to: "votes.jsonl")
    sandbox.environment["TERM"] = "dumb"
    let interface = try Interface(sandbox, ["votes.jsonl"])
    func wait(for text: String) throws {
      try interface.terminal.wait(for: text) { _ in
        String(decoding: interface.terminal.transcript, as: UTF8.self).contains(text)
      }
    }
    try wait(for: "1 or 2 chooses")
    interface.type("2")
    try wait(for: "Queue of votes.jsonl")
    interface.type("\rya")
    try wait(for: "nothing can be copied")
    interface.process.signal(15)
    #expect(try interface.waitForEnding() == .exited(143))
    interface.expectRestored()
    #expect(!interface.terminal.transcript.contains(0x1B))
    #expect(try sandbox.done("check", "votes.jsonl", "--json").text.contains("side-by-side"))
  }

  @Test("a signal gives the terminal back")
  func signal() throws {
    let sandbox = try Sandbox()
    let interface = try Interface(sandbox, [try sandbox.sample(), "--linear"])
    try interface.terminal.wait(for: "Queue of support-chat.jsonl")
    interface.process.signal(15)
    #expect(try interface.waitForEnding() == .exited(143))
    interface.expectRestored()
  }
}
