import Foundation
import Testing

/// The main job on files that are not JSON lines.
@Suite("Containers")
struct ContainerTests {
  private static let table = """
    prompt,chosen,rejected,margin\r
    "what, then?",this one,"that
    one",1.50\r
    why?,because,"so ""they"" say",-2\r
    who?,you,me,0\r

    """

  @Test("a table is checked, decided and exported by its own cells")
  func table() throws {
    let sandbox = try Sandbox()
    try sandbox.write(Array(Self.table.utf8), to: "data.csv")
    let report = try JSONFragment(sandbox.demur("check", "data.csv", "--json").text)
    #expect(report["container"]?.string == "csv")
    #expect(report["rows"]?.integer == 3)
    #expect(report["pairs"]?.integer == 3)
    try sandbox.done("label", "data.csv", "row:0", "swap")
    try sandbox.done("label", "data.csv", "row:2", "drop")
    try sandbox.done("export", "data.csv", "-o", "clean.csv")
    #expect(
      String(decoding: try sandbox.bytes("clean.csv"), as: UTF8.self) == """
        prompt,chosen,rejected,margin\r
        "what, then?","that
        one",this one,-1.50\r
        why?,because,"so ""they"" say",-2\r

        """)
  }

  @Test("a record that does not fit its header is a problem with its line, and stays in the file")
  func raggedTable() throws {
    let sandbox = try Sandbox()
    let text = Self.table + "too,few\r\n"
    try sandbox.write(Array(text.utf8), to: "data.csv")
    let outcome = try sandbox.demur("check", "data.csv")
    #expect(outcome.ending == .exited(1))
    #expect(outcome.text.contains("line 6: 2 cells, but the header has 4"), "\(outcome.text)")
    try sandbox.done("export", "data.csv", "-o", "out.csv")
    #expect(try sandbox.bytes("out.csv") == Array(text.utf8))
  }

  @Test("a name that says another container is refused, unless the rows are converted")
  func otherContainer() throws {
    let sandbox = try Sandbox()
    try sandbox.write(Array(Self.table.utf8), to: "data.csv")
    try sandbox.write(#"{"prompt":"p","chosen":"c","rejected":"r"}"# + "\n", to: "data.jsonl")
    for (input, output, kept) in [
      ("data.csv", "out.jsonl", "a table"), ("data.csv", "out.JSON.gz", "a table"),
      ("data.jsonl", "out.csv", "JSON lines"), ("data.jsonl", "out.tsv.xz", "JSON lines"),
      ("data.jsonl", "out.arrow", "JSON lines"),
    ] {
      let outcome = try sandbox.demur("export", input, "-o", output)
      #expect(outcome.ending == .exited(2), "\(input) to \(output)")
      try expectOneSentence(outcome.error)
      #expect(outcome.error.contains("stay \(kept)"), "\(outcome.error)")
    }
    for (input, output) in [
      ("data.csv", "out.tsv"), ("data.csv", "out"), ("data.jsonl", "out.json"),
      ("data.jsonl", "v1.2"),
    ] {
      try sandbox.done("export", input, "-o", output)
      #expect(try sandbox.bytes(output) == sandbox.bytes(input))
    }
    try sandbox.done("export", "data.csv", "-o", "out.jsonl", "--format", "trl")
  }

  @Test(
    "compression follows the name of the output, whatever the input's",
    arguments: ["gz", "zst", "xz"])
  func compression(suffix: String) throws {
    let sandbox = try Sandbox()
    try sandbox.write(Array(Self.table.utf8), to: "data.csv")
    try sandbox.done("export", "data.csv", "-o", "packed.csv.\(suffix)")
    let report = try JSONFragment(sandbox.demur("check", "packed.csv.\(suffix)", "--json").text)
    #expect(report["container"]?.string == "csv.\(suffix)")
    try sandbox.done("export", "packed.csv.\(suffix)", "-o", "again.csv")
    #expect(try sandbox.bytes("again.csv") == Array(Self.table.utf8))
  }

  @Test("a folder of files is one data set with one review, and becomes a folder of such files")
  func folder() throws {
    let sandbox = try Sandbox()
    let rows = (0..<4).map { "{\"prompt\":\"p\($0)\",\"chosen\":\"c\",\"rejected\":\"r\"}\n" }
    try FileManager.default.createDirectory(
      atPath: sandbox.path + "/set/data", withIntermediateDirectories: true)
    try sandbox.write(Array((rows[0] + rows[1]).utf8), to: "set/data/a.jsonl")
    try sandbox.write(Array((rows[2] + "oops\n" + rows[3]).utf8), to: "set/data/b.jsonl")
    let outcome = try sandbox.demur("check", "set")
    #expect(outcome.text.contains("2 files of jsonl"), "\(outcome.text)")
    #expect(outcome.text.contains("data/b.jsonl, line 2"), "\(outcome.text)")
    try sandbox.done("label", "set/", "row:2", "swap")
    #expect(try sandbox.names() == ["home", "set", "set.demur"])
    try sandbox.done("export", "set", "-o", "clean/")
    #expect(try sandbox.bytes("clean/data/a.jsonl") == Array((rows[0] + rows[1]).utf8))
    let swapped = "{\"prompt\":\"p2\",\"chosen\":\"r\",\"rejected\":\"c\"}\n"
    #expect(
      try sandbox.bytes("clean/data/b.jsonl") == Array((swapped + "oops\n" + rows[3]).utf8))
    try sandbox.done("export", "set", "-o", "clean.jsonl")
    #expect(
      try sandbox.bytes("clean.jsonl")
        == Array((rows[0] + rows[1] + swapped + "oops\n" + rows[3]).utf8))
  }
}
