import ArgumentParser
import PreferenceData

extension LabelCommand {
  /// What the criteria say of the sides of `row`, besides those `earlier` ones that are not named; of one
  /// that is named twice, the last word counts.
  func ratings(
    of row: PreferenceRow, at position: Int, beside earlier: [CriterionRating]
  ) throws -> [CriterionRating] {
    var ratings = earlier
    for word in criteria {
      guard
        let rating = word.record.rating(
          sides: row.sides.map(\.id), preferred: row.label.preferred)
      else {
        throw Failure(
          .badData, what: "row \(position) has no preference to \(word.outcome.rawValue)",
          remedy: "say \(word.name)=tie, or leave the criterion out")
      }
      ratings.removeAll { $0.criterion == rating.criterion }
      ratings.append(rating)
    }
    return ratings
  }
}

/// What one criterion says, as a person writes it: `helpful=swap`, `helpful=keep:2`.
struct CriterionWord: ExpressibleByArgument {
  let name: String
  let outcome: Outcome
  let strength: Int?

  init?(argument: String) {
    guard let equals = argument.firstIndex(of: "="), equals > argument.startIndex else {
      return nil
    }
    let parts = argument[argument.index(after: equals)...]
      .split(separator: ":", omittingEmptySubsequences: false)
    guard let word = parts.first, let outcome = Outcome(rawValue: String(word)) else { return nil }
    name = String(argument[..<equals])
    self.outcome = outcome
    switch (outcome, parts.count) {
    case (.keep, 1), (.swap, 1): strength = 1
    case (.tie, 1): strength = nil
    case (.keep, 2), (.swap, 2):
      guard let amount = Int(parts[1]), (1...2).contains(amount) else { return nil }
      strength = amount
    default: return nil
    }
  }

  var record: RatingRecord { RatingRecord(name, outcome: outcome, strength: strength) }
}
