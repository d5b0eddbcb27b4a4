import Foundation
import Testing

@Suite("Manual, completions, doctor")
struct AroundTests {
  private static let macros: Set<String> = [
    ".TH", ".SH", ".PP", ".TP", ".B", ".nf", ".fi", ".RS", ".RE",
  ]

  @Test("every page of the manual is well made and says its name first")
  func pages() throws {
    let sandbox = try Sandbox()
    let list = try sandbox.done("man", "--list").lines
    #expect(list.count == 5)
    for file in list {
      let name = String(file.split(separator: ".")[0])
      let page = try sandbox.done("man", name)
      #expect(page.output.allSatisfy { $0 < 0x80 })
      #expect(page.lines[0].hasPrefix(".TH \"\(name.uppercased())\""))
      #expect(page.lines[1] == ".SH NAME")
      #expect(page.lines[2].contains(" \\- "))
      var depth = 0
      for line in page.lines where line.hasPrefix(".") || line.hasPrefix("'") {
        let macro = String(line.prefix { $0 != " " })
        #expect(Self.macros.contains(macro), "\(line)")
        if macro == ".nf" { depth += 1 }
        if macro == ".fi" { depth -= 1 }
        #expect((0...1).contains(depth))
      }
      #expect(depth == 0)
      if FileManager.default.isExecutableFile(atPath: "/usr/bin/groff") {
        try sandbox.write(page.output, to: file)
        let error = sandbox.path(of: "groff.err")
        let groff = try ChildProcess(
          ["/usr/bin/groff", "-man", "-ww", "-z", sandbox.path(of: file)],
          environment: sandbox.environment, folder: sandbox.path,
          streams: .init(output: "/dev/null", error: error))
        #expect(try groff.waitForEnding() == .exited(0))
        #expect(try sandbox.bytes("groff.err") == [])
      }
    }
    #expect(try sandbox.demur("man", "none").ending == .exited(2))
  }

  @Test("the manual names every command, every key's action, and every member of a log line")
  func pagesAreComplete() throws {
    let sandbox = try Sandbox()
    try sandbox.sample()
    let program = try sandbox.done("man").text
    for command in ["review", "scan", "ls", "config", "doctor", "completion", "man"] {
      #expect(program.contains(".B \"\(command)\""))
    }
    #expect(program.contains(".SH \"DEMUR EXPORT\""))
    let keys = try sandbox.done("man", "demur-keys").text
    for line in try sandbox.done("keys", "list", "--toml").lines where line.contains(" = ") {
      let action = line.split(separator: " ")[0].replacing("-", with: "\\-")
      #expect(keys.contains(".B \"\(action) "))
    }
    try sandbox.done(
      "label", "support-chat.jsonl", "row:1", "swap", "--strength", "2", "--tag", "x")
    let journal = try sandbox.done("man", "demur-journal").text
    let line = try #require(try sandbox.loggedDecisions(of: "support-chat.jsonl").first)
    for member in line.keys { #expect(journal.contains(member), "\(member)") }
  }

  @Test("shells get their completions, and words for rows and tags")
  func completions() throws {
    let sandbox = try Sandbox()
    try sandbox.sample()
    for shell in ["bash", "zsh", "fish"] {
      #expect(try sandbox.done("completion", shell).text.contains("flag-share"))
    }
    try sandbox.write(try sandbox.done("completion", "bash").output, to: "demur.bash")
    let bash = try ChildProcess(
      ["/bin/bash", "-n", sandbox.path(of: "demur.bash")], environment: sandbox.environment,
      folder: sandbox.path,
      streams: .init(output: "/dev/null", error: sandbox.path(of: "bash.err")))
    #expect(try bash.waitForEnding() == .exited(0))
    #expect(try sandbox.demur("completion", "tcsh").ending == .exited(2))
  }

  @Test("behind a file, where the command is left out, zsh and fish offer the options of the UI")
  func completionsBehindFile() throws {
    let sandbox = try Sandbox()
    try sandbox.sample()
    #expect(
      try sandbox.done("completion", "zsh").text.contains("words=(review \"${words[@]}\")"))
    let script = try sandbox.done("completion", "fish")
    #expect(script.text.contains("set -p unparsed_tokens review"))
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/fish") else { return }
    try sandbox.write(script.output, to: "demur.fish")
    for (line, word) in [
      ("demur support-chat.jsonl --the", "--theme"), ("demur support", "support-chat.jsonl"),
      ("demur sta", "stats"), ("demur scan support-chat.jsonl --flag", "--flag-share"),
    ] {
      let offered = sandbox.path(of: "offered")
      let fish = try ChildProcess(
        ["/usr/bin/fish", "--no-config", "-c", "source demur.fish; complete -C '\(line)'"],
        environment: sandbox.environment, folder: sandbox.path,
        streams: .init(output: offered, error: "/dev/null"))
      #expect(try fish.waitForEnding() == .exited(0))
      let words = String(decoding: try sandbox.bytes("offered"), as: UTF8.self)
      #expect(words.contains(word), "\(line)")
    }
  }

  @Test("the doctor says what blocks the screen, and what to do")
  func doctor() throws {
    let sandbox = try Sandbox()
    try sandbox.sample()
    let well = try sandbox.done("doctor", "support-chat.jsonl")
    #expect(well.text.contains("support-chat.jsonl.demur (not there yet)"))
    #expect(!sandbox.exists("support-chat.jsonl.demur"))
    sandbox.environment["TERM"] = "no-such-terminal"
    let ill = try sandbox.demur("doctor", "--json")
    #expect(ill.ending == .exited(1))
    let checks = try JSONFragment(#require(ill.lines.first)).object?["checks"]?.array ?? []
    let terminal = checks.first { $0.object?["name"]?.string == "terminal" }?.object
    #expect(terminal?["state"]?.string == "blocked")
    #expect(terminal?["remedy"]?.string?.isEmpty == false)
    #expect(try sandbox.done("-V").output == sandbox.done("--version").output)
  }
}
