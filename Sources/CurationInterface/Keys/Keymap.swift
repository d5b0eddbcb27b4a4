public import TerminalSurface

/// Which keys ask for which action, view by view.
///
/// This is the only place that knows keys: looking up what was pressed, the hints in the last row,
/// the help overlay and the key table of the README are all made from it.
public struct Keymap: Hashable, Sendable {
  /// The keys of one action in one scope.
  public struct Binding: Hashable, Sendable {
    public let action: Action
    public let scope: KeyScope
    public let sequences: [KeySequence]
    public let group: ActionGroup
    /// What the action does, in one sentence.
    public let summary: String

    /// - Precondition: `keys` spells sequences with blanks between them.
    init(
      _ action: Action, _ scope: KeyScope, _ keys: String, _ group: ActionGroup, _ summary: String
    ) {
      self.action = action
      self.scope = scope
      self.group = group
      self.summary = summary
      sequences = keys.split(separator: " ").compactMap { KeySequence(String($0)) }
    }

    private init(_ standard: Binding, _ sequences: [KeySequence]) {
      action = standard.action
      scope = standard.scope
      group = standard.group
      summary = standard.summary
      self.sequences = sequences
    }

    /// The same with other keys.
    func with(_ sequences: [KeySequence]) -> Binding { Binding(self, sequences) }
  }

  /// What keys mean that were pressed one after another.
  public enum Lookup: Hashable, Sendable {
    case action(Action)
    /// Further keys are needed; these bindings go on from here.
    case prefix
    case nothing
  }

  /// A sequence that asks for two things in one view, or that hides a longer one.
  public struct Clash: Hashable, Sendable {
    public let scope: KeyScope
    public let sequence: KeySequence
    /// The one that takes the sequence first, then those that it is hidden from.
    public let bindings: [Binding]

    public var actions: [Action] { bindings.map(\.action) }
  }

  public let bindings: [Binding]

  init(bindings: [Binding]) {
    self.bindings = bindings
  }

  /// The meaning of `keys` in the view `scope`.
  public func lookup(_ keys: [KeyPress], in scope: KeyScope) -> Lookup {
    var isPrefix = false
    for binding in bindings where binding.isLive(in: scope) {
      for sequence in binding.sequences where sequence.begins(with: keys) {
        if sequence.keys.count == keys.count { return .action(binding.action) }
        isPrefix = true
      }
    }
    return isPrefix ? .prefix : .nothing
  }

  /// The keys that may follow `prefix` in the view `scope`, with what they then do.
  public func continuations(
    of prefix: [KeyPress], in scope: KeyScope
  ) -> [(rest: KeySequence, binding: Binding)] {
    bindings.filter { $0.isLive(in: scope) }.flatMap { binding in
      binding.sequences
        .filter { $0.keys.count > prefix.count && $0.begins(with: prefix) }
        .map { (KeySequence(Array($0.keys.dropFirst(prefix.count))), binding) }
    }
  }

  /// The bindings that are live in the view `scope`, its own ones first.
  public func bindings(in scope: KeyScope) -> [Binding] {
    bindings.filter { $0.scope == scope }
      + bindings.filter { $0.scope != scope && $0.isLive(in: scope) }
  }

  /// The first key of `action` in the view `scope`, or nil where it has none there.
  public func key(for action: Action, in scope: KeyScope) -> KeySequence? {
    bindings.first { $0.action == action && $0.isLive(in: scope) }?.sequences.first
  }

  /// Every sequence that asks for two actions in one view, or that is the beginning of another. What
  /// clashes everywhere is named once.
  public var clashes: [Clash] {
    KeyScope.allCases.flatMap { scope -> [Clash] in
      let live = bindings.filter { $0.isLive(in: scope) }.flatMap { binding in
        binding.sequences.map { (sequence: $0, binding: binding) }
      }
      return live.indices.compactMap { first in
        let others = live.indices.filter { other in
          let (one, two) = (live[first], live[other])
          guard scope == one.binding.scope || scope == two.binding.scope else { return false }
          if one.sequence == two.sequence {
            return other > first && one.binding.action != two.binding.action
          }
          return other != first && two.sequence.begins(with: one.sequence.keys)
        }
        guard !others.isEmpty else { return nil }
        return Clash(
          scope: scope, sequence: live[first].sequence,
          bindings: [live[first].binding] + others.map { live[$0].binding })
      }
    }
  }
}

extension Keymap.Binding {
  fileprivate func isLive(in scope: KeyScope) -> Bool {
    self.scope == scope || self.scope == .everywhere
  }
}
