extension Keymap {
  /// All keys as a Markdown table, as the README holds it.
  public var markdownTable: [String] {
    ["| where | keys | what |", "|---|---|---|"]
      + KeyScope.allCases.flatMap { scope in
        bindings.filter { $0.scope == scope }.map { binding in
          let keys = binding.sequences.map { "`\($0)`" }.joined(separator: " ")
          return "| \(scope.rawValue) | \(keys) | \(binding.summary) |"
        }
      }
  }
}
