/// What a misspelt word was probably meant to be.
public enum Suggestion {
  /// The word of `candidates` that needs the fewest edits to become `word`, if a third of its
  /// letters or fewer change.
  public static func nearest(to word: String, among candidates: [String]) -> String? {
    let scored = candidates.map { (distance: distance(word, $0), word: $0) }
    guard let best = scored.min(by: { ($0.distance, $0.word) < ($1.distance, $1.word) }),
      best.distance * 3 <= max(3, best.word.count)
    else { return nil }
    return best.word
  }

  /// The optimal string alignment distance: the least number of letters added, left out, exchanged,
  /// or swapped with their neighbour, no letter touched twice.
  public static func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left), Array(right))
    var older: [Int] = []
    var above = Array(0...right.count)
    for line in left.indices {
      var row = [line + 1]
      for place in right.indices {
        var least = min(
          above[place + 1] + 1, row[place] + 1, above[place] + (left[line] == right[place] ? 0 : 1))
        if line > 0, place > 0, left[line] == right[place - 1], left[line - 1] == right[place] {
          least = min(least, older[place - 1] + 1)
        }
        row.append(least)
      }
      (older, above) = (above, row)
    }
    return above[right.count]
  }
}
