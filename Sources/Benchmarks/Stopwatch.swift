import Foundation

/// Time on the clock and time of the processor since it was last asked.
struct Stopwatch {
  struct Lap {
    var wall: Double
    /// Over all threads.
    var processor: Double

    static let zero = Lap(wall: 0, processor: 0)

    static func += (left: inout Lap, right: Lap) {
      left.wall += right.wall
      left.processor += right.processor
    }

    static func / (lap: Lap, parts: Double) -> Lap {
      Lap(wall: lap.wall / parts, processor: lap.processor / parts)
    }
  }

  private var last = Self.now

  mutating func restart() { last = Self.now }

  /// What has passed since the last lap or the beginning.
  mutating func lap() -> Lap {
    let now = Self.now
    defer { last = now }
    return Lap(wall: now.wall - last.wall, processor: now.processor - last.processor)
  }

  private static var now: Lap {
    Lap(wall: seconds(CLOCK_MONOTONIC), processor: seconds(CLOCK_PROCESS_CPUTIME_ID))
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
