import PreferenceData

/// What may stand where a query is being written.
public struct QueryCompletion: Hashable, Sendable {
  public struct Candidate: Hashable, Sendable {
    public var text: String
    /// How many rows have this value; nil for a name.
    public var rows: Int?
  }

  /// The end of what is written, which a candidate takes the place of.
  public let replaced: String
  /// Those that begin with it, letter case ignored; the likeliest first.
  public let candidates: [Candidate]

  /// - Parameters:
  ///   - before: The query as far as the insertion point.
  ///   - values: What can be asked for.
  ///   - isBlind: Whether to leave out what would tell which side of a row is chosen.
  public init(before: String, values: QueryValues, isBlind: Bool) {
    let word = before.ending { !" \t(".contains($0) }
    let isInMeasure = Query.Measure.allCases.contains { before.hasSuffix("\($0.rawValue)(\(word)") }
    let found: (replaced: String, candidates: [Candidate])
    if isInMeasure {
      let texts = Query.TextName.allCases.filter { !isBlind || !$0.tellsLabel }
      found = (word, texts.map { Candidate(text: "\($0.rawValue))") })
    } else if let colon = word.firstIndex(of: ":") {
      let field = String(word[..<colon].drop { $0 == "-" })
      let value = String(word[word.index(after: colon)...]).ending { $0 != "," }
      found = (value, Self.values(of: field, in: values, isBlind: isBlind))
    } else {
      let name = word.ending { $0.isLetter || $0.isNumber || "_.".contains($0) }
      found = (name, Self.names(isBlind: isBlind))
    }
    replaced = found.replaced
    let start = found.replaced.lowercased()
    candidates = found.candidates.filter { $0.text.lowercased().hasPrefix(start) }
  }

  private static func values(
    of field: String, in values: QueryValues, isBlind: Bool
  ) -> [Candidate] {
    if field == "sort" { return Query.numbersByName.map { Candidate(text: $0.name) } }
    guard let property = Query.Property(rawValue: field) else { return [] }
    let counted = values.counts[property] ?? []
    let known = (property.values ?? []).filter { value in
      !counted.contains { $0.value == value } && (!isBlind || !property.tellsLabel(value: value))
    }
    return counted.map { count in
      let isPlain = !count.value.contains { " \t,()\"".contains($0) }
      return Candidate(
        text: isPlain ? count.value : Query.quoted(count.value), rows: count.rows)
    } + known.map { Candidate(text: $0) }
  }

  private static func names(isBlind: Bool) -> [Candidate] {
    Query.fieldNames.compactMap { name -> Candidate? in
      if isBlind {
        guard Query.TextName(rawValue: name)?.tellsLabel != true,
          Query.number(named: name)?.tellsLabel != true
        else { return nil }
      }
      let takesValues =
        Query.Property(rawValue: name) != nil || Query.TextName(rawValue: name) != nil
        || name == "sort"
      let takesText = Query.Measure(rawValue: name) != nil
      return Candidate(text: name + (takesValues ? ":" : takesText ? "(" : ""))
    }
  }
}

extension String {
  /// The end of the string as far as `isMeant` holds.
  fileprivate func ending(_ isMeant: (Character) -> Bool) -> String {
    var start = endIndex
    while start > startIndex, isMeant(self[index(before: start)]) { start = index(before: start) }
    return String(self[start...])
  }
}
