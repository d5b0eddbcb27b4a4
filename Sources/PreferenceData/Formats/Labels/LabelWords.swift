/// The words with which a label field says which side is better.
struct LabelWords: Hashable, Sendable {
  /// Words that say the same of each side in turn: `model_a` and `model_b`, `1` and `2`.
  struct Family: Hashable, Sendable {
    /// By position of the side.
    var words: [String]
    /// How much better, on the words' own scale; nil where they have none.
    var strength: Double?
  }

  /// The families in the order in which they are preferred for writing; no word is in two.
  let families: [Family]
  let ties: [String]
  let bothBad: [String]
  let none: [String]
  /// Where each word of a family stands: rows are many, and families may be hundreds.
  private let places: [String: Place]

  private struct Place: Hashable, Sendable {
    var family: Int
    var position: Int
  }

  init(families: [Family], ties: [String], bothBad: [String], none: [String]) {
    self.families = families
    self.ties = ties
    self.bothBad = bothBad
    self.none = none
    var places: [String: Place] = [:]
    for (family, words) in families.map(\.words).enumerated() {
      for (position, word) in words.enumerated() where places[word] == nil {
        places[word] = Place(family: family, position: position)
      }
    }
    self.places = places
  }

  /// The same words, and those of the families that have one of `words` first.
  func preferring(_ words: [String]) -> LabelWords {
    let seen = Set(words.compactMap { places[$0]?.family })
    let order =
      families.indices.filter(seen.contains) + families.indices.filter { !seen.contains($0) }
    return LabelWords(
      families: order.map { families[$0] }, ties: ties, bothBad: bothBad, none: none)
  }

  /// Whether `word` names a side.
  func namesSide(_ word: String) -> Bool { places[word] != nil }

  /// The label that `word` stands for, or nil where it stands for none.
  func label(of word: String) -> PreferenceLabel? {
    if let place = places[word] {
      let family = families[place.family]
      return .best(place.position, of: family.words.count, strength: family.strength)
    }
    if ties.contains(word) { return .tie }
    if bothBad.contains(word) { return .bothBad }
    return none.contains(word) ? PreferenceLabel.none : nil
  }

  /// The word that says of the side at `position` what `word` says of another one; a new word of the
  /// first family where `word` prefers no side.
  func word(preferring position: Int, insteadOf word: String?) -> String? {
    let family = word.flatMap { places[$0]?.family } ?? (families.isEmpty ? nil : 0)
    guard let family, families[family].words.indices.contains(position) else { return nil }
    return families[family].words[position]
  }

}

extension LabelWords {
  /// The words that a person has named.
  init(_ values: LabelValues) {
    let columns = (0..<values.sideCount).map { values.values(meaning: .side($0)) }
    let count = columns.map(\.count).max() ?? 0
    // A side with fewer words than another answers the further ones with its last.
    self.init(
      families: (0..<count).map { place in
        Family(words: columns.map { $0[min(place, $0.count - 1)] }, strength: nil)
      },
      ties: values.values(meaning: .tie), bothBad: values.values(meaning: .bothBad),
      none: values.values(meaning: .none))
  }

  /// The words that public data sets use for sides that stand in columns named with `markers`, such
  /// as `a` and `b`, in full as `names`.
  static func common(markers: [String], names: [String]) -> LabelWords {
    let count = markers.count
    let lower = (0..<count).map { LabelValues.letter($0) }
    let upper = lower.map { $0.uppercased() }
    let numbers = (1...max(count, 1)).map(String.init)
    var families: [Family] = []
    var known: Set<String> = []
    func add(_ words: [String], strength: Double? = nil) {
      guard known.isDisjoint(with: words) else { return }
      known.formUnion(words)
      families.append(Family(words: words, strength: strength))
    }
    add(names)
    for alphabet in [lower, upper] {
      add(alphabet)
      for prefix in prefixes { add(alphabet.map { prefix + $0 }) }
      add(alphabet.map { "[[\($0)]]" })
    }
    // A bare number may count from 0 or from 1, or be no number of a side at all.
    for alphabet in [numbers, markers] {
      for prefix in prefixes { add(alphabet.map { prefix + $0 }) }
    }
    if count == 2 {
      for (first, second, strength) in pairs { add([first, second], strength: strength) }
    }
    return LabelWords(families: families, ties: ties, bothBad: bothBad, none: none)
  }

  /// The words for sides that are named chosen and rejected.
  static let named = LabelWords(
    families: [Family(words: ["chosen", "rejected"], strength: nil)], ties: ties,
    bothBad: bothBad, none: none)

  private static let prefixes =
    [
      "model", "response", "answer", "output", "assistant", "completion", "option", "candidate",
      "generation", "summary", "text", "side", "image", "conversation", "arg", "argument",
    ].flatMap { word in
      let capital = word.prefix(1).uppercased() + word.dropFirst()
      return ["_", "", " ", "-"].flatMap { [word + $0, capital + $0] }
    } + ["a", "A", "m", "r"]

  private static let pairs: [(String, String, Double?)] = [
    ("left", "right", nil), ("Left", "Right", nil), ("LEFT", "RIGHT", nil),
    ("first", "second", nil), ("First", "Second", nil),
    // MultiPref and other Likert scales; Arena-Hard's verdicts.
    ("A-is-clearly-better", "B-is-clearly-better", 2),
    ("A-is-slightly-better", "B-is-slightly-better", 1),
    ("A>>B", "B>>A", 2), ("A>B", "B>A", 1),
    ("A much better", "B much better", 2), ("A better", "B better", 1),
  ]

  private static let ties = [
    "tie", "Tie", "TIE", "equal", "Equal", "same", "Same", "draw", "Draw", "both", "Both",
    "tie (inconsistent)", "no preference", "about the same", "both good", "A=B", "B=A", "[[C]]",
  ]

  private static let bothBad = [
    "tie (bothbad)", "both_bad", "bothbad", "both bad", "Both bad", "neither", "Neither",
  ]

  private static let none = [
    "", "none", "None", "null", "NULL", "nan", "NaN", "N/A", "n/a", "unknown", "error",
  ]
}
