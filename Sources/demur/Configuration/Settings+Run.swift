import ArgumentParser
import CurationEngine
import CurationInterface
import Foundation
import PreferenceScoring

/// What was settled before the command line was parsed: by the configuration file and the
/// environment.
struct Configuration {
  let file: ConfigurationFile
  let settings: Settings
  /// Everything in file and environment that cannot be meant so.
  let problems: [SettingProblem]
  /// Why the file could not be read at all.
  let failure: Failure?

  /// The configuration of this run. Options take what they stand for from here, so it is read once,
  /// before the first of them is.
  static let ofRun = Configuration(
    ConfigurationFile(
      arguments: Array(CommandLine.arguments.dropFirst()),
      environment: ProcessInfo.processInfo.environment),
    environment: ProcessInfo.processInfo.environment)

  init(_ file: ConfigurationFile, environment: [String: String]) {
    self.file = file
    do throws(Failure) {
      (settings, problems) = try file.settings(of: try file.source(), environment: environment)
      failure = nil
    } catch {
      (settings, problems) = Settings.read(nil, environment: environment)
      failure = error
    }
  }

  /// Fails with all that is wrong; does nothing where nothing is.
  func check() throws(Failure) {
    if let failure { throw failure }
    guard let last = problems.last else { return }
    for problem in problems.dropLast() {
      StandardError.line("demur: \(problem.text(in: file.path))")
    }
    throw Failure(
      .usage, what: last.text(in: file.path),
      remedy: "see 'demur config show' and 'demur keys check'")
  }
}

extension Settings {
  /// What holds in this run where no option says otherwise.
  static var ofRun: Settings { Configuration.ofRun.settings }

  var jobs: Int {
    wholeNumber(.jobs).flatMap { Int(exactly: $0) } ?? ProcessInfo.processInfo.activeProcessorCount
  }

  var flagShare: Double { number(.flagShare) ?? ScanSettings().flagShare }

  /// Nil where nobody says which signals.
  var signals: Set<SignalID>? {
    text(.signals).map { text in
      switch text {
      case "all": Set(SignalID.selectable)
      case "none": []
      default:
        Set(text.split(separator: ",").map { SignalID(rawValue: String($0)) })
          .intersection(SignalID.selectable)
      }
    }
  }

  var color: ColourChoice { text(.color).flatMap(ColourChoice.init) ?? .auto }
}

/// A command that works where the configuration does not: it is how one finds out why.
protocol RunsUnconfigured {}

/// Names the configuration file; every command has it.
struct ConfigurationOption: ParsableArguments {
  @Option(
    name: .customLong("config"),
    help: ArgumentHelp(
      "The configuration file, instead of DEMUR_CONFIG or ~/.config/demur/config.toml.",
      valueName: "file"),
    completion: .file())
  var path: String?
}
