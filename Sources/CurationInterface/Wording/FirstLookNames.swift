public import PreferenceScoring

extension EncodingTrouble {
  /// What is true of a row with this trouble.
  public var phrase: String {
    switch self {
    case .replacement: "something could not be decoded (U+FFFD)"
    case .mojibake: "UTF-8 that was read as Windows-1252"
    case .control: "control characters"
    case .bidirectional: "characters that turn the direction of text"
    case .invisible: "characters that are not seen"
    }
  }
}

extension WritingScript {
  public var phrase: String {
    switch self {
    case .latin: "Latin"
    case .greek: "Greek"
    case .cyrillic: "Cyrillic"
    case .armenian: "Armenian"
    case .hebrew: "Hebrew"
    case .arabic: "Arabic"
    case .devanagari: "Devanagari"
    case .bengali: "Bengali"
    case .otherIndic: "other Indic"
    case .thai: "Thai"
    case .hangul: "Hangul"
    case .kana: "kana"
    case .han: "Han"
    case .other: "other scripts"
    }
  }
}
