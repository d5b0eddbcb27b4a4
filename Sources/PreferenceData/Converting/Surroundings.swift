/// What stands beside the conversation of a row and belongs to it: tools that may be called, and
/// pictures of which the messages only say where they come.
struct Surroundings {
  /// As the file holds them: a list, or a JSON text of one.
  var tools: JSONValue?
  var parallelToolCalls: JSONValue?
  /// What the chat template is told (TRL, `chat_template_kwargs`).
  var templateArguments: JSONValue?
  /// Columns of pictures, films and sounds under their own names.
  var media: [JSONValue.Member] = []

  static let mediaNames = ["images", "image", "videos", "audios"]

  init(of root: JSONView) throws(Inexpressible) {
    func value(_ column: JSONView?) throws(Inexpressible) -> JSONValue? {
      guard let column, !column.isEmptyValue else { return nil }
      return try JSONValue(column)
    }
    let ownTools = try value(root["tools"])
    let requestTools = try value(root["input"]?["tools"])
    tools = ownTools ?? requestTools
    parallelToolCalls = try value(root["input"]?["parallel_tool_calls"])
    templateArguments = try value(root["chat_template_kwargs"])
    for name in Self.mediaNames {
      if let found = try value(root[name]) { media.append(.init(name, found)) }
      // One side's own pictures: no form but ms-swift's has a place for them.
      guard root["rejected_" + name]?.isEmptyValue ?? true else { throw .media }
    }
    guard root["rejected_tools"]?.isEmptyValue ?? true else { throw .tools }
  }

  /// The tools as a list, also where the file holds the JSON text of it.
  var toolList: JSONValue? {
    get throws(Inexpressible) {
      guard case .string(let text) = tools else { return tools }
      let document: JSONDocument
      do throws(JSONSyntaxError) {
        document = try JSONDocument(lenient: Array(text.utf8).span)
      } catch {
        throw .tools
      }
      return try JSONValue(document.root)
    }
  }

  /// The tools as a JSON text.
  var toolText: JSONValue? {
    switch tools {
    case .none: nil
    case .string(let text): .string(text)
    case .some(let list): .string(list.text)
    }
  }

  /// Makes sure that nothing stands beside the messages.
  func requireNothing() throws(Inexpressible) {
    guard tools == nil else { throw .tools }
    guard media.isEmpty else { throw .media }
  }

  /// The columns of trainers that read pictures where the texts hold `<image>`, `<video>` or `<audio>`.
  ///
  /// Each list has as many entries as the texts have marks, else a trainer would stop at the row.
  func markedMedia(in turns: [Turn]) throws(Inexpressible) -> [JSONValue.Member] {
    for (name, mark) in [("images", "<image>"), ("videos", "<video>"), ("audios", "<audio>")] {
      let marks = turns.reduce(0) {
        $0 + $1.text.split(separator: mark, omittingEmptySubsequences: false).count - 1
      }
      guard let column = media.first(where: { $0.key == name }) else { continue }
      guard case .array(let entries) = column.value, entries.count == marks else { throw .media }
    }
    guard !media.contains(where: { $0.key == "image" }) else { throw .media }
    return media
  }
}

extension JSONView {
  /// Whether this says nothing: null, an empty text, list or object.
  var isEmptyValue: Bool {
    switch kind {
    case .null: true
    case .string: utf8?.isEmpty ?? true
    case .array, .object: document.nodes[index].next == index + 1
    case .true, .false, .number: false
    }
  }
}

extension JSONValue {
  /// The value of `view`, its numbers with the digits of the file.
  init(_ view: JSONView) throws(Inexpressible) {
    switch view.kind {
    case .null: self = .null
    case .true: self = .bool(true)
    case .false: self = .bool(false)
    case .string: self = .string(view.string ?? "")
    case .number:
      let digits = view.scalarText ?? ""
      guard let last = digits.last, last.isNumber else { throw .number }
      self = .numeral(digits)
    case .array:
      var values: [JSONValue] = []
      for child in view.children { values.append(try JSONValue(child)) }
      self = .array(values)
    case .object:
      var members: [Member] = []
      for child in view.children { members.append(Member(child.key, try JSONValue(child))) }
      self = .object(members)
    }
  }
}
