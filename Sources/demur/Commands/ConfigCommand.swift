import ArgumentParser
import CurationInterface
import PreferenceData

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Print and change what holds where no option says otherwise.",
    discussion: """
      An option wins over the environment (DEMUR_THEME, DEMUR_FLAG_SHARE, ...), that
      over the configuration file, and that over what Demur comes with. The file is
      TOML:

        theme = "light"
        flag-share = 0.1
        [keys.pair]
        swap-preference = ["s", "S"]

      'demur keys list --toml' prints all keys in that form.

      EXAMPLES
        demur config show
        demur config set theme light
      """,
    subcommands: [Show.self, Path.self, Set.self])

  struct Show: ParsableCommand, RunsUnconfigured {
    static let configuration = CommandConfiguration(
      abstract: "Print every setting, its value, and where that came from.",
      discussion: "Exit status: 1 where something in file or environment cannot be meant so.")

    @OptionGroup var configurationOption: ConfigurationOption
    @Flag(help: "Print one JSON object.") var json = false

    func run() throws {
      let configuration = Configuration.ofRun
      var output = StandardOutput()
      for line in json ? [self.json(configuration).text] : lines(configuration) {
        try output.line(line)
      }
      try output.flush()
      if let failure = configuration.failure { throw failure }
      for problem in configuration.problems {
        StandardError.line("demur: \(problem.text(in: configuration.file.path))")
      }
      if !configuration.problems.isEmpty { throw ExitCode(ExitStatus.no.rawValue) }
    }

    private func lines(_ configuration: Configuration) -> [String] {
      let settings = configuration.settings
      let plain = Setting.allCases.map { setting in
        let value = settings[setting]
        return line(setting.rawValue, value.text ?? "-", value.source.text)
      }
      let keys = settings.rebindings.map { rebinding in
        line(
          "keys.\(rebinding.scope.rawValue).\(rebinding.action.rawValue)",
          rebinding.sequences.map(\.description).joined(separator: " "),
          Settings.Source.file(line: rebinding.line).text)
      }
      return ["file: \(Table.line(configuration.file.path))"] + plain + keys
    }

    private func line(_ name: String, _ value: String, _ source: String) -> String {
      [name.count > 12 ? name : Table.cell(name, 12), Table.cell(value, 20), source]
        .joined(separator: "  ")
    }

    private func json(_ configuration: Configuration) -> JSONValue {
      let settings = configuration.settings
      return [
        "file": .string(configuration.file.path),
        "settings": .object(
          Setting.allCases.map { setting in
            let value = settings[setting]
            return .init(
              setting.rawValue,
              [
                "value": JSONValue(value.text) { .string($0) },
                "from": .string(value.source.text),
              ])
          }),
        "keys": .array(
          settings.rebindings.map { rebinding in
            [
              "scope": .string(rebinding.scope.rawValue),
              "action": .string(rebinding.action.rawValue),
              "keys": .array(rebinding.sequences.map { .string($0.description) }),
              "from": .string(Settings.Source.file(line: rebinding.line).text),
            ]
          }),
        "problems": .array(
          configuration.problems.map { .string($0.text(in: configuration.file.path)) }
            + (configuration.failure.map { [.string($0.problem.description)] } ?? [])),
      ]
    }
  }

  struct Path: ParsableCommand, RunsUnconfigured {
    static let configuration = CommandConfiguration(
      abstract: "Print where the configuration file is looked for.")

    @OptionGroup var configurationOption: ConfigurationOption

    func run() throws {
      var output = StandardOutput()
      try output.line(Configuration.ofRun.file.path)
      try output.flush()
    }
  }

  struct Set: ParsableCommand, RunsUnconfigured {
    static let configuration = CommandConfiguration(
      abstract: "Write one setting into the configuration file; its other lines stay.",
      discussion: "EXAMPLE\n  demur config set flag-share 0.1")

    @Argument(
      help: ArgumentHelp("What to settle: 'demur config show' lists it.", valueName: "setting"),
      completion: .list(Setting.allCases.map(\.rawValue)))
    var name: String
    @Argument(help: "Its value, as the option of that name takes it.") var value: String
    @OptionGroup var configurationOption: ConfigurationOption

    func run() throws {
      guard let setting = Setting(rawValue: name) else {
        let known = Setting.allCases.map(\.rawValue)
        throw Failure(
          .usage, what: "there is no setting \(Table.line(name))",
          why: Suggestion.nearest(to: name, among: known).map { "did you mean \($0)?" } ?? "",
          remedy: "see 'demur config show'")
      }
      try Configuration.ofRun.file.say(setting, value)
    }
  }
}
