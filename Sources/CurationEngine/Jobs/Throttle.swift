/// Lets a report through at most ten times a second: more often nobody can read it, and every one
/// costs a frame.
struct Throttle {
  private let clock = ContinuousClock()
  private var last: ContinuousClock.Instant?

  /// Whether a report is due now.
  mutating func isDue() -> Bool {
    let now = clock.now
    if let last, now - last < .milliseconds(100) { return false }
    last = now
    return true
  }
}
