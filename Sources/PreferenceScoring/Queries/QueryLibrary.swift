/// The queries that a person has used in a review, and those that they gave a name.
public struct QueryLibrary: Hashable, Sendable, Codable {
  public struct Saved: Hashable, Sendable, Codable {
    public var name: String
    public var text: String

    public init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  /// Without repeats, the last one used at the end.
  public private(set) var history: [String] = []
  /// In the order in which they were named.
  public private(set) var saved: [Saved] = []

  /// More of either is not kept; the oldest go.
  private static let limit = 100

  public init() {}

  public mutating func use(_ text: String) {
    history.removeAll { $0 == text }
    history.append(text)
    history.removeFirst(max(0, history.count - Self.limit))
  }

  /// Keeps `text` under `name`, in place of what had that name before.
  public mutating func save(_ text: String, as name: String) {
    if let place = saved.firstIndex(where: { $0.name == name }) {
      saved[place].text = text
    } else {
      saved.append(Saved(name: name, text: text))
      saved.removeFirst(max(0, saved.count - Self.limit))
    }
  }
}
