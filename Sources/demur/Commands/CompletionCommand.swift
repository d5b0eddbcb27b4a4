import ArgumentParser

struct CompletionCommand: ParsableCommand, RunsUnconfigured {
  static let configuration = CommandConfiguration(
    commandName: "completion", abstract: "Print a shell's completions of demur.",
    discussion: """
      Completes commands, options, files, themes, rows, tags and fields.

      EXAMPLES
        demur completion bash > ~/.local/share/bash-completion/completions/demur
        demur completion zsh > ~/.zfunc/_demur
        demur completion fish > ~/.config/fish/completions/demur.fish
      """)

  enum Shell: String, ExpressibleByArgument, CaseIterable {
    case bash, zsh, fish

    var parserShell: CompletionShell {
      switch self {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    }
  }

  @Argument(help: "bash, zsh or fish.") var shell: Shell

  func run() throws {
    var output = StandardOutput()
    try output.line(Self.script(for: shell))
    try output.flush()
  }
}
