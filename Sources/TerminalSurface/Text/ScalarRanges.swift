/// A set of Unicode scalars, kept as ascending ranges of their values.
public struct ScalarRanges: Hashable, Sendable {
  public private(set) var ranges: [ClosedRange<UInt32>] = []

  public init() {}

  public var isEmpty: Bool { ranges.isEmpty }

  /// Adds a scalar greater than every one before it.
  public mutating func append(_ scalar: Unicode.Scalar) {
    let value = scalar.value
    guard let last = ranges.last else { return ranges.append(value...value) }
    precondition(last.upperBound < value, "scalar \(value) after \(last.upperBound)")
    if last.upperBound + 1 == value {
      ranges[ranges.count - 1] = last.lowerBound...value
    } else {
      ranges.append(value...value)
    }
  }

  /// - Complexity: O(log number of ranges).
  public func contains(_ scalar: Unicode.Scalar) -> Bool {
    let place = ranges.partitionPoint { $0.upperBound < scalar.value }
    return place < ranges.count && ranges[place].lowerBound <= scalar.value
  }
}
