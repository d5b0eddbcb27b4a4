/// What an entry of LLaMA-Factory's `dataset_info.json` says of the rows of one file: which columns hold
/// what, and by which words messages name their speakers.
///
/// - Source: LLaMA-Factory, data/README.md and data/parser.py (`DatasetAttr`): with `columns`, a column
///   that is not named there is not read.
public struct LLaMAFactoryEntry: Hashable, Sendable {
  /// The name of the entry, under which the trainer knows the data set.
  public let name: String
  let context: Context
  let system: String?
  let chosen: String
  let rejected: String

  enum Context: Hashable, Sendable {
    case alpaca(prompt: String, query: String?, history: String?)
    case sharegpt(messages: String, tags: Tags)
  }

  /// Under which keys a message has its speaker and its text, and the words for the speakers.
  struct Tags: Hashable, Sendable {
    var role = "from"
    var content = "value"
    var roles: [String: Role] = [:]
  }

  /// The entry `view` with this name; nil where it describes no preference pairs.
  init?(_ view: JSONView, name: String) {
    guard view["ranking"]?.bool == true, let columns = view["columns"],
      let chosen = columns["chosen"]?.string, let rejected = columns["rejected"]?.string
    else { return nil }
    self.name = name
    self.chosen = chosen
    self.rejected = rejected
    system = columns["system"]?.string
    switch view["formatting"]?.string ?? "alpaca" {
    case "alpaca":
      guard let prompt = columns["prompt"]?.string else { return nil }
      context = .alpaca(
        prompt: prompt, query: columns["query"]?.string, history: columns["history"]?.string)
    case "sharegpt":
      guard let messages = columns["messages"]?.string else { return nil }
      context = .sharegpt(messages: messages, tags: Tags(view["tags"]))
    default: return nil
    }
  }

  /// The entry of the file `fileName` in the `dataset_info.json` that is `document`: the first one of
  /// preference pairs; nil where there is none.
  public init?(of fileName: String, in document: JSONDocument) {
    for entry in document.root.children where entry["file_name"]?.string == fileName {
      if let found = LLaMAFactoryEntry(entry, name: entry.key) {
        self = found
        return
      }
    }
    return nil
  }

  /// All that decides how a row is read.
  var columnsText: String {
    let context =
      switch context {
      case .alpaca(let prompt, let query, let history):
        ["alpaca", prompt, query ?? "", history ?? ""]
      case .sharegpt(let messages, let tags):
        ["sharegpt", messages, tags.role, tags.content]
          + tags.roles.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.name)" }
      }
    return JSONValue.array((context + [system ?? "", chosen, rejected]).map(JSONValue.string)).text
  }

  /// The format in which the entry's rows are read.
  public var format: any RowFormat { LLaMAFactoryColumns(entry: self) }
}

extension LLaMAFactoryEntry.Tags {
  init(_ view: JSONView?) {
    guard let view else { return }
    role = view["role_tag"]?.string ?? role
    content = view["content_tag"]?.string ?? content
    for (key, role) in [
      ("user_tag", .user), ("assistant_tag", .assistant), ("observation_tag", .tool),
      ("function_tag", .assistant), ("system_tag", .system),
    ] as [(String, Role)] {
      if let word = view[key]?.string { roles[word] = role }
    }
  }
}

/// Rows as an entry of `dataset_info.json` describes them.
struct LLaMAFactoryColumns: NamedSidesFormat {
  let entry: LLaMAFactoryEntry

  let name = "llamafactory-columns"

  var identity: String { "\(name) \(entry.columnsText)" }

  var summary: String {
    let context =
      switch entry.context {
      case .alpaca(let prompt, let query, _):
        [prompt, query].compactMap(\.self).joined(separator: " and ")
      case .sharegpt(let messages, _): messages
      }
    return "dataset_info.json, \(entry.name): \(context); \(entry.chosen) over \(entry.rejected)"
  }

  func sideNames(in root: JSONView) -> (chosen: String, rejected: String) {
    (entry.chosen, entry.rejected)
  }

  func recognises(_ root: JSONView) -> Bool {
    if case .success = row(from: root) { true } else { false }
  }

  func read(_ root: JSONView) throws(RowProblem.Reason) -> PreferenceRow {
    guard root.kind == .object else { throw .notAnObject }
    var context: [Turn] = []
    if let system = entry.system, let text = root[system]?.string, !text.isEmpty {
      context.append(Turn(.system, text))
    }
    let chosen: [Turn]
    let rejected: [Turn]
    switch entry.context {
    case .alpaca(let prompt, let query, let history):
      if let history, let rounds = root[history], !rounds.isNull {
        context += try LLaMAFactoryAlpaca.turns(of: rounds, field: history)
      }
      var request = String(decoding: try root.text(prompt), as: UTF8.self)
      if let query, let more = root[query], !more.isNull {
        let text = String(decoding: try root.text(query), as: UTF8.self)
        if !text.isEmpty { request += "\n" + text }
      }
      context.append(Turn(.user, request))
      chosen = try root.field(entry.chosen).turns(field: entry.chosen, speaker: .assistant)
      rejected = try root.field(entry.rejected).turns(field: entry.rejected, speaker: .assistant)
    case .sharegpt(let messages, let tags):
      context += try tags.turns(of: root.field(messages), field: messages)
      chosen = try tags.turns(of: root.field(entry.chosen), field: entry.chosen)
      rejected = try tags.turns(of: root.field(entry.rejected), field: entry.rejected)
    }
    return PreferenceRow(context: context, chosen: chosen, rejected: rejected, columnsOf: root)
  }
}

extension LLaMAFactoryEntry.Tags {
  /// The turns of a message or a list of messages.
  fileprivate func turns(of view: JSONView, field: String) throws(RowProblem.Reason) -> [Turn] {
    guard view.kind == .array || view.kind == .object else {
      throw .wrongType(field: field, expected: "messages")
    }
    var turns: [Turn] = []
    for message in view.kind == .array ? view.children : [view] {
      guard let word = message[role]?.string else {
        throw .wrongType(field: field, expected: "message with a \(role)")
      }
      guard let text = message[content]?.string else {
        throw .wrongType(field: field, expected: "message with a \(content)")
      }
      turns.append(Turn(roles[word] ?? Role(named: word), text))
    }
    guard !turns.isEmpty else { throw .emptyConversation(field: field) }
    return turns
  }
}
