extension JSONView {
  /// What a message says, as one text: its reasoning, its content, and the tools it calls.
  var messageText: String {
    var parts: [String] = []
    for name in ["reasoning_content", "thinking"] {
      if let thought = self[name]?.string, !thought.isEmpty {
        parts.append(Self.reasoning(thought))
      }
    }
    if let content = self["content"] ?? self["value"] { parts += content.contentTexts }
    for call in self["tool_calls"]?.children ?? [] {
      parts.append((call["function"] ?? call).callText)
    }
    return parts.joined(separator: "\n")
  }

  /// The texts of a message's content: a string, or a list of blocks.
  private var contentTexts: [String] {
    if let string { return [string] }
    return children.compactMap(\.blockText)
  }

  /// What one block of a message's content says. A block that is no text is named by its kind and,
  /// where it says so, by where its data stands.
  private var blockText: String? {
    if let string { return string }
    let type = self["type"]?.string
    switch type {
    case "thinking": if let thought = self["thinking"]?.string { return Self.reasoning(thought) }
    case "tool_use": return callText
    case "tool_result": return self["content"]?.contentTexts.joined(separator: "\n") ?? ""
    default: break
    }
    if let text = (self["text"] ?? self["value"])?.string { return text }
    guard var type else { return nil }
    let locator = locator(of: type)
    if type.hasPrefix("input_") { type.removeFirst("input_".count) }
    if type.hasSuffix("_url") { type.removeLast("_url".count) }
    return locator.map { "[\(type): \($0)]" } ?? "[\(type)]"
  }

  /// A path or address longer than this is data, not a name.
  private static let longestLocator = 256

  /// Where the data of a block of `type` stands, or its media type where the data stands in the row.
  private func locator(of type: String) -> String? {
    let value = self[type] ?? self["path"] ?? self["url"] ?? self["source"]
    let mediaType = ["mimeType", "media_type", "mime_type"].lazy
      .compactMap { self[$0]?.string ?? value?[$0]?.string }.first
    let place = value?.string ?? value?["url"]?.string ?? value?["path"]?.string
    guard let place else { return mediaType }
    if place.hasPrefix("data:") {
      let type = place.dropFirst("data:".count).prefix { $0 != ";" && $0 != "," }
      return type.isEmpty || type.utf8.count > Self.longestLocator ? mediaType : String(type)
    }
    return place.isEmpty || place.utf8.count > Self.longestLocator ? mediaType : place
  }

  /// A tool call: the tool's name, and its arguments as the file spells them.
  private var callText: String {
    let arguments = self["arguments"] ?? self["input"]
    // Most files hold the arguments as a JSON text, some as an object: then its strings are read.
    let spelled = arguments?.scalarText ?? arguments?.leafTexts.joined(separator: " ") ?? ""
    return "\(self["name"]?.string ?? "")(\(spelled))"
  }

  /// Keys and scalars inside a container, in document order.
  private var leafTexts: [String] {
    children.flatMap { child -> [String] in
      let key = child.key
      return (key.isEmpty ? [] : [key + ":"]) + (child.scalarText.map { [$0] } ?? child.leafTexts)
    }
  }

  private static func reasoning(_ thought: String) -> String { "<think>\(thought)</think>" }
}
