import CSIMDJSON
import PreferenceData

/// simdjson: one JSON text after another, by one thread at a time.
@safe struct SIMDParser: ~Copyable {
  /// Bytes that have to stand behind a text in its buffer.
  static let padding = Int(csimdjson_padding())

  private let parser: OpaquePointer

  init() {
    guard let parser = unsafe csimdjson_create() else {
      preconditionFailure("memory for a JSON parser")
    }
    unsafe self.parser = parser
  }

  deinit {
    unsafe csimdjson_destroy(parser)
  }

  /// The document in `range` of `buffer`; nil where simdjson refuses it.
  ///
  /// - Precondition: `padding` bytes follow behind `range` in `buffer`.
  func parse(_ buffer: [UInt8], _ range: Range<Int>) -> JSONDocument? {
    precondition(
      range.upperBound + Self.padding <= buffer.count,
      "\(Self.padding) bytes behind \(range), \(buffer.count) in all")
    let isParsed = unsafe buffer.withUnsafeBufferPointer { bytes in
      unsafe csimdjson_parse(
        parser, bytes.baseAddress?.advanced(by: range.lowerBound), range.count,
        bytes.count - range.lowerBound, UInt32(JSONDocument.depthLimit))
    }
    guard isParsed else { return nil }
    var nodeCount = 0
    var textCount = 0
    let nodes = unsafe UnsafeBufferPointer(
      start: csimdjson_nodes(parser, &nodeCount), count: nodeCount)
    let texts = unsafe UnsafeBufferPointer(
      start: csimdjson_texts(parser, &textCount), count: textCount)
    return JSONDocument(nodes: unsafe nodes.map(JSONDocument.Node.init), texts: unsafe Array(texts))
  }
}

extension JSONDocument.Node {
  fileprivate init(_ node: csimdjson_node) {
    guard let kind = JSONDocument.Kind(rawValue: UInt8(node.kind)) else {
      preconditionFailure("a kind of JSON value, got \(node.kind)")
    }
    self.init(
      kind: kind, span: Int(node.span_start)..<Int(node.span_end),
      text: Int(node.text_start)..<Int(node.text_end),
      key: Int(node.key_start)..<Int(node.key_end), next: Int(node.next))
  }
}
