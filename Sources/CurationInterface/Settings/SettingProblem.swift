/// Something in a configuration file or the environment that cannot be meant so.
public struct SettingProblem: Hashable, Sendable {
  public enum Place: Hashable, Sendable {
    /// A line of the file; nil where it cannot be told.
    case line(Int?)
    /// An environment variable.
    case variable(String)
  }

  /// Who has a key: an action in a scope, by a line of the file or as Demur comes.
  public struct Holder: Hashable, Sendable {
    public var action: Action
    public var scope: KeyScope
    public var line: Int?
  }

  public enum Reason: Hashable, Sendable {
    /// No setting or section has this name; the name of one that comes near.
    case unknownName(String, nearest: String?)
    case wrongValue(Setting, String)
    case unknownScope(String, nearest: String?)
    case unknownAction(String, KeyScope, nearest: String?)
    /// The action has no entry in that scope, but in these.
    case elsewhere(Action, KeyScope, [KeyScope])
    /// The keys of an action are neither a text nor a list of texts.
    case noKeys(Action)
    case wrongKey(Action, KeySequence.Mistake)
    /// In the scope a sequence asks for two things.
    case clash(KeySequence, KeyScope, Holder, Holder)
    /// In the scope a sequence, and so many others, are never reached: a shorter one acts at once.
    case hidden(KeySequence, others: Int, by: KeySequence, KeyScope, Holder, Holder)
    /// Nobody could do without this action, and it has no key.
    case withoutKey(Action)
  }

  public var place: Place
  public var reason: Reason
}
