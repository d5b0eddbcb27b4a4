import Foundation
import Testing

/// Queries on the command line.
@Suite("Queries without a screen")
struct QueryCommandTests {
  private static let rows = (0..<40).map { number in
    let answer = String(repeating: "word ", count: 3 + number % 7)
    return #"{"id":"r\#(number)","prompt":"question \#(number)","chosen":"yes \#(answer)","#
      + #""rejected":"no, caf\u00e9 \#(number % 4)","source":"\#(number % 2 == 0 ? "web" : "mail")"}"#
      + "\n"
  }

  private func sandbox() throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.write(Self.rows.joined(), to: "data.jsonl")
    return sandbox
  }

  @Test("ls lists what a query finds, and exits with 1 where it finds nothing")
  func list() throws {
    let sandbox = try sandbox()
    let found = try sandbox.done(
      "ls", "data.jsonl", "--ids", "-q", "prompt~/question [0-4]$/ -words(chosen)<5 sort:-row")
    #expect(found.text.split(separator: "\n") == ["r4", "r3", "r2", "r1"])
    let escaped = try sandbox.done(
      "ls", "data.jsonl", "--ids", "-q", "\"CAFÉ 3\" sort:row", "-n", "2")
    #expect(escaped.text == "r3\nr7\n")
    let flat = try sandbox.done("ls", "data.jsonl", "--flat", "-q", "id:r7")
    #expect(flat.text.split(separator: "\n").count == 1)
    let column = try sandbox.done("ls", "data.jsonl", "--ids", "-q", "col.source:web row:2,3")
    #expect(column.text == "r2\n")
    let none = try sandbox.demur("ls", "data.jsonl", "-q", "nowhere")
    #expect(none.ending == .exited(1))
    #expect(none.text.split(separator: "\n").count == 1)
  }

  @Test("a query that makes no sense is a usage error, with a mark under its place")
  func refused() throws {
    let sandbox = try sandbox()
    let refused = try sandbox.demur("ls", "data.jsonl", "-q", "susp>.5 sorce:web")
    #expect(refused.ending == .exited(2))
    #expect(refused.text.isEmpty)
    let lines = refused.error.split(separator: "\n")
    #expect(lines.first == "  susp>.5 sorce:web")
    #expect(lines.dropFirst().first == "          ^")
    #expect(refused.error.contains("did you mean source?"))
  }

  @Test("an export writes the rows that a query finds, byte for byte, and says so in its manifest")
  func export() throws {
    let sandbox = try sandbox()
    try sandbox.done("export", "data.jsonl", "-o", "out.jsonl", "--rows", "source:web -row<30")
    let expected = stride(from: 30, to: 40, by: 2).map { Self.rows[$0] }.joined()
    #expect(try sandbox.bytes("out.jsonl") == Array(expected.utf8))
    let manifest = try JSONFragment(sandbox.bytes("out.jsonl.manifest.json"))
    #expect(manifest["settings"]?["rows"]?.string == "source:\"web\" -(row<30)")
    let none = try sandbox.demur("export", "data.jsonl", "-o", "none.jsonl", "--rows", "reviewd")
    #expect(none.ending == .exited(1))
    #expect(none.error.contains("--rows reviewed"))
  }
}
