/// A number for each side: the side with the best one is better, and equal ones are a tie.
///
/// Ratings and rewards are best where they are highest, ranks where they are lowest. Flags are
/// numbers too: one-hot columns (Chatbot Arena 55k) and labels of 1 and 0 (Pick-a-Pic).
struct ScoreLabel: LabelEncoding {
  /// One field a side.
  let scores: [FieldPath]
  let isHighestBest: Bool
  /// A flag for a tie, in files that have one (`winner_tie`).
  let tie: FieldPath?
  /// What the numbers of a row add up to where they always do: a label that prefers a side can then
  /// be written where the row has none.
  let sum: Double?

  var fields: [FieldPath] { scores + (tie.map { [$0] } ?? []) }

  var summary: String {
    "\(scores.map(\.description).joined(separator: ", ")) (the \(isHighestBest ? "highest" : "lowest") "
      + "is best)"
  }

  func label(in root: JSONView) throws(RowProblem.Reason) -> PreferenceLabel {
    var qualities: [Double] = []
    for field in scores {
      guard let value = try root.labelValue(at: field), value.scalarText?.isEmpty == false else {
        return .none
      }
      guard let number = value.numberOrSpelled else {
        throw .unknownLabel(field: field.description)
      }
      qualities.append(isHighestBest ? number : -number)
    }
    if let tie {
      // Flags: without any set, the row has no label.
      let isTied = try root.labelValue(at: tie)?.numberOrSpelled ?? 0
      guard isTied == 0 else { return .tie }
      if qualities.allSatisfy({ $0 == 0 }) { return .none }
    }
    let label = PreferenceLabel(qualities: qualities)
    guard case .prefers(let position, _) = label, sum != nil || tie != nil else { return label }
    // Numbers that always add up are labels themselves, and how far apart they are is their strength.
    return .prefers(position, strength: tie == nil ? abs(qualities[0] - qualities[1]) : nil)
  }

  func edits(preferring better: Int, to worse: Int, in root: JSONView) -> [LabelEdit]? {
    guard let first = root[path: scores[better]], let second = root[path: scores[worse]],
      let preferred = first.numberOrSpelled, let other = second.numberOrSpelled
    else { return nil }
    if preferred != other {
      return (preferred > other) == isHighestBest ? [] : [.exchange(first.span, second.span)]
    }
    if let tie, let flag = root[path: tie], let value = flag.numberOrSpelled, value != preferred {
      return [.exchange(first.span, flag.span)]
    }
    guard let sum, isHighestBest else { return nil }
    // The far end of the scale: 1 and 0, or 1 and -1.
    let ending = (first.scalarText ?? "").contains(".") ? ".0" : ""
    return [
      first.respelled("1" + ending), second.respelled(String(Int(sum) - 1) + ending),
    ]
  }
}
