/// Who speaks in a turn of a conversation.
public enum Role: Hashable, Sendable {
  case system
  case user
  case assistant
  case tool
  /// A role word that no format names, kept as the file spells it.
  case other(String)

  /// The role that the word `name` stands for in any of the public formats.
  public init(named name: String) {
    switch name.lowercased() {
    case "system", "developer": self = .system
    case "user", "human", "prompter": self = .user
    case "assistant", "gpt", "model", "bot", "chatgpt", "function_call": self = .assistant
    case "tool", "observation", "function": self = .tool
    default: self = .other(name)
    }
  }

  /// The word shown before a turn.
  public var name: String {
    switch self {
    case .system: "system"
    case .user: "user"
    case .assistant: "assistant"
    case .tool: "tool"
    case .other(let name): name
    }
  }
}

/// One turn: who speaks, and what is said.
public struct Turn: Hashable, Sendable {
  public var role: Role
  public var text: String

  public init(_ role: Role, _ text: String) {
    self.role = role
    self.text = text
  }
}
