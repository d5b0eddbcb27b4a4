import Glibc

/// A point in time after which a test no longer waits. It is only ever reached by a failure, so it is far
/// away: the machine may be busy.
struct Deadline {
  private let end: ContinuousClock.Instant

  static var standard: Deadline { Deadline(after: .seconds(180)) }

  init(after duration: Duration) { end = ContinuousClock.now + duration }

  var hasPassed: Bool { ContinuousClock.now > end }

  /// Looks again and again until `value` is there.
  func wait<Value>(
    for what: @autoclosure () -> String, until value: () throws -> Value?
  ) throws -> Value {
    while true {
      if let found = try value() { return found }
      if hasPassed { throw Overdue(what: what()) }
      Self.pause(milliseconds: 1)
    }
  }

  /// Lets others work for a moment before the next look.
  static func pause(milliseconds: Int32) { poll(nil, 0, milliseconds) }
}

/// Something did not happen in time.
struct Overdue: Error, CustomStringConvertible {
  let what: String

  var description: String { "waited in vain for \(what)" }
}
