/// What the values of a label field mean, where a person has said so: `a=1,b=2,tie=0`.
public struct LabelValues: Hashable, Sendable {
  public enum Meaning: Hashable, Sendable {
    /// The side at this position is better.
    case side(Int)
    case tie
    case bothBad
    /// The row carries no label.
    case none
  }

  public struct Entry: Hashable, Sendable {
    public var value: String
    public var meaning: Meaning

    public init(_ value: String, _ meaning: Meaning) {
      self.value = value
      self.meaning = meaning
    }
  }

  /// In the order in which they were given; no value twice.
  public let entries: [Entry]

  /// Stands for every number below zero; `positive` for every number above.
  public static let negative = "negative"
  public static let positive = "positive"

  /// - Precondition: No value has two meanings.
  public init(_ entries: [Entry]) {
    precondition(Set(entries.map(\.value)).count == entries.count, "a value means one thing")
    self.entries = entries
  }

  /// What `text` spells: `a=1,b=2,tie=0,both-bad=3,none=x`; a letter names a side by its place. Nil
  /// where a part is not understood, a value stands there twice, or fewer than two sides are named.
  public init?(_ text: String) {
    var entries: [Entry] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2, let meaning = Meaning(String(halves[0])) else { return nil }
      entries.append(Entry(String(halves[1]), meaning))
    }
    let sides = Set(
      entries.compactMap { entry -> Int? in
        if case .side(let position) = entry.meaning { position } else { nil }
      })
    guard sides.count >= 2, sides.sorted() == Array(0..<sides.count),
      Set(entries.map(\.value)).count == entries.count
    else { return nil }
    self.entries = entries
  }

  /// What `value` means, as a file spells it; nil where nothing is said of it.
  public func meaning(of value: String) -> Meaning? {
    if let entry = entries.first(where: { $0.value == value }) { return entry.meaning }
    guard let number = Double(value), number.isFinite, number != 0 else { return nil }
    let sign = number < 0 ? Self.negative : Self.positive
    return entries.first { $0.value == sign }?.meaning
  }

  /// How many sides are named.
  public var sideCount: Int {
    entries.reduce(0) { count, entry in
      if case .side(let position) = entry.meaning { max(count, position + 1) } else { count }
    }
  }

  func values(meaning: Meaning) -> [String] {
    entries.filter { $0.meaning == meaning }.map(\.value)
  }

  /// `a` for the first side, `b` for the second.
  static func letter(_ position: Int) -> String {
    String(Unicode.Scalar(UInt8(ascii: "a") + UInt8(min(position, 25))))
  }
}

extension LabelValues: CustomStringConvertible {
  public var description: String {
    entries.map { "\($0.meaning.name)=\($0.value)" }.joined(separator: ",")
  }
}

extension LabelValues.Meaning {
  fileprivate init?(_ name: String) {
    switch name {
    case "tie": self = .tie
    case "both-bad": self = .bothBad
    case "none": self = .none
    default:
      guard name.utf8.count == 1, let letter = name.utf8.first,
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter)
      else { return nil }
      self = .side(Int(letter - UInt8(ascii: "a")))
    }
  }

  fileprivate var name: String {
    switch self {
    case .side(let position): LabelValues.letter(position)
    case .tie: "tie"
    case .bothBad: "both-bad"
    case .none: "none"
    }
  }
}
