import Dispatch
import Synchronization

/// The results of `body` for 0 ..< `count`, in order, worked out by at most `jobs` threads.
///
/// Each thread has its own scratch space, made by `scratch`. The work of one position may depend on
/// nothing but the position, so the result is the same for every number of jobs.
func parallelMap<Scratch, Value: Sendable>(
  count: Int, jobs: Int, scratch: @Sendable () -> Scratch,
  _ body: @Sendable (Int, inout Scratch) -> Value
) -> [Value] {
  guard min(jobs, count) > 1 else {
    var space = scratch()
    return (0..<count).map { body($0, &space) }
  }
  let found = Mutex([Value?](repeating: nil, count: count))
  let next = Atomic(0)
  DispatchQueue.concurrentPerform(iterations: min(jobs, count)) { _ in
    var space = scratch()
    while true {
      let position = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard position < count else { return }
      let value = body(position, &space)
      found.withLock { $0[position] = value }
    }
  }
  return found.withLock { $0.compactMap(\.self) }
}
