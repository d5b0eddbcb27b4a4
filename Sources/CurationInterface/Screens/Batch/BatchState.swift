/// The decisions whose evidence is gone over together.
struct BatchState: Sendable {
  /// So many make a batch where nobody says how many.
  static let usualSize = 20

  /// After so many decisions their evidence comes by itself; 0 where it never does.
  var size = 0
  /// The decisions since the last look, in the order in which they were made; after a look, those of it
  /// until the next decision.
  private(set) var targets: [DecisionTarget] = []
  private(set) var isGoneOver = false
  /// The place of the cursor among the decisions that still stand.
  var cursor = 0

  /// Takes in a decision; of one pair the newest counts.
  mutating func add(_ target: DecisionTarget) {
    if isGoneOver { targets = [] }
    isGoneOver = false
    targets.removeAll { $0 == target }
    targets.append(target)
  }

  mutating func goOver() {
    isGoneOver = true
    cursor = 0
  }
}
