import CurationInterface

/// One line on standard error that says how far a long step is: only on a terminal, only after the
/// first second, and gone when the step ends.
struct ProgressLine: ~Copyable {
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var shown: ContinuousClock.Instant
  private var isVisible = false

  init() {
    start = clock.now
    shown = start
  }

  /// Shows `stage` and `share` (0...1), at most ten times a second.
  mutating func show(_ stage: String, share: Double) {
    let now = clock.now
    guard StandardError.isTerminal, now - start > .seconds(1), now - shown > .milliseconds(100)
    else { return }
    shown = now
    isVisible = true
    let elapsed = (now - start) / .seconds(1)
    let left =
      share > 0.01 ? ", \(Numbers.timeLeft(elapsed * (1 - share) / share)) left" : ""
    StandardError.write("\r\u{1B}[K\(stage) \(Int(share * 100))%\(left)")
  }

  /// Takes the line away.
  mutating func clear() {
    if isVisible { StandardError.write("\r\u{1B}[K") }
    isVisible = false
  }
}
