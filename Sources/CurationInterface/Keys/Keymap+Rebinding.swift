import TerminalSurface

extension Keymap {
  /// Other keys for an action in one scope, as a configuration file gives them.
  public struct Rebinding: Hashable, Sendable {
    public var action: Action
    public var scope: KeyScope
    /// In place of all keys it had there; none takes them away.
    public var sequences: [KeySequence]
    /// The line of the file; nil where it cannot be told.
    public var line: Int?

    public init(_ action: Action, _ scope: KeyScope, _ sequences: [KeySequence], line: Int? = nil) {
      self.action = action
      self.scope = scope
      self.sequences = sequences
      self.line = line
    }
  }

  /// Actions that have to keep a key: without one nobody could leave, or find out how.
  static let indispensable: [Action] = [.help, .quit]

  /// The same table with other keys. What is named in a scope where it has none changes nothing.
  public func rebound(_ rebindings: [Rebinding]) -> Keymap {
    Keymap(
      bindings: bindings.map { binding in
        let last = rebindings.last { $0.action == binding.action && $0.scope == binding.scope }
        return last.map { binding.with($0.sequences) } ?? binding
      })
  }

  /// The scopes in which `action` has an entry of its own.
  func scopes(of action: Action) -> [KeyScope] {
    KeyScope.allCases.filter { scope in
      bindings.contains { $0.action == action && $0.scope == scope }
    }
  }

  /// The keys as sections of a configuration file: what it says is what is there.
  public var configurationLines: [String] {
    KeyScope.allCases.flatMap { scope -> [String] in
      let own = bindings.filter { $0.scope == scope }
      guard !own.isEmpty else { return [] }
      return ["[keys.\(scope.rawValue)]"]
        + own.map { binding in
          let keys = binding.sequences.map { TOMLFile.literal($0.description) }
          return "\(binding.action.rawValue) = [\(keys.joined(separator: ", "))]"
            + "  # \(binding.summary)"
        } + [""]
    }
  }
}
