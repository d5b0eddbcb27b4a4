import Dispatch
import Foundation
import Synchronization

/// A thread of its own that runs one job after another, in the order in which they come.
///
/// The engine and the journal each have one. Neither may wait for the cooperative pool, which has
/// as many threads as the machine has cores: a scan would keep a decision from being saved.
public final class WorkerThread: Sendable {
  private let jobs = Mutex<[@Sendable () -> Void]>([])
  private let available = DispatchSemaphore(value: 0)

  /// - Parameters:
  ///   - name: What a debugger shows.
  ///   - niceness: How far the thread stands back behind others: 0 not at all, 19 most.
  public init(name: String, niceness: Int32 = 0) {
    let thread = Thread { [self] in
      if niceness > 0 {
        // On Linux this is the calling thread alone. Where it is refused the work is still right.
        _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness)
      }
      while true {
        available.wait()
        let job = jobs.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        job?()
      }
    }
    thread.name = name
    // Feature extraction and the linear algebra keep their working sets on the heap, but the
    // default of 512 KiB is small for a deeply nested document.
    thread.stackSize = 8 << 20
    thread.start()
  }

  public func submit(_ job: @escaping @Sendable () -> Void) {
    jobs.withLock { $0.append(job) }
    available.signal()
  }

  /// Returns when every job submitted before this call has ended.
  public func waitUntilIdle() {
    let reached = DispatchSemaphore(value: 0)
    submit { reached.signal() }
    reached.wait()
  }
}
