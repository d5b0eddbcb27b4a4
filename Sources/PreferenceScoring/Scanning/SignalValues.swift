/// What one signal says of each row: a number, or nothing.
///
/// As `[Double?]` it would take twice the memory, which a scan with all its signals is made of.
/// - Range: all numbers; one that is none (`isNaN`) reads as nil, so that a signal that could not be
///   worked out says nothing.
public struct SignalValues: Sendable, MutableCollection, RandomAccessCollection {
  private var numbers: [Double]

  public init(_ values: some Sequence<Double?>) { numbers = values.map { $0 ?? .nan } }

  public init(_ numbers: [Double]) { self.numbers = numbers }

  /// Nothing of any of `count` rows.
  public init(nothingOf count: Int) { numbers = Array(repeating: .nan, count: count) }

  mutating func append(_ value: Double?) { numbers.append(value ?? .nan) }

  mutating func append(_ others: SignalValues) { numbers += others.numbers }

  /// The values of `others` in another order: number `order[i]` comes to place i.
  init(_ others: SignalValues, in order: [Int]) { numbers = order.map { others.numbers[$0] } }

  /// Makes room for `count` values.
  mutating func reserve(_ count: Int) { numbers.reserveCapacity(count) }

  public var startIndex: Int { 0 }
  public var endIndex: Int { numbers.count }

  public subscript(row: Int) -> Double? {
    get { numbers[row].isNaN ? nil : numbers[row] }
    set { numbers[row] = newValue ?? .nan }
  }
}

extension SignalValues: Equatable {
  public static func == (left: SignalValues, right: SignalValues) -> Bool {
    left.elementsEqual(right)
  }
}

extension SignalValues: ExpressibleByArrayLiteral {
  public init(arrayLiteral values: Double?...) { self.init(values) }
}
