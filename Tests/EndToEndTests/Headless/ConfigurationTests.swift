import Testing

@Suite("Settings of a run")
struct ConfigurationTests {
  private func sandbox() throws -> Sandbox {
    let sandbox = try Sandbox()
    sandbox.environment["DEMUR_ANNOTATOR"] = nil
    try sandbox.sample()
    return sandbox
  }

  @Test(
    "an option wins over the environment, that over the file, and that over what Demur comes with")
  func precedence() throws {
    let sandbox = try sandbox()
    var row = 0
    func annotator(_ options: String...) throws -> String? {
      row += 1
      let label = [
        "label", "support-chat.jsonl", "row:\(row)", "keep", "--session", sandbox.path(of: "s"),
      ]
      let outcome = try sandbox.demur(label + options)
      try #require(outcome.isDone, "\(outcome.error)")
      let log = try sandbox.done(
        "log", "support-chat.jsonl", "--jsonl", "--session", sandbox.path(of: "s"))
      return try JSONFragment(#require(log.lines.last)).object?["annotator"]?.string
    }
    try sandbox.write("annotator = 'from-file'\n", to: "mine.toml")
    #expect(try annotator("--config", "mine.toml") == "from-file")
    sandbox.environment["DEMUR_CONFIG"] = sandbox.path(of: "mine.toml")
    #expect(try annotator() == "from-file")
    sandbox.environment["DEMUR_ANNOTATOR"] = "from-environment"
    #expect(try annotator() == "from-environment")
    #expect(try annotator("--annotator", "from-option") == "from-option")
  }

  @Test("what is set is in the file, and shown with where it came from")
  func setAndShow() throws {
    let sandbox = try sandbox()
    #expect(
      try sandbox.done("config", "path").lines == [sandbox.path + "/home/.config/demur/config.toml"]
    )
    try sandbox.done("config", "set", "flag-share", "0.1")
    try sandbox.done("config", "set", "theme", "light")
    #expect(
      try sandbox.bytes("home/.config/demur/config.toml")
        == Array("flag-share = 0.1\ntheme = \"light\"\n".utf8))
    sandbox.environment["DEMUR_SEED"] = "7"
    let shown = try JSONFragment(#require(sandbox.done("config", "show", "--json").lines.first))
    let settings = try #require(shown.object?["settings"]?.object)
    #expect(settings["theme"]?.object?["from"]?.string == "file, line 2")
    #expect(settings["seed"]?.object?["from"]?.string == "DEMUR_SEED")
    #expect(settings["color"]?.object?["from"]?.string == "as Demur comes")
    let refused = try sandbox.demur("config", "set", "flag-shore", "1")
    #expect(refused.ending == .exited(2))
    #expect(refused.error.contains("did you mean flag-share?"))
  }

  @Test("a wrong file stops every command but those that find out why")
  func wrongFile() throws {
    let sandbox = try sandbox()
    try sandbox.write("colour = 16\n[keys.pair]\ndecide-tie = 'u'\n", to: "wrong.toml")
    sandbox.environment["DEMUR_CONFIG"] = sandbox.path(of: "wrong.toml")
    let refused = try sandbox.demur("check", "support-chat.jsonl")
    #expect(refused.ending == .exited(2))
    #expect(
      refused.error.contains("wrong.toml, line 1: there is no setting colour: did you mean color?"))
    #expect(refused.error.contains("wrong.toml, line 3: in pair, u asks for two things"))
    #expect(refused.output.isEmpty)
    for words in [["config", "show"], ["keys", "check"], ["doctor"]] {
      #expect(try sandbox.demur(words).ending == .exited(1))
    }
    #expect(try sandbox.demur("keys", "check", "/dev/null").isDone)
    sandbox.environment["DEMUR_CONFIG"] = sandbox.path(of: "none.toml")
    #expect(try sandbox.demur("check", "support-chat.jsonl").ending == .exited(4))
  }

  @Test("a remapped key is in the list, and the list is a file that can be read")
  func remappedKeys() throws {
    let sandbox = try sandbox()
    try sandbox.write("[keys.pair]\nprefer-a = ['W', 'F5']\n", to: "mine.toml")
    let list = try sandbox.done("keys", "list", "--config", "mine.toml")
    #expect(list.text.contains("| pair | `W` `F5` | A is better |"))
    let toml = try sandbox.done("keys", "list", "--toml", "--config", "mine.toml")
    try sandbox.write(toml.output, to: "all.toml")
    #expect(try sandbox.done("keys", "list", "--config", "all.toml").output == list.output)
  }
}
