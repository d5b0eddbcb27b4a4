/// Pairs that two annotators have labelled.
///
/// Two labels of the same two responses by the same annotator, or by nobody known, may be copies of one
/// another and are not counted.
enum DoubleLabelling {
  static func count(_ evidence: SignalEvidence) -> LabelNoise.DoubleLabels? {
    guard !evidence.annotators.isEmpty else { return nil }
    var (count, agreeing) = (0, 0)
    for group in evidence.groups.copies where group.count > 1 && group.count <= groupLimit {
      for row in group {
        for other in group where other > row && evidence.keys[row].pair == evidence.keys[other].pair
        {
          guard let one = evidence.annotators[row], let two = evidence.annotators[other], one != two
          else { continue }
          count += 1
          if evidence.keys[row].chosen == evidence.keys[other].chosen { agreeing += 1 }
        }
      }
    }
    return count == 0 ? nil : LabelNoise.DoubleLabels(count: count, agreeingCount: agreeing)
  }

  /// A pair with more copies is not one that was labelled, but one that was repeated.
  private static let groupLimit = 1000
}
