/// The fields in which the context of a row stands whose sides have no names of their own.
struct ContextFields: Hashable, Sendable {
  /// In the order in which they are read.
  var fields: [FieldPath]

  /// Earlier parts of a conversation come before what is asked last.
  private static let names = [
    "history", "context", "messages", "conversation", "conversations", "prompt", "instruction",
    "question", "query", "input",
  ]
  /// Names that mean a context only where none of the others is there.
  private static let rarerNames = [
    "opening_prompt", "first_turn_prompt", "user_prompt", "caption", "text", "post", "article",
    "info", "problem", "topic", "prefix",
  ]
  /// Where an object keeps its text: WebGPT's questions, the posts of summarize-from-feedback.
  static let textNames = ["full_text", "text", "content", "value", "post", "article", "prompt"]

  init(fields: [FieldPath]) { self.fields = fields }

  /// The context fields among `keys`, none of which is one of `taken`.
  init(among keys: [String], except taken: [String]) {
    let free = keys.filter { !taken.contains($0) }
    let common = Self.names.filter(free.contains)
    let found = common.isEmpty ? Array(Self.rarerNames.filter(free.contains).prefix(1)) : common
    fields = found.map { FieldPath(key: $0) }
  }

  /// What the fields of a row hold.
  enum Content {
    case turns([Turn])
    /// What the user said in each round; each side answers them one by one.
    case rounds([String])
  }

  func content(in root: JSONView) throws(RowProblem.Reason) -> Content {
    var turns: [Turn] = []
    for field in fields {
      guard let value = root[path: field], !value.isNull else { continue }
      guard root.isUnique(field) else { throw .duplicateField(field.description) }
      switch try SideContent(value, field: field.description) {
      case .turns(let more): turns += more
      case .rounds(let rounds):
        guard fields.count == 1 else {
          throw .wrongType(field: field.description, expected: "text or messages")
        }
        return .rounds(rounds)
      case .text(let text):
        guard !text.isEmpty else { continue }
        let bytes = Array(text.utf8)[...]
        if Transcript.isTranscript(bytes) {
          turns += Transcript.turns(in: bytes)
          // The mark at the end belongs to the answers (Nectar).
          if turns.last == Turn(.assistant, "") { turns.removeLast() }
        } else if let last = turns.last, last.role == .user, fields.count > 1 {
          // An instruction and its input are one request.
          turns[turns.count - 1].text = last.text + "\n" + text
        } else {
          turns.append(Turn(.user, text))
        }
      }
    }
    return .turns(turns)
  }
}

/// What one side of a row holds, or its context.
enum SideContent {
  case text(String)
  case turns([Turn])
  /// What was said in each round (Chatbot Arena 55k).
  case rounds([String])

  /// The content of `value`: a text, a message, messages, texts, or any of these as JSON inside a
  /// text, as tables hold them.
  init(_ value: JSONView, field: String) throws(RowProblem.Reason) {
    switch value.kind {
    case .string:
      let text = value.string ?? ""
      if let inner = Self.document(in: text) {
        self = try SideContent(inner.root, field: field)
      } else {
        self = .text(text)
      }
    case .array:
      if value.isConversation {
        self = .turns(try value.turns(field: field))
      } else {
        let items = value.children
        if value.isTokenList {
          self = .text(items.compactMap(\.scalarText).joined(separator: " "))
          return
        }
        guard !items.isEmpty, items.allSatisfy({ $0.kind == .string || $0.isNull }) else {
          throw .wrongType(field: field, expected: "text or messages")
        }
        self = .rounds(items.map { $0.string ?? "" })
      }
    case .object:
      if value.isMessage {
        self = .turns([try value.turn(field: field)])
      } else if let text = ContextFields.textNames.lazy.compactMap({ value[$0]?.string }).first {
        self = .text(text)
      } else {
        throw .wrongType(field: field, expected: "text or messages")
      }
    case .null, .true, .false, .number:
      throw .wrongType(field: field, expected: "text or messages")
    }
  }

  /// The list that `text` spells as JSON, if it is one of texts or messages.
  private static func document(in text: String) -> JSONDocument? {
    guard text.hasPrefix("["), text.hasSuffix("]"),
      let document = try? JSONDocument(lenient: Array(text.utf8).span)
    else { return nil }
    let root = document.root
    let isTexts =
      !root.children.isEmpty
      && root.children.allSatisfy { $0.kind == .string || $0.isNull }
    return isTexts || root.isConversation ? document : nil
  }
}

extension JSONView {
  /// Whether this is a list that begins with a whole number: the numbers of tokens. Only their tokenizer
  /// knows the text; here the numbers stand for it, with blanks between.
  var isTokenList: Bool {
    guard kind == .array, let first = children.first, first.kind == .number else { return false }
    return first.number.flatMap { Int(exactly: $0) } != nil
  }
}
