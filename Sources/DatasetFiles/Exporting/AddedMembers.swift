import PreferenceData

extension Dataset {
  /// The bytes of a row with `members` behind its own; a row that is no object stays as it is.
  static func row(
    _ bytes: [UInt8], adding members: [JSONValue.Member]
  ) throws(ExportError) -> [UInt8] {
    let root: JSONView
    do throws(JSONSyntaxError) {
      root = try JSONDocument(lenient: bytes.span).root
    } catch {
      return bytes
    }
    guard root.kind == .object else { return bytes }
    if let taken = members.first(where: { root[$0.key] != nil }) {
      throw .columnExists(taken.key)
    }
    let last = root.children.last
    var text = JSONValue.object(members).text.dropFirst().dropLast()
    if last != nil, !text.isEmpty { text = "," + text }
    let place = last?.span.upperBound ?? root.span.lowerBound + 1
    return bytes[..<place] + Array(text.utf8) + bytes[place...]
  }
}
