import ArgumentParser

extension CompletionCommand {
  /// The completions of `shell`, with those of `demur FILE`.
  ///
  /// The parser's scripts know the command that is left out for other words of the command line, not for
  /// a file: behind one they would offer nothing.
  static func script(for shell: Shell) -> String {
    let script = Demur.completionScript(for: shell.parserShell)
    switch shell {
    case .bash: return script
    case .zsh:
      return script.replacing(
        """
                    "_demur_${words[1]}" && ret=0
                    ;;

        """,
        with: """
                      "_demur_${words[1]}" && ret=0
                      ;;
                  *)
                      words=(review "${words[@]}")
                      (( CURRENT += 1 ))
                      _demur_review && ret=0
                      ;;

          """, maxReplacements: 1
      ).replacing(
        "_describe -V subcommand subcommands && ret=0\n",
        with: "_describe -V subcommand subcommands && ret=0\n        _files && ret=0\n",
        maxReplacements: 1)
    case .fish:
      guard let options = script.firstMatch(of: /case 'review'\n *(?<parsing>[^\n]*)\n/) else {
        preconditionFailure("the parser writes its completions in another way")
      }
      let help = "        case 'help'\n            __demur_parse_subcommand -r 1 'version'\n"
      let fallback = """
                case '*'
                    if test -n "$unparsed_tokens[1]"
                        set -p unparsed_tokens review
                        \(options.parsing)
                    end

        """
      return script.replacing(help, with: help + fallback, maxReplacements: 1)
        + "\ncomplete -c 'demur' -n "
        + "'__demur_should_offer_completions_for_positional \"demur\" -eq 1' -F"
    }
  }
}
