import PreferenceData

/// What a query finds.
public struct QueryAnswer: Hashable, Sendable {
  /// The positions of the rows: as the query orders them, else rising.
  public var positions: [Int]
  /// Whether the query orders them.
  public var isOrdered: Bool
  /// Rows of which it is not known whether they belong here, since a regular expression took too many
  /// steps: they are left out.
  public var givenUpCount: Int

  public init(positions: [Int], isOrdered: Bool = false, givenUpCount: Int = 0) {
    self.positions = positions
    self.isOrdered = isOrdered
    self.givenUpCount = givenUpCount
  }
}

/// A query being answered, step by step: whoever drives it can show how far it is, and stop.
///
/// First every row is asked what can be said without its texts; then those that are left, in the order of
/// the file, by their bytes where these settle it, else by reading them. The answer does not depend on
/// `jobs`; equals in the order stand as in the file.
public struct QueryRun: Sendable {
  private let query: Query
  private let subject: QuerySubject
  private let jobs: Int
  /// What is counted of the texts, once that is known.
  public private(set) var measures: RowMeasures?
  private var counting: RowMeasures?
  private var program: QueryProgram?
  /// Rows about which their texts decide.
  private var openRows: [Int] = []
  private var openDone = 0
  private var found: [Int] = []
  private var givenUpCount = 0
  public private(set) var answer: QueryAnswer?

  private static let rowsInPart = 64
  private static let partsInStep = 4

  /// - Parameters:
  ///   - query: What is asked.
  ///   - subject: Of what.
  ///   - measures: What is counted of the same rows, with the same annotator and seed, if that is known.
  ///   - jobs: How many threads work at a step.
  public init(_ query: Query, of subject: QuerySubject, measures: RowMeasures? = nil, jobs: Int) {
    precondition(jobs > 0, "a query needs a thread, got \(jobs)")
    self.query = query
    self.subject = subject
    self.measures = measures
    self.jobs = jobs
    if measures == nil, query.needsMeasures { counting = RowMeasures() }
  }

  /// How much of the texts has been looked at, in [0, 1].
  public var share: Double {
    guard answer == nil else { return 1 }
    if let counting { return Double(counting.rowCount) / Double(max(1, subject.source.rowCount)) }
    return Double(openDone) / Double(max(1, openRows.count))
  }

  /// How many rows are found so far.
  public var foundCount: Int { answer?.positions.count ?? found.count }

  /// Does the next piece of work; whether there is an answer.
  @discardableResult
  public mutating func advance() -> Bool {
    guard answer == nil else { return true }
    if var counting {
      // The copy that stays behind would be copied at the first append.
      self.counting = nil
      let isWhole = counting.advance(subject, jobs: jobs)
      if isWhole { measures = counting } else { self.counting = counting }
    } else if program == nil {
      askColumns()
    } else {
      askTexts()
    }
    return answer != nil
  }

  private mutating func askColumns() {
    guard let condition = query.condition else {
      found = Array(0..<subject.source.rowCount)
      return finish()
    }
    let program = QueryProgram(condition, over: QueryColumns(subject, measures: measures))
    var stacks = QueryProgram.Stacks()
    for row in 0..<subject.source.rowCount {
      switch program.truth(ofRow: row, &stacks, answer: { _ in .unknown }) {
      case .yes: found.append(row)
      case .no: break
      case .unknown: openRows.append(row)
      }
    }
    self.program = program
    if openRows.isEmpty { finish() }
  }

  private mutating func askTexts() {
    guard let program else { return }
    let (subject, rows) = (subject, openRows)
    let first = openDone
    let parts = min(
      (rows.count - first + Self.rowsInPart - 1) / Self.rowsInPart, Self.partsInStep * jobs)
    let answers = parallelMap(
      count: parts, jobs: jobs, scratch: { RegularExpression.Space() }
    ) { part, space in
      let start = first + part * Self.rowsInPart
      return Self.ask(
        program, rows[start..<min(start + Self.rowsInPart, rows.count)], of: subject, space)
    }
    for answer in answers {
      found += answer.found
      givenUpCount += answer.givenUpCount
    }
    openDone = min(rows.count, first + parts * Self.rowsInPart)
    if openDone == rows.count { finish() }
  }

  private static func ask(
    _ program: QueryProgram, _ rows: ArraySlice<Int>, of subject: QuerySubject,
    _ space: RegularExpression.Space
  ) -> (found: [Int], givenUpCount: Int) {
    var stacks = QueryProgram.Stacks()
    var left = Array(rows)
    var found: [Int] = []
    if program.questions.contains(where: \.canBeSettledByBytes) {
      var undecided: [Int] = []
      let isWhole = subject.source.readBytes(of: rows) { row, bytes in
        let possible = program.questions.map { $0.isPossible(inBytes: bytes) }
        switch program.truth(
          ofRow: row, &stacks, answer: { possible[$0] ? .unknown : .no })
        {
        case .yes: found.append(row)
        case .no: break
        case .unknown: undecided.append(row)
        }
      }
      if isWhole { left = undecided } else { found = [] }
    }
    var givenUpCount = 0
    for position in left {
      guard case .success(let row) = subject.source.row(at: position) else {
        let truth = program.truth(ofRow: position, &stacks, answer: { _ in .no })
        if truth == .yes { found.append(position) }
        continue
      }
      var questioned = QuestionedRow(row, at: position, of: subject)
      var own = QueryProgram.Stacks()
      let answers = program.questions.map { questioned.answer($0, space, &own) }
      let truth = program.truth(
        ofRow: position, &stacks, answer: { QueryProgram.Truth(answers[$0]) })
      if questioned.isUnfinished {
        givenUpCount += 1
      } else if truth == .yes {
        found.append(position)
      }
    }
    return (found, givenUpCount)
  }

  private mutating func finish() {
    found.sort()
    let columns = QueryColumns(subject, measures: measures)
    // The last key is sorted by first: what is equal in a later sort stays as it stands.
    for key in query.order.reversed() {
      let numbers = columns.numbers(key.number)
      let sign = key.isFalling ? -1.0 : 1
      found = found.enumerated().map { (number: numbers[$1] * sign, place: $0, row: $1) }
        .sorted { left, right in
          // What has no number comes last.
          guard left.number.isNaN == right.number.isNaN else { return right.number.isNaN }
          return left.number == right.number || left.number.isNaN
            ? left.place < right.place : left.number < right.number
        }.map(\.row)
    }
    answer = QueryAnswer(
      positions: found, isOrdered: !query.order.isEmpty, givenUpCount: givenUpCount)
    program = nil
  }
}
