public import PreferenceScoring

extension StyleFeature {
  /// What the feature measures of a response, in words that fit a table.
  var phrase: String {
    switch self {
    case .loglen: "length in characters"
    case .logwords: "length in words"
    case .sents: "number of sentences"
    case .lines: "number of lines"
    case .q: "question marks"
    case .excl: "exclamation marks"
    case .digits: "digits"
    case .bullets: "list items"
    case .quotes: "quotation marks"
    case .paren: "parentheses"
    case .caps: "capital letters"
    case .ttr: "variety of words"
    case .wlen: "length of its words"
    case .refuse: "words of refusal"
    case .hedge: "hedging words"
    case .clarify: "asking back"
    case .polite: "polite words"
    case .I: "saying I"
    case .you: "saying you"
    case .neg: "negations"
    case .endq: "ends with a question"
    case .endpunct: "ends with a full stop"
    case .short1: "very short"
    case .short2: "short"
    case .long1: "long"
    case .long2: "very long"
    case .jac: "words shared with the prompt"
    case .contain: "covers the request's words"
    case .novel: "words not in the prompt"
    case .lastover: "takes up the request"
    case .rep: "repeats itself"
    case .sqrtlen: "length (square root)"
    case .sentlen: "length of its sentences"
    case .url: "has a link"
    case .comma: "commas"
    case .colon: "colons"
    case .loglen2: "length (logarithm squared)"
    }
  }
}

extension Explanation.Source {
  /// What adds to the margin, in words that fit a table.
  public var phrase: String {
    switch self {
    case .style(let feature): feature.phrase
    case .words(let words): "\"\(words)\""
    case .recurringText: "other pairs of the same responses"
    case .annotator: "this annotator's other labels"
    case .reward(let name): "reward of \(name)"
    }
  }
}
