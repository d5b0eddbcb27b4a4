import ArgumentParser
import CurationInterface
import Foundation

/// What the parser knows of a command: the part of its description for programs that the manual needs.
struct CommandDescription: Decodable {
  struct Root: Decodable {
    let command: CommandDescription
  }

  struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String
    }

    let kind: String
    let shouldDisplay: Bool
    let isOptional: Bool
    let isRepeating: Bool
    let names: [Name]?
    let valueName: String?
    let defaultValue: String?
    let abstract: String?

    /// What holds where it is not given, unless that depends on the machine.
    var standard: String? {
      let isOfMachine = (names ?? []).contains { $0.name == Setting.jobs.rawValue }
      return isOfMachine ? nil : defaultValue
    }

    /// How it is written: `-o, --output <file>`.
    var usage: String {
      let value = valueName.map { "<\($0)>" } ?? ""
      guard kind != "positional" else { return value }
      let spelled = (names ?? []).map { ($0.kind == "long" ? "--" : "-") + $0.name }
      return spelled.joined(separator: ", ") + (kind == "option" ? " \(value)" : "")
    }
  }

  let commandName: String
  let abstract: String?
  let discussion: String?
  let subcommands: [CommandDescription]?
  let arguments: [Argument]?

  /// The whole program.
  static func ofProgram() throws -> CommandDescription {
    try JSONDecoder().decode(Root.self, from: Data(Demur._dumpHelp().utf8)).command
  }

  /// Its own subcommands, without those that the parser adds.
  var ownSubcommands: [CommandDescription] {
    (subcommands ?? []).filter { $0.commandName != "help" }
  }

  var ownArguments: [Argument] {
    (arguments ?? []).filter { argument in
      argument.shouldDisplay
        && !(argument.names ?? []).contains { ["help", "version"].contains($0.name) }
    }
  }
}
