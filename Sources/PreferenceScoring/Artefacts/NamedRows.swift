/// Which name each row of a file has, in four bytes a row.
struct NamedRows: Sendable {
  /// In the order in which they first appear.
  private(set) var names: [String] = []
  private var numbers: [Int32] = []
  private var known: [String: Int32] = [:]

  mutating func append(_ name: String?) {
    guard let name else {
      numbers.append(-1)
      return
    }
    let number = known[name] ?? Int32(names.count)
    if Int(number) == names.count {
      known[name] = number
      names.append(name)
    }
    numbers.append(number)
  }

  /// Makes room for `count` rows.
  mutating func reserve(_ count: Int) { numbers.reserveCapacity(count) }

  /// The number in `names` of the name of row `index`, or nil where it has none.
  func number(at index: Int) -> Int? { numbers[index] < 0 ? nil : Int(numbers[index]) }

  /// The name of row `index`, or nil where it has none.
  func name(at index: Int) -> String? { number(at: index).map { names[$0] } }

  var isEmpty: Bool { names.isEmpty }

  /// By row, its number in `names`.
  var all: [Int?] { numbers.map { $0 < 0 ? nil : Int($0) } }
}
