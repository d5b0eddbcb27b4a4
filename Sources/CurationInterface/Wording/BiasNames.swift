public import PreferenceScoring

extension BiasFeature {
  /// What a response has more or less of, in words that fit a table.
  public var phrase: String {
    switch self {
    case .length: "length"
    case .lists: "list items"
    case .markup: "bold and headings"
    case .code: "code blocks"
    case .citations: "links and citations"
    case .emoji: "emoji"
    case .exclamations: "exclamation marks"
    case .questions: "question marks"
    case .askingBack: "asking back"
    case .refusal: "words of refusal"
    case .hedging: "hedging words"
    case .politeness: "polite words"
    case .firstPerson: "saying I"
    case .formality: "length of its words"
    case .contractions: "contractions"
    case .repetition: "repeating itself"
    }
  }
}

extension BiasSubject {
  /// What the row counts, in words that fit a table. Names from the data set are as they stand there.
  public var phrase: String {
    switch self {
    case .feature(let feature): feature.phrase
    case .position: "named first"
    case .author(let name), .group(let name), .annotator(let name): name
    }
  }
}

extension BiasSubject {
  /// The side that the row counts the wins of.
  var sidePhrase: String {
    switch self {
    case .feature(.length), .group, .annotator: "the longer side"
    case .feature: "the side with more"
    case .position: "the side named first"
    case .author: "its side"
    }
  }
}

extension BiasRow {
  /// What the pairs have in common that go against the row.
  public var counterExamplesPhrase: String {
    let isUsuallyChosen = 2 * winCount >= pairCount
    let chosen = isUsuallyChosen ? "rejected" : "chosen"
    return switch subject {
    case .feature(.length): "the longer side is \(chosen)"
    case .feature(let feature): "the side with more of \(feature.phrase) is \(chosen)"
    case .position: "the side named first is \(chosen)"
    case .author(let name): "the side of \(name) is \(chosen)"
    case .group(let name): "source \(name), the longer side is \(chosen)"
    case .annotator(let name): "annotator \(name), the longer side is \(chosen)"
    }
  }
}

extension BiasSubject.Section {
  /// The heading of a part of the table.
  public var title: String {
    switch self {
    case .features: "THE SIDE WITH MORE OF"
    case .authors: "THE SIDE WRITTEN BY"
    case .groups: "THE LONGER SIDE, SOURCE"
    case .annotators: "THE LONGER SIDE, ANNOTATOR"
    }
  }
}

extension BiasTable {
  /// How many effects were tested together, and how many of them are there beyond chance.
  public var testSummary: String {
    "\(Numbers.count(testedCount, "effect")) tested, \(Numbers.grouped(significantCount)) survive "
      + "Holm's correction at 5%"
  }
}
