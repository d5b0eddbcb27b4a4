/// What the operating system refused.
public struct SystemFailure: Error, Hashable, Sendable {
  /// The call, such as `read`.
  public var operation: String
  /// Its `errno`.
  public var code: Int32

  public init(operation: String, code: Int32) {
    self.operation = operation
    self.code = code
  }
}
