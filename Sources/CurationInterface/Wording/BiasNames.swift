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
    case .laterHalf: "the later half"
    }
  }
}

extension BiasSubject {
  /// The side that the row counts the wins of.
  var sidePhrase: String {
    switch self {
    case .feature(.length), .group, .annotator, .laterHalf: "the longer side"
    case .feature: "the side with more"
    case .position: "the side named first"
    case .author: "its side"
    }
  }
}

extension BiasRow {
  /// What the pairs have in common that go against the row.
  public var counterExamplesPhrase: String {
    let fate = 2 * winCount >= pairCount ? "rejected" : "chosen"
    return switch subject {
    case .feature(.length): "length: longer is \(fate)"
    case .feature(let feature): "\(feature.phrase): more is \(fate)"
    case .position: "named first is \(fate)"
    case .author(let name): "model \(name) is \(fate)"
    case .group(let name): "source \(name): longer is \(fate)"
    case .annotator(let name): "annotator \(name): longer is \(fate)"
    case .laterHalf: "later half: longer is \(fate)"
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
    case .dates: "THE LONGER SIDE, DATE"
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
