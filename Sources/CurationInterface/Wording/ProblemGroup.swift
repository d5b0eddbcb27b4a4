public import PreferenceData

/// The problems of a data set that have one reason.
public struct ProblemGroup: Hashable, Sendable {
  /// The reason, without what differs from row to row.
  public let phrase: String
  /// In file order.
  public let problems: [RowProblem]

  /// So many problems are told one by one; more are summed up.
  public static let listed = 20
  /// So many rows of a group are named.
  private static let named = 3

  /// The groups of `problems`, the largest first, equals by their first row.
  /// - Complexity: O(n).
  public static func all(of problems: [RowProblem]) -> [ProblemGroup] {
    var places: [String: Int] = [:]
    var groups: [(phrase: String, problems: [RowProblem])] = []
    for problem in problems {
      let phrase = Phrases.kind(of: problem.reason)
      let place = places[phrase] ?? groups.count
      if place == groups.count {
        places[phrase] = place
        groups.append((phrase, []))
      }
      groups[place].problems.append(problem)
    }
    return groups.map { ProblemGroup(phrase: $0.phrase, problems: $0.problems) }
      .sorted {
        ($1.problems.count, $0.problems[0].row) < ($0.problems.count, $1.problems[0].row)
      }
  }

  /// `line 3, line 17, line 20 and 31 more`.
  public var places: String {
    let first = problems.prefix(Self.named).map(Phrases.place(of:)).joined(separator: ", ")
    let rest = problems.count - Self.named
    return rest > 0 ? "\(first) and \(Numbers.grouped(rest)) more" : first
  }
}
