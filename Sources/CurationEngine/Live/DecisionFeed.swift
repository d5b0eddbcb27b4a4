import Dispatch
import Synchronization

/// Tells the one who follows the decisions that there are new ones, however many come at once.
final class DecisionFeed: Sendable {
  private struct State {
    var isFollowed = false
    var newCount = 0
    var isClosed = false
    /// How many wait for everything to be done.
    var waitingCount = 0
  }

  private let state = Mutex(State())
  private let arrived = DispatchSemaphore(value: 0)

  var isClosed: Bool { state.withLock { $0.isClosed } }

  /// Says that there is a new decision; whether somebody has to begin to follow.
  func post() -> Bool {
    let begins = state.withLock { state in
      state.newCount += 1
      defer { state.isFollowed = true }
      return !state.isFollowed
    }
    arrived.signal()
    return begins
  }

  /// How many decisions came since the last call.
  func takeNew() -> Int {
    state.withLock { state in
      defer { state.newCount = 0 }
      return state.newCount
    }
  }

  /// Waits until a decision comes or the feed is closed, at most for `time`; whether it was so long
  /// quiet, or is not to be waited for (`withoutPauses`).
  func isQuiet(for time: DispatchTimeInterval) -> Bool {
    let deadline = DispatchTime.now() + time
    while !state.withLock({ $0.newCount > 0 || $0.isClosed }) {
      if state.withLock({ $0.waitingCount > 0 }) { return true }
      // Signals of decisions that were taken long ago are used up on the way.
      if arrived.wait(timeout: deadline) == .timedOut { return true }
    }
    return false
  }

  /// Ends the following, unless new decisions have come; whether it is ended.
  func endIfNothingNew() -> Bool {
    state.withLock { state in
      guard state.newCount == 0 || state.isClosed else { return false }
      state.isFollowed = false
      return true
    }
  }

  /// Calls `body`, while which no pause is waited for: whoever waits for all to be done decides nothing
  /// meanwhile.
  func withoutPauses(_ body: () -> Void) {
    state.withLock { $0.waitingCount += 1 }
    arrived.signal()
    body()
    state.withLock { $0.waitingCount -= 1 }
  }

  func close() {
    state.withLock { $0.isClosed = true }
    arrived.signal()
  }
}
