import PreferenceData

/// A condition as steps over columns, so that asking it of every row is quick.
///
/// What needs a row's texts is a *question*, answered outside: until then it is unknown, and unknown goes
/// through `and`, `or` and `not` as in Kleene's logic: the answer is known as soon as it does not depend
/// on the text.
struct QueryProgram: Sendable {
  /// Ordered so that `and` is the lesser and `or` the greater of two.
  enum Truth: UInt8, Sendable, Comparable {
    case no, unknown, yes

    init(_ holds: Bool) { self = holds ? .yes : .no }

    static func < (left: Truth, right: Truth) -> Bool { left.rawValue < right.rawValue }

    var denied: Truth {
      switch self {
      case .no: .yes
      case .unknown: .unknown
      case .yes: .no
      }
    }
  }

  private enum Step: Sendable {
    case number(Double)
    /// A number of `columns`.
    case column(Int)
    /// A number that the file has in a column of its own.
    case field(Int)
    case operation(Query.Operation)
    case comparison(Query.Comparison)
    /// Whether the number on top is one of `lists`.
    case isListed(Int)
    /// A truth of `marks`.
    case mark(Int)
    case question(Int)
    case all(Int)
    case any(Int)
    case not
  }

  private var steps: [Step] = []
  private var columns: [[Double]] = []
  private var marks: [[Bool]] = []
  private var lists: [[Double]] = []
  /// The columns of the file whose numbers are needed row by row.
  private var fields: [FieldPath] = []
  private(set) var questions: [QueryQuestion] = []
  private var known: [Query.Expression: Int] = [:]

  /// Where a row's answer is worked out; one a thread.
  struct Stacks {
    fileprivate var numbers: [Double] = []
    fileprivate var truths: [Truth] = []
  }

  init(_ condition: Query.Condition, over columns: QueryColumns) {
    add(condition, columns)
  }

  /// The answer for the row at `row`.
  ///
  /// - Parameters:
  ///   - row: Its position.
  ///   - stacks: What is left of it does not matter.
  ///   - field: The number that the row has in a column of the file; asked of programs of questions only.
  ///   - answer: What is known of a question.
  /// - Returns: Unknown where it depends on questions of which nothing is known.
  func truth(
    ofRow row: Int, _ stacks: inout Stacks, field: (FieldPath) -> Double = { _ in .nan },
    answer: (Int) -> Truth
  ) -> Truth {
    stacks.numbers.removeAll(keepingCapacity: true)
    stacks.truths.removeAll(keepingCapacity: true)
    for step in steps {
      switch step {
      case .number(let value): stacks.numbers.append(value)
      case .column(let number): stacks.numbers.append(columns[number][row])
      case .field(let number): stacks.numbers.append(field(fields[number]))
      case .operation(let operation):
        let right = stacks.numbers.removeLast()
        let left = stacks.numbers.removeLast()
        stacks.numbers.append(operation.result(left, right))
      case .comparison(let comparison):
        let right = stacks.numbers.removeLast()
        let left = stacks.numbers.removeLast()
        stacks.truths.append(Truth(comparison.holds(left, right)))
      case .isListed(let number):
        stacks.truths.append(Truth(lists[number].contains(stacks.numbers.removeLast())))
      case .mark(let number): stacks.truths.append(Truth(marks[number][row]))
      case .question(let number): stacks.truths.append(answer(number))
      case .all(let count):
        var least = Truth.yes
        for _ in 0..<count { least = min(least, stacks.truths.removeLast()) }
        stacks.truths.append(least)
      case .any(let count):
        var greatest = Truth.no
        for _ in 0..<count { greatest = max(greatest, stacks.truths.removeLast()) }
        stacks.truths.append(greatest)
      case .not: stacks.truths.append(stacks.truths.removeLast().denied)
      }
    }
    return stacks.truths.removeLast()
  }

  // MARK: Building

