import PreferenceData

/// What the labels of a data set say, counted.
public struct LabelBalance: Hashable, Sendable {
  /// Rows of two sides that prefer the side which the file names first, or second. Where a column is
  /// called chosen, that is always the first.
  public private(set) var first = 0
  public private(set) var second = 0
  /// Rows of three sides or more with places for them.
  public private(set) var ranked = 0
  public private(set) var tied = 0
  public private(set) var bothBad = 0
  /// Rows of a single response.
  public private(set) var desirable = 0
  public private(set) var undesirable = 0
  public private(set) var unlabelled = 0
  /// By preferred side and strength, in rising order, where the file has strengths.
  public private(set) var strengths: [StrengthCount] = []

  /// How many rows prefer a side with this strength, on the file's own scale.
  public struct StrengthCount: Hashable, Sendable {
    public var side: Int
    public var strength: Double
    public var rows: Int
  }

  /// How often the side named first is the preferred one, with Wilson's 95 % interval; nil where no row
  /// of two sides prefers one.
  public var firstShare: Estimate? {
    first + second == 0 ? nil : Estimate(wins: first, of: first + second)
  }

  /// How many rows say that a side is better than another.
  public var preferring: Int { first + second + ranked }

  mutating func add(_ label: PreferenceLabel) {
    switch label {
    case .prefers(let side, let strength):
      if side == 0 { first += 1 } else { second += 1 }
      if let strength { add(strength, side: side) }
    case .ranks: ranked += 1
    case .tie: tied += 1
    case .bothBad: bothBad += 1
    case .desirable: desirable += 1
    case .undesirable: undesirable += 1
    case .none: unlabelled += 1
    }
  }

  /// Scales have a handful of values; where a file has more, its numbers are scores, and only the first
  /// few are counted one by one.
  private static let strengthLimit = 64

  private mutating func add(_ strength: Double, side: Int) {
    let place = strengths.firstIndex { ($0.side, $0.strength) >= (side, strength) }
    if let place, strengths[place].side == side, strengths[place].strength == strength {
      strengths[place].rows += 1
    } else if strengths.count < Self.strengthLimit, !strength.isNaN {
      let new = StrengthCount(side: side, strength: strength, rows: 1)
      strengths.insert(new, at: place ?? strengths.count)
    }
  }
}

/// How often the longer side is the preferred one.
public struct LongerSide: Hashable, Sendable {
  /// Pairs of which the longer side is preferred, or the shorter, or both are equally long.
  public internal(set) var wins = 0
  public internal(set) var losses = 0
  public internal(set) var equal = 0

  /// With Wilson's 95 % interval; nil where no two sides differ in length.
  public var share: Estimate? { wins + losses == 0 ? nil : Estimate(wins: wins, of: wins + losses) }
}

/// How an author, usually a model, does against the others.
public struct AuthorRecord: Hashable, Sendable {
  public let name: String
  /// Pairs with another author in which its side is better, or worse, or neither is.
  public internal(set) var wins = 0
  public internal(set) var losses = 0
  public internal(set) var ties = 0

  /// The share of wins among wins and losses, with Wilson's 95 % interval.
  public var winRate: Estimate { Estimate(wins: wins, of: wins + losses) }
  public var pairCount: Int { wins + losses + ties }
}

/// Authors and how they do, as rows come in.
struct AuthorTally: Sendable {
  private var places: [String: Int] = [:]
  private var records: [AuthorRecord] = []

  mutating func add(_ row: PreferenceRow) {
    guard row.sides.contains(where: { $0.author != nil }) else { return }
    for pair in row.pairs {
      guard let better = row.sides[pair.better].author, let worse = row.sides[pair.worse].author,
        better != worse
      else { continue }
      records[place(of: better)].wins += 1
      records[place(of: worse)].losses += 1
    }
    guard row.label == .tie || row.label == .bothBad, row.sides.count == 2,
      let first = row.sides[0].author, let second = row.sides[1].author, first != second
    else { return }
    records[place(of: first)].ties += 1
    records[place(of: second)].ties += 1
  }

  /// The authors with the most pairs first; of equals, by name.
  var sorted: [AuthorRecord] {
    records.sorted { ($1.pairCount, $0.name) < ($0.pairCount, $1.name) }
  }

  private mutating func place(of name: String) -> Int {
    if let place = places[name] { return place }
    places[name] = records.count
    records.append(AuthorRecord(name: name))
    return records.count - 1
  }
}
