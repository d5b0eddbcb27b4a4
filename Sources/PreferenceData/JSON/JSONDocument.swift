/// A parsed JSON text as flat arrays: what every node is, where its bytes stand in the source, and
/// its decoded text.
///
/// Whoever parses (a library or the lenient reader) fills the same arrays, so formats are read from
/// one shape. Spans point into the row's own bytes: a relabel exchanges spans and leaves the rest
/// of the row untouched.
public struct JSONDocument: Sendable {
  public enum Kind: UInt8, Sendable {
    case null, `false`, `true`, number, string, array, object
  }

  /// One value. Nodes stand in document order, so a container's children follow it.
  public struct Node: Sendable {
    public var kind: Kind
    /// The value's bytes in the source, quotes and brackets included.
    public var span: Range<Int>
    /// In `texts`: the decoded string, or the spelling of a number. Empty for other kinds.
    public var text: Range<Int>
    /// In `texts`: the decoded key under which an object holds this value; empty elsewhere.
    public var key: Range<Int>
    /// The index of the node after this one and all that it contains.
    public var next: Int

    public init(
      kind: Kind, span: Range<Int>, text: Range<Int>, key: Range<Int>, next: Int
    ) {
      self.kind = kind
      self.span = span
      self.text = text
      self.key = key
      self.next = next
    }
  }

  public let nodes: [Node]
  /// The decoded UTF-8 bytes of all keys, strings and numbers.
  public let texts: [UInt8]

  /// - Precondition: `nodes` holds at least the root, at index 0.
  public init(nodes: [Node], texts: [UInt8]) {
    precondition(!nodes.isEmpty, "a JSON document has a root")
    self.nodes = nodes
    self.texts = texts
  }

  public var root: JSONView { JSONView(document: self, index: 0) }

  func string(_ range: Range<Int>) -> String { String(decoding: texts[range], as: UTF8.self) }

  func isHeld(_ index: Int, under key: String) -> Bool {
    let range = nodes[index].key
    return range.count == key.utf8.count && texts[range].elementsEqual(key.utf8)
  }
}

/// A value inside a document.
public struct JSONView: Sendable {
  public let document: JSONDocument
  public let index: Int

  public init(document: JSONDocument, index: Int) {
    self.document = document
    self.index = index
  }

  private var node: JSONDocument.Node { document.nodes[index] }

  public var kind: JSONDocument.Kind { node.kind }
  /// The value's bytes in the row.
  public var span: Range<Int> { node.span }
  /// The key under which its object holds this value; empty elsewhere.
  public var key: String { document.string(node.key) }
  /// The key as UTF-8, without a copy.
  var keyUTF8: ArraySlice<UInt8> { document.texts[node.key] }

  /// The decoded text of a string; nil for every other kind.
  public var string: String? { node.kind == .string ? document.string(node.text) : nil }

  /// The decoded text of a string as UTF-8, without a copy; nil for every other kind.
  public var utf8: ArraySlice<UInt8>? {
    node.kind == .string ? document.texts[node.text] : nil
  }

  /// The value of a number; nil for every other kind.
  public var number: Double? { node.kind == .number ? Double(document.string(node.text)) : nil }

  public var bool: Bool? {
    switch node.kind {
    case .true: true
    case .false: false
    default: nil
    }
  }

  public var isNull: Bool { node.kind == .null }

  /// A string, number or boolean as text; nil for null and containers.
  public var scalarText: String? {
    switch node.kind {
    case .string, .number: document.string(node.text)
    case .true: "true"
    case .false: "false"
    case .null, .array, .object: nil
    }
  }

  /// The values of an array or object in document order; empty for every other kind.
  public var children: [JSONView] {
    guard node.kind == .array || node.kind == .object else { return [] }
    var found: [JSONView] = []
    var child = index + 1
    while child < node.next {
      found.append(JSONView(document: document, index: child))
      child = document.nodes[child].next
    }
    return found
  }

  /// The first value that this object holds under `key`.
  public subscript(key: String) -> JSONView? {
    guard node.kind == .object else { return nil }
    var child = index + 1
    while child < node.next {
      if document.isHeld(child, under: key) { return JSONView(document: document, index: child) }
      child = document.nodes[child].next
    }
    return nil
  }

  /// How many values this object holds under `key`.
  public func count(of key: String) -> Int {
    guard node.kind == .object else { return 0 }
    var count = 0
    var child = index + 1
    while child < node.next {
      if document.isHeld(child, under: key) { count += 1 }
      child = document.nodes[child].next
    }
    return count
  }

  /// The value at the end of `path`: keys, and positions in arrays.
  public subscript(path path: FieldPath) -> JSONView? {
    var view = self
    for step in path.steps {
      if view.kind == .array, let position = Int(step) {
        let children = view.children
        guard children.indices.contains(position) else { return nil }
        view = children[position]
      } else {
        guard let child = view[step] else { return nil }
        view = child
      }
    }
    return view
  }
}

/// The way to a field: `a`, `a.b`, `a.0.b`.
public struct FieldPath: Hashable, Sendable, CustomStringConvertible {
  public let steps: [String]

  /// The path that `text` spells with dots, or nil where a step is empty.
  public init?(_ text: String) {
    let steps = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard steps.allSatisfy({ !$0.isEmpty }) else { return nil }
    self.steps = steps
  }

  /// The path of one step, which may hold dots and blanks.
  public init(key: String) { steps = [key] }

  public var description: String { steps.joined(separator: ".") }
}
