import CurationInterface
import Foundation
import PreferenceData

extension Failure {
  /// The sentence for arguments that cannot be understood.
  ///
  /// - Parameters:
  ///   - message: What ArgumentParser says of them, on several lines where it lists values.
  ///   - arguments: The command line without the program's name.
  init(usage message: String, arguments: [String]) {
    let first = arguments.first ?? ""
    let command = Demur.commandNames.contains(first) ? first : nil
    let lines = message.split(whereSeparator: \.isNewline).map { line in
      let text = line.trimmingCharacters(in: .whitespaces)
      return text.hasPrefix("- ") ? String(text.dropFirst(2)) : text
    }
    let values = lines.dropFirst().joined(separator: ", ")
    let what =
      "\(lines.first ?? "the arguments make no sense")\(values.isEmpty ? "" : " \(values)")"
    // A misspelt command is taken for a file by the default command, and its file for one too many.
    let isFile = FileManager.default.fileExists(atPath: first)
    let meant =
      command == nil && !isFile ? Suggestion.nearest(to: first, among: Demur.commandNames) : nil
    self.init(
      .usage, what: Table.line(what), why: meant.map { "did you mean the command '\($0)'?" } ?? "",
      remedy: "see 'demur \(command.map { "\($0) " } ?? "")--help'")
  }
}
