/// Text with one meaning. A line is often several of them.
public struct StyledRun: Hashable, Sendable {
  public var text: String
  public var role: ThemeRole

  public init(_ text: String, _ role: ThemeRole = .text) {
    self.text = text
    self.role = role
  }
}
