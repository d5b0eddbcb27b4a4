import Foundation

/// The laps of each stage, in the order in which the stages first came.
struct StageTimes {
  private var stages: [(name: String, laps: [Stopwatch.Lap])] = []

  mutating func add(_ lap: Stopwatch.Lap, to name: String) {
    if let place = stages.firstIndex(where: { $0.name == name }) {
      stages[place].laps.append(lap)
    } else {
      stages.append((name, [lap]))
    }
  }

  /// A line a stage, with medians divided by `size`.
  func table(per size: Double) -> [String] {
    let head = Self.line("STAGE", "PROCESSOR", "CLOCK")
    return [head]
      + stages.map { stage in
        let isOfOnePair = stage.name.hasSuffix("one pair")
        let scale = isOfOnePair ? 1 : size
        return Self.line(
          stage.name, Self.median(stage.laps.map(\.processor)) / scale,
          Self.median(stage.laps.map(\.wall)) / scale)
      }
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2)
      ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }

  private static func line(_ name: String, _ processor: Double, _ wall: Double) -> String {
    func text(_ seconds: Double) -> String {
      seconds.formatted(.number.precision(.fractionLength(4)).grouping(.never))
    }
    return line(name, text(processor), text(wall))
  }

  private static func line(_ name: String, _ processor: String, _ wall: String) -> String {
    func right(_ text: String) -> String {
      String(repeating: " ", count: max(0, 12 - text.count)) + text
    }
    return name + String(repeating: " ", count: max(1, 36 - name.count)) + right(processor)
      + right(wall)
  }
}
