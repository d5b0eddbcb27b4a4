import ArgumentParser
import CurationInterface
import Foundation

struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "Print the keys of the terminal UI, and check them.",
    discussion: """
      Keys are changed in the configuration file ('demur config path'):

        [keys.pair]
        swap-preference = ["s", "S"]

      EXAMPLES
        demur keys list
        demur keys list --toml >> ~/.config/demur/config.toml
        demur keys check
      """,
    subcommands: [List.self, Check.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print every key with what it does, as a Markdown table.")

    @Flag(help: "Print the keys as a configuration file has them.") var toml = false
    @OptionGroup var configurationOption: ConfigurationOption

    func run() throws {
      let keymap = Settings.ofRun.keymap
      var output = StandardOutput()
      for line in toml ? keymap.configurationLines : keymap.markdownTable { try output.line(line) }
      try output.flush()
    }
  }

  struct Check: ParsableCommand, RunsUnconfigured {
    static let configuration = CommandConfiguration(
      abstract: "Say whether a key asks for two things, or is never reached.",
      discussion: "Exit status: 0 no, 1 yes, or something else in the file is wrong.")

    @Argument(
      help: ArgumentHelp(
        "A configuration file; the one of this account if not given.", valueName: "file"),
      completion: .file())
    var file: String?
    @OptionGroup var configurationOption: ConfigurationOption

    func run() throws {
      let configuration =
        file.map { path in
          Configuration(
            ConfigurationFile(arguments: ["--config", path], environment: [:]), environment: [:])
        } ?? Configuration.ofRun
      if let failure = configuration.failure { throw failure }
      for problem in configuration.problems {
        StandardError.line(problem.text(in: configuration.file.path))
      }
      if !configuration.problems.isEmpty { throw ExitCode(ExitStatus.no.rawValue) }
      StandardError.line("no key asks for two things, and all are reached")
    }
  }
}
