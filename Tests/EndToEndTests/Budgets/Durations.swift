import Foundation

/// How long something took, time after time, in milliseconds.
struct Durations: CustomStringConvertible {
  private var values: [Double] = []

  var count: Int { values.count }

  mutating func add(_ milliseconds: Double) { values.append(milliseconds) }

  /// The least value that `share` hundredths of all do not exceed; without any, infinity.
  func percentile(_ share: Int) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return .infinity }
    return sorted[max(0, (sorted.count * share + 99) / 100 - 1)]
  }

  var description: String {
    let parts = [50, 95, 99, 100].map { share in
      "p\(share) \(percentile(share).formatted(.number.precision(.fractionLength(1))))"
    }
    return parts.joined(separator: ", ") + " ms (\(count))"
  }
}

extension Interface {
  /// Types `keys` and gives the milliseconds until the screen has what they ask for.
  func time(_ keys: String, until isShown: () -> Bool) throws -> Double {
    terminal.readAll()
    let start = ContinuousClock.now
    type(keys)
    return try time(from: start, until: isShown)
  }

  /// The milliseconds from `start` until the screen has what it shall; what it takes to look at the
  /// screen does not count.
  func time(from start: ContinuousClock.Instant, until isShown: () -> Bool) throws -> Double {
    let deadline = Deadline.standard
    while !deadline.hasPassed {
      guard terminal.read(waiting: 1_000) else { continue }
      let now = ContinuousClock.now
      if isShown() { return (now - start) / .milliseconds(1) }
    }
    throw Overdue(what: "a frame that answers\n\(screen.text)")
  }

  /// Shows what is written for so long.
  func pause(milliseconds: Int) {
    let end = Deadline(after: .milliseconds(milliseconds))
    while !end.hasPassed { terminal.read(waiting: 5) }
  }

  /// The number of the row under the cursor, as the queue's footer counts.
  var footerPosition: Int? {
    Int(screen.line(screen.rows - 2).split(separator: " ").first ?? "")
  }
}
