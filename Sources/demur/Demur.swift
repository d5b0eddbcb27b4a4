import ArgumentParser
import DatasetFiles
import Foundation

/// The program. It parses its arguments, runs one command, and turns every way of failing into one
/// sentence and an exit status.
@main
struct Demur: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demur",
    abstract: "Find, judge and mend wrong labels in preference data.",
    discussion: """
      demur FILE opens the terminal UI; every view also has a subcommand.

      EXAMPLES
        demur train.jsonl                      review, worst labels first
        demur scan train.jsonl                 the ten most suspicious pairs
        demur export train.jsonl -o clean.jsonl
      """,
    version: Version.current,
    subcommands: [
      ReviewCommand.self, ScanCommand.self, CheckCommand.self, DiffCommand.self, ListCommand.self,
      ShowCommand.self,
      LabelCommand.self, ApplyCommand.self, UndoCommand.self, LogCommand.self, StatsCommand.self,
      AuditCommand.self,
      ExportCommand.self, EvaluateCommand.self, BiasCommand.self, ThemeCommand.self,
      KeysCommand.self, ConfigCommand.self, DoctorCommand.self, CompletionCommand.self,
      ManCommand.self,
    ],
    defaultSubcommand: ReviewCommand.self)

  /// The names of all commands, for suggestions.
  static var commandNames: [String] {
    configuration.subcommands.compactMap { $0.configuration.commandName }
  }

  static func main() {
    LargeMemory.returnAtOnce()
    // The parser knows --version alone.
    if CommandLine.arguments.dropFirst().first == "-V" { return print(Version.current) }
    do {
      var command = try parseAsRoot()
      if !(command is any RunsUnconfigured) { try Configuration.ofRun.check() }
      try command.run()
    } catch let failure as Failure {
      StandardError.line("demur: \(failure.problem)")
      Foundation.exit(failure.status.rawValue)
    } catch let status as ExitCode {
      Foundation.exit(status.rawValue)
    } catch {
      if exitCode(for: error) == .success {
        print(fullMessage(for: error))
      } else {
        let failure = Failure(
          usage: message(for: error), arguments: Array(CommandLine.arguments.dropFirst()))
        StandardError.line("demur: \(failure.problem)")
        Foundation.exit(failure.status.rawValue)
      }
    }
  }
}

/// The version of the program, as `--version` and the manifest of an export say it.
enum Version {
  static let current = "0.1.0"
}