  private mutating func add(_ condition: Query.Condition, _ source: QueryColumns) {
    switch condition {
    case .all(let parts):
      for part in parts { add(part, source) }
      steps.append(.all(parts.count))
    case .any(let parts):
      for part in parts { add(part, source) }
      steps.append(.any(parts.count))
    case .not(let part):
      add(part, source)
      steps.append(.not)
    case .comparison(let left, let comparison, let right):
      guard !left.readsFile, !right.readsFile else {
        var program = QueryProgram()
        program.add(left, source)
        program.add(right, source)
        program.steps.append(.comparison(comparison))
        return ask(.comparison(program))
      }
      add(left, source)
      add(right, source)
      steps.append(.comparison(comparison))
    case .equals(let number, let values):
      add(.field(number), source)
      lists.append(values)
      steps.append(.isListed(lists.count - 1))
    case .property(.id, let values): ask(.identity(values))
    case .property(let property, let values):
      marks.append(source.holds(property, values))
      steps.append(.mark(marks.count - 1))
    case .column(let path, let values): ask(.column(path, Set(values.map { $0.lowercased() })))
    case .contains(let text, let words): ask(.contains(text, LiteralPattern(words)))
    case .matches(let text, let pattern, let ignoresCase):
      // A query is made of patterns that PCRE2 takes; one that was made by hand may hold another.
      guard let expression = try? RegularExpression(pattern, ignoresCase: ignoresCase) else {
        preconditionFailure("a query holds a pattern that is none")
      }
      ask(.matches(text, expression))
    }
  }

  private init() {}

  private mutating func ask(_ question: QueryQuestion) {
    questions.append(question)
    steps.append(.question(questions.count - 1))
  }

  private mutating func add(_ expression: Query.Expression, _ source: QueryColumns) {
    switch expression {
    case .number(let value): steps.append(.number(value))
    case .day(let milliseconds): steps.append(.number(Double(milliseconds)))
    case .field(.column(let path)):
      fields.append(path)
      steps.append(.field(fields.count - 1))
    case .field(let number): addColumn(expression) { source.numbers(number) }
    case .measure(let measure, let text):
      addColumn(expression) { source.numbers(measure, of: text) }
    case .operation(let left, let operation, let right):
      add(left, source)
      add(right, source)
      steps.append(.operation(operation))
    }
  }

  private mutating func addColumn(_ expression: Query.Expression, _ values: () -> [Double]) {
    let number = known[expression] ?? columns.count
    if number == columns.count {
      known[expression] = number
      columns.append(values())
    }
    steps.append(.column(number))
  }
}

extension Query.Operation {
  fileprivate func result(_ left: Double, _ right: Double) -> Double {
    switch self {
    case .plus: left + right
    case .minus: left - right
    case .times: left * right
    case .over: left / right
    }
  }
}

extension Query.Comparison {
  /// Whether it holds; what is not there is neither equal nor unequal to anything.
  fileprivate func holds(_ left: Double, _ right: Double) -> Bool {
    switch self {
    case .above: left > right
    case .below: left < right
    case .atLeast: left >= right
    case .atMost: left <= right
    case .equal: left == right
    case .unequal: left < right || left > right
    }
  }
}

extension Query.Expression {
  /// Whether it needs a column of the file.
  fileprivate var readsFile: Bool {
    switch self {
    case .number, .day, .measure: false
    case .field(.column): true
    case .field: false
    case .operation(let left, _, let right): left.readsFile || right.readsFile
    }
  }
}

extension Query {
  /// Whether the answer needs what is counted of the texts.
  var needsMeasures: Bool {
    order.contains { $0.number.needsMeasures } || condition?.needsMeasures == true
  }
}

extension Query.Number {
  fileprivate var needsMeasures: Bool { self == .ratio || self == .length }
}

extension Query.Condition {
  fileprivate var needsMeasures: Bool {
    switch self {
    case .all(let parts), .any(let parts): parts.contains(where: \.needsMeasures)
    case .not(let part): part.needsMeasures
    case .comparison(let left, _, let right): left.needsMeasures || right.needsMeasures
    case .equals(let number, _): number.needsMeasures
    case .property(let property, _): property == .source || property == .annotator
    case .column, .contains, .matches: false
    }
  }
}

extension Query.Expression {
  fileprivate var needsMeasures: Bool {
    switch self {
    case .number, .day: false
    case .field(let number): number.needsMeasures
    case .measure(_, let text): text != .note
    case .operation(let left, _, let right): left.needsMeasures || right.needsMeasures
    }
  }
}
