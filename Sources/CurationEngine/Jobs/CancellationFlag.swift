import Synchronization

/// A wish to stop, seen by a job that looks at it between two pieces of its work.
public final class CancellationFlag: Sendable {
  private let isSet = Atomic<Bool>(false)

  public init() {}

  public var isCancelled: Bool { isSet.load(ordering: .relaxed) }

  public func cancel() { isSet.store(true, ordering: .relaxed) }
}

/// The one job of a kind that counts: starting a new one asks the old one to stop.
final class JobSlot: Sendable {
  private let current = Mutex<CancellationFlag?>(nil)

  /// The flag of a new job; the job before it is cancelled.
  func begin() -> CancellationFlag {
    let flag = CancellationFlag()
    current.withLock { running in
      running?.cancel()
      running = flag
    }
    return flag
  }

  /// The flag of a new job, or nil where one is running.
  func beginIfIdle() -> CancellationFlag? {
    current.withLock { running in
      guard running == nil else { return nil }
      let flag = CancellationFlag()
      running = flag
      return flag
    }
  }

  /// Says that the job with `flag` has ended.
  func end(_ flag: CancellationFlag) {
    current.withLock { running in
      if running === flag { running = nil }
    }
  }

  func cancel() { current.withLock { $0?.cancel() } }
}
