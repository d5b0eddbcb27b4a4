/// Why a label was wrong, as one key says it.
public struct ReviewReason: Hashable, Sendable {
  /// The word that the journal keeps.
  public var name: String
  public var key: Character
  /// What it means, in a few words.
  public var meaning: String

  public init(name: String, key: Character, meaning: String) {
    self.name = name
    self.key = key
    self.meaning = meaning
  }

  /// The reasons that can be given where a rubric names none.
  public static let standard = [
    ReviewReason(name: "slip", key: "s", meaning: "the wrong button"),
    ReviewReason(name: "misread", key: "m", meaning: "the texts were misread"),
    ReviewReason(name: "taste", key: "t", meaning: "both can be preferred"),
    ReviewReason(name: "policy", key: "p", meaning: "against the guidelines"),
    ReviewReason(name: "underspecified", key: "u", meaning: "unclear prompt"),
    ReviewReason(name: "wrong-fact", key: "w", meaning: "the chosen side errs"),
  ]
}
