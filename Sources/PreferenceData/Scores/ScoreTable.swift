/// By what a line of a score file says which row it means.
public enum ScoreKey: Hashable, Sendable, CustomStringConvertible {
  /// The position in the data set, from 0, under `row`.
  case row
  /// The row's name as Demur writes it, under `id`: the file's own identifier where it has one, else
  /// the identity of the row.
  case id
  /// A field of both files.
  case field(FieldPath)

  public var description: String {
    switch self {
    case .row: "row"
    case .id: "id"
    case .field(let path): "\(path)"
    }
  }
}

/// Why a score file says nothing. Carries names of columns, never their text.
public enum ScoreProblem: Error, Hashable, Sendable {
  /// No line has a column that is known, with a number or verdict in it; the names that the first
  /// line has.
  case noKnownColumn(found: [String])
  /// No line has the key.
  case noKey(ScoreKey, found: [String])
  /// Lines that repeat the key of a line before them, and the first of them, from 0.
  case repeatedKeys(ScoreKey, count: Int, first: Int)
  /// Several rows of the data set have the same key, and the lines do not tell them apart.
  case repeatedRows(ScoreKey, count: Int)
  /// The column says neither by its name nor otherwise whether it holds sums or means.
  case unknownUnit(column: String)
  /// Sums of log-probabilities without those of a reference model mostly say which side is longer.
  case sumsWithoutReference(column: String)
  /// No line has the key of any row.
  case noRowMatches(ScoreKey, lines: Int)
}

/// The lines of a score file by their keys: what reward models, judges and language models say of the
/// rows of a data set.
public struct ScoreTable: Sendable {
  public let key: ScoreKey
  /// The reward models whose numbers the lines hold, in the order of `ExternalReward.Kind`.
  public let rewards: [ExternalReward]
  /// How many lines are no JSON object, or have no key.
  public private(set) var unreadableCount = 0
  /// Whether every line names its side by its text: then several rows may share a key.
  public private(set) var tellsRowsApart = true
  /// How many lines there are with a key.
  public var lineCount: Int { lines.count }

  private let columns: [ScoreColumn]
  private var lines: [Line] = []
  private var places: [String: [Int]] = [:]

  /// - Parameters:
  ///   - name: What the file is called.
  ///   - lineCount: How many lines it has.
  ///   - key: By what they say which row they mean.
  ///   - unit: What log-probabilities are whose column does not say it.
  ///   - line: The document in a line, nil where it is none; asked for twice.
  /// - Throws: Why the lines say nothing.
  public init(
    named name: String, lineCount: Int, key: ScoreKey, unit: LogProbabilityUnit?,
    line: (Int) -> JSONDocument?
  ) throws(ScoreProblem) {
    self.key = key
    var survey = ScoreColumnSurvey(unit: unit)
    for number in 0..<lineCount {
      if let root = line(number)?.root { survey.note(root) }
    }
    let columns = try survey.columns
    self.columns = columns
    rewards = columns.map { column in
      ExternalReward(
        name: columns.count == 1 ? name : "\(name) (\(column.kind.rawValue))", kind: column.kind)
    }
    var repeated = (count: 0, first: 0)
    var seen: Set<Place> = []
    for number in 0..<lineCount {
      guard let root = line(number)?.root, let text = key.text(in: root) else {
        unreadableCount += 1
        continue
      }
      let side = SideName(in: root)
      if case .text? = side {} else { tellsRowsApart = false }
      let pair = RankedPair(in: root)
      guard seen.insert(Place(key: text, side: side, pair: pair)).inserted else {
        if repeated.count == 0 { repeated.first = number }
        repeated.count += 1
        continue
      }
      places[text, default: []].append(lines.count)
      lines.append(Line(pair: pair, statements: columns.map { $0.statement(in: root) }))
    }
    guard !lines.isEmpty else { throw .noKey(key, found: survey.names) }
    if repeated.count > 0 {
      throw .repeatedKeys(key, count: repeated.count, first: repeated.first)
    }
  }

  private struct Place: Hashable {
    var key: String
    var side: SideName?
    var pair: RankedPair?
  }

  private struct Line {
    /// Which two sides of a ranking it is about; nil for the row.
    var pair: RankedPair?
    /// By column.
    var statements: [ScoreStatement?]
  }

  /// The lines with this key.
  public func lines(under key: String) -> [Int] { places[key] ?? [] }

  /// What the lines say of `row`, by side and reward model. Of a ranking they have to say it of single
  /// sides: one of which two lines say different things has no number.
  public func values(of row: PreferenceRow, from numbers: [Int]) -> [[Double?]] {
    var values = Array(
      repeating: [Double?](repeating: nil, count: columns.count), count: row.sides.count)
    guard row.sides.count > 1 else { return values }
    for position in columns.indices {
      var sides = [Double?](repeating: nil, count: row.sides.count)
      var unclear: Set<Int> = []
      for number in numbers {
        let line = lines[number]
        guard let statement = line.statements[position] else { continue }
        guard row.sides.count > 2, let pair = line.pair else {
          statement.place(in: &sides, of: row)
          continue
        }
        guard columns[position].isOfSides, let said = statement.pairOfRewards else { continue }
        for (side, value) in [(pair.better, said.better), (pair.worse, said.worse)]
        where sides.indices.contains(side) {
          if let known = sides[side], known != value { unclear.insert(side) }
          sides[side] = value
        }
      }
      for side in sides.indices where !unclear.contains(side) {
        values[side][position] = sides[side]
      }
    }
    return values
  }
}

extension RankedPair {
  /// The pair of which a line of a score file speaks: `"pair": [better, worse]`.
  fileprivate init?(in line: JSONView) {
    let places = line["pair"]?.children.compactMap { $0.finiteNumber.flatMap { Int(exactly: $0) } }
    guard let places, places.count == 2, places[0] != places[1] else { return nil }
    self.init(better: places[0], worse: places[1])
  }
}

extension ScoreKey {
  /// The key in a line of a score file, or that of a field in a row of the data set.
  public func text(in root: JSONView) -> String? {
    let value: JSONView?
    switch self {
    case .row: value = root["row"]
    case .id: value = root["id"]
    case .field(let path): value = root[path: path] ?? root["\(path)"]
    }
    guard let value, value.kind == .string || value.kind == .number else { return nil }
    guard let text = value.scalarText else { return nil }
    // Programs that read a column of whole numbers with gaps write 17.0 for 17.
    return value.kind == .number && text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
