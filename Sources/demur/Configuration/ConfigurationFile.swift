import CurationInterface
import DatasetFiles
import Foundation
import TerminalSurface

/// The configuration file of a run: where it is, and what is in it.
struct ConfigurationFile {
  let path: String
  /// Whether a person named it, so that it has to be there.
  let isNamed: Bool

  /// `--config` wins over `DEMUR_CONFIG`, and that over the standard place.
  ///
  /// - Parameters:
  ///   - arguments: The command line without the program's name; looked through before it is parsed,
  ///     since the file says what options stand for that are not given.
  ///   - environment: The environment variables.
  init(arguments: [String], environment: [String: String]) {
    let named = Self.option(in: arguments) ?? environment["DEMUR_CONFIG"] ?? ""
    isNamed = !named.isEmpty
    path = named.isEmpty ? ConfigurationFolder.path(environment) + "/config.toml" : named
  }

  /// The last value of `--config`, as the parser would find it.
  private static func option(in arguments: [String]) -> String? {
    let options = arguments.prefix { $0 != "--" }
    var value: String?
    for (place, argument) in zip(options.indices, options) {
      if argument == "--config", place + 1 < options.endIndex { value = options[place + 1] }
      if argument.hasPrefix("--config=") { value = String(argument.dropFirst(9)) }
    }
    return value
  }

  /// Its text, or nil where there is none and nobody named it.
  func source() throws(Failure) -> String? {
    guard FileManager.default.fileExists(atPath: path) else {
      guard isNamed else { return nil }
      throw Failure(
        .file, what: "there is no configuration file \(Table.line(path))",
        remedy: "write one, or leave out --config and DEMUR_CONFIG")
    }
    do {
      // Not by Data(contentsOf:), which refuses /dev/null: that is how one says "no file".
      let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      return String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
    } catch {
      throw Failure(
        .file, what: "the configuration file \(Table.line(path)) cannot be read",
        why: error.localizedDescription, remedy: "check its mode")
    }
  }

  /// What `source` says, with the environment on top.
  ///
  /// - Returns: The settings and every problem. A file that is no TOML throws.
  func settings(
    of source: String?, environment: [String: String]
  ) throws(Failure) -> (settings: Settings, problems: [SettingProblem]) {
    do throws(TOMLFile.Failure) {
      return Settings.read(
        try source.map { text throws(TOMLFile.Failure) in try TOMLFile(text) },
        environment: environment)
    } catch {
      throw Failure(error, configuration: path)
    }
  }

  /// Says one setting anew in the file, which is made where it is not there.
  func say(_ setting: Setting, _ text: String) throws(Failure) {
    let before = FileManager.default.fileExists(atPath: path) ? try source() ?? "" : ""
    guard let after = Settings.saying(setting, text, in: before) else {
      throw Failure(
        .usage, what: "\(setting.rawValue) cannot be \(Table.line(text))",
        why: "it takes \(setting.kind.text)")
    }
    _ = try settings(of: after, environment: [:])
    do {
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let file = try AtomicFile(path: path)
      try file.write(after)
      try file.commit()
    } catch let error as ExportError {
      throw Failure(error, path: path)
    } catch {
      throw Failure(
        .file, what: "\(Table.line(path)) cannot be written", why: error.localizedDescription)
    }
  }
}

/// The folder of everything that a person may configure.
enum ConfigurationFolder {
  static func path(_ environment: [String: String]) -> String {
    let wanted = environment["XDG_CONFIG_HOME"] ?? ""
    return (wanted.hasPrefix("/") ? wanted : HomeFolder.path + "/.config") + "/demur"
  }
}
