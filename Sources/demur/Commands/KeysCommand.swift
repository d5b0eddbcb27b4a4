import ArgumentParser
import CurationInterface

struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "Print the keys of the terminal UI, and check them.",
    subcommands: [List.self, Check.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print every key with what it does, as a Markdown table.")

    func run() throws {
      var output = StandardOutput()
      for line in Keymap.standard.markdownTable { try output.line(line) }
      try output.flush()
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say whether a key asks for two things. Exit status: 0 no, 1 yes.")

    func run() throws {
      let clashes = Keymap.standard.clashes
      for clash in clashes {
        let actions = clash.actions.map(\.rawValue).joined(separator: ", ")
        StandardError.line("\(clash.sequence) in \(clash.scope.rawValue): \(actions)")
      }
      if !clashes.isEmpty { throw ExitCode(ExitStatus.no.rawValue) }
      StandardError.line("no key asks for two things")
    }
  }
}
