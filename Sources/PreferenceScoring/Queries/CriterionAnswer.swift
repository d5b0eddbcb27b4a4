import PreferenceData

/// What a query asks of the criteria of a decision: `helpful` that it is answered, `helpful=a` how.
struct AskedCriterion: Hashable, Sendable {
  /// What the answer says: of the label, or of the sides as they stand on this annotator's screen.
  enum Answer: String, Hashable, Sendable, CaseIterable {
    case keep, swap, tie, a, b

    /// Whether it tells which side of a row is the chosen one.
    var tellsLabel: Bool { self == .keep || self == .swap }
  }

  /// In lower case.
  let name: String
  /// Nil where any answer will do.
  let answer: Answer?

  /// - Returns: Nil where the word behind `=` is no answer.
  init?(_ value: String) {
    guard let equals = value.lastIndex(of: "=") else {
      name = value.lowercased()
      answer = nil
      return
    }
    guard let answer = Answer(rawValue: value[value.index(after: equals)...].lowercased()) else {
      return nil
    }
    name = value[..<equals].lowercased()
    self.answer = answer
  }

  /// Whether one of `ratings` is that answer.
  ///
  /// - Parameters:
  ///   - ratings: What was said of the row.
  ///   - subject: Knows how the sides of the row stand.
  ///   - position: The row, which is read only where the answer is about its sides.
  /// - Returns: False also where the row cannot be read any more.
  func isGiven(
    among ratings: [CriterionRating], of subject: QuerySubject, at position: Int
  ) -> Bool {
    guard let rating = ratings.first(where: { $0.criterion.lowercased() == name }) else {
      return false
    }
    guard let answer else { return true }
    guard let better = rating.side else { return answer == .tie }
    guard answer != .tie, case .success(let row) = subject.source.row(at: position) else {
      return false
    }
    switch answer {
    case .a, .b:
      let order = subject.sideOrder(of: row, at: position)
      let place = answer == .a ? 0 : 1
      return order.indices.contains(place) && row.sides[order[place]].id == better
    case .keep, .swap:
      let wanted: Outcome = answer == .keep ? .keep : .swap
      return Verdict.prefers(better).outcome(
        sides: row.sides.map(\.id), preferred: row.label.preferred) == wanted
    case .tie: return false
    }
  }
}
