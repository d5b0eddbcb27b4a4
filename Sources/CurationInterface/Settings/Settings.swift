/// What holds for a run where no option says otherwise, and where each value came from.
public struct Settings: Hashable, Sendable {
  public enum Source: Hashable, Sendable {
    case standard
    /// The configuration file; its line, where it can be told.
    case file(line: Int?)
    /// The environment variable of this name.
    case environment(String)
  }

  public struct Value: Hashable, Sendable {
    /// Nil where it depends on the machine or the command.
    public var text: String?
    public var source: Source
  }

  var values: [Setting: Value]
  /// What the configuration file says of keys, in its order.
  public internal(set) var rebindings: [Keymap.Rebinding] = []
  /// The keys as they are with all that.
  public internal(set) var keymap = Keymap.standard

  /// What holds without file and environment.
  public static let standard = Settings()

  init() {
    values = Dictionary(
      uniqueKeysWithValues: Setting.allCases.map {
        ($0, Value(text: $0.standard, source: .standard))
      })
  }

  public subscript(setting: Setting) -> Value {
    values[setting] ?? Value(text: setting.standard, source: .standard)
  }

  public func text(_ setting: Setting) -> String? { self[setting].text }

  public func isOn(_ setting: Setting) -> Bool { text(setting) == "true" }

  public func wholeNumber(_ setting: Setting) -> UInt64? { text(setting).flatMap { UInt64($0) } }

  public func number(_ setting: Setting) -> Double? { text(setting).flatMap { Double($0) } }
}
