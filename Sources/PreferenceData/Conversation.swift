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

  /// Words that say more than the role for which they stand: who may overrule whom, and that the text
  /// of a turn is a call.
  static let developerWord = "developer"
  static let callWord = "function_call"
  static let tellingWords = [developerWord, callWord]

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
///
/// Turns are equal where the same is said by the same speaker, however a file spells it.
public struct Turn: Sendable {
  public var role: Role
  /// All that is said as one text: reasoning, content, and the tools that are called.
  public var text: String {
    didSet { message = nil }
  }
  /// The message of the file, where it holds more than the role and a text: content in blocks, tool
  /// calls, reasoning, names. What a conversion carries over stands there.
  var message: JSONView?

  public init(_ role: Role, _ text: String) {
    self.init(role, text, message: nil)
  }

  init(_ role: Role, _ text: String, message: JSONView?) {
    self.role = role
    self.text = text
    self.message = message
  }
}

extension Turn: Hashable {
  public static func == (first: Turn, second: Turn) -> Bool {
    first.role == second.role && first.text == second.text
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(role)
    hasher.combine(text)
  }
}
