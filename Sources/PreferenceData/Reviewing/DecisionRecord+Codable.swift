extension DecisionRecord: Codable {
  private enum Key: String, CodingKey {
    case id, row, decision, prefers, pair, better, worse, strength, note, tags, reason, criteria,
      annotator, at, served, undone
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    self.init(
      id: try fields.identifier(.id), row: try fields.decodeIfPresent(Int.self, forKey: .row),
      outcome: try fields.parsed(.decision, Outcome.init(rawValue:)),
      prefers: try fields.parsed(.prefers, SideID.init(hexadecimal:)),
      pair: try fields.sidePair(.pair), ranked: try fields.rankedPair(.better, .worse),
      strength: try fields.decodeIfPresent(Int.self, forKey: .strength),
      note: try fields.decodeIfPresent(String.self, forKey: .note) ?? "",
      tags: (try fields.decodeIfPresent([String].self, forKey: .tags) ?? []).withoutRepeats,
      reason: try fields.decodeIfPresent(String.self, forKey: .reason),
      ratings: (try fields.decodeIfPresent([RatingFields].self, forKey: .criteria) ?? [])
        .map(\.rating),
      annotator: try fields.parsed(.annotator, AnnotatorName.init),
      millisecondsSince1970: try fields.parsed(.at, ISO8601.milliseconds),
      serving: try fields.decodeIfPresent(ServingFields.self, forKey: .served)?.serving,
      isUndone: try fields.decodeIfPresent(Bool.self, forKey: .undone) ?? false)
    if id == nil, row == nil { throw fields.missing(.id) }
    if outcome == nil, prefers == nil { throw fields.missing(.decision) }
    switch outcome {
    case nil, .keep, .swap: break
    case .tie, .bothBad, .drop, .skip:
      guard prefers == nil else { throw fields.invalid(.prefers) }
    }
    switch outcome {
    case nil, .keep, .swap, .tie, .skip: break
    case .bothBad, .drop:
      // These are of the whole row.
      guard pair == nil, ranked == nil else { throw fields.invalid(.decision) }
    }
    if let pair, let prefers, pair.first != prefers, pair.second != prefers {
      throw fields.invalid(.pair)
    }
    if Set(ratings.map(\.criterion)).count != ratings.count { throw fields.invalid(.criteria) }
    if let row, row < 0 { throw fields.invalid(.row) }
    if let strength, !Decision.strengths.contains(strength) { throw fields.invalid(.strength) }
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encodeIfPresent(id, forKey: .id)
    try fields.encodeIfPresent(row, forKey: .row)
    try fields.encodeIfPresent(outcome?.rawValue, forKey: .decision)
    try fields.encodeIfPresent(prefers?.description, forKey: .prefers)
    try fields.encodeIfPresent(
      pair.map { [$0.first.description, $0.second.description] }, forKey: .pair)
    try fields.encodeIfPresent(ranked?.better, forKey: .better)
    try fields.encodeIfPresent(ranked?.worse, forKey: .worse)
    try fields.encodeIfPresent(strength, forKey: .strength)
    if !note.isEmpty { try fields.encode(note, forKey: .note) }
    if !tags.isEmpty { try fields.encode(tags, forKey: .tags) }
    try fields.encodeIfPresent(reason, forKey: .reason)
    if !ratings.isEmpty { try fields.encode(ratings.map(RatingFields.init), forKey: .criteria) }
    try fields.encodeIfPresent(annotator?.text, forKey: .annotator)
    try fields.encodeIfPresent(
      millisecondsSince1970.map(ISO8601.text(millisecondsSince1970:)), forKey: .at)
    try fields.encodeIfPresent(serving.map(ServingFields.init), forKey: .served)
    if isUndone { try fields.encode(true, forKey: .undone) }
  }
}

/// A rating, by the names under which a record holds it.
private struct RatingFields: Codable {
  private enum Key: String, CodingKey { case name, decision, prefers, strength }

  var rating: RatingRecord

  init(_ rating: RatingRecord) { self.rating = rating }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    rating = RatingRecord(
      try fields.decode(String.self, forKey: .name),
      outcome: try fields.parsed(.decision, Outcome.init(rawValue:)),
      prefers: try fields.parsed(.prefers, SideID.init(hexadecimal:)),
      strength: try fields.decodeIfPresent(Int.self, forKey: .strength))
    if rating.outcome == nil, rating.prefers == nil { throw fields.missing(.decision) }
    switch rating.outcome {
    case nil, .keep, .swap: break
    case .tie: guard rating.prefers == nil else { throw fields.invalid(.prefers) }
    case .bothBad, .drop, .skip: throw fields.invalid(.decision)
    }
    if let strength = rating.strength, !Decision.strengths.contains(strength) {
      throw fields.invalid(.strength)
    }
  }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(rating.criterion, forKey: .name)
    try fields.encodeIfPresent(rating.outcome?.rawValue, forKey: .decision)
    try fields.encodeIfPresent(rating.prefers?.description, forKey: .prefers)
    try fields.encodeIfPresent(rating.strength, forKey: .strength)
  }
}

/// How a decision came about, by the names under which a record holds it.
private struct ServingFields: Codable {
  private enum Key: String, CodingKey {
    case route, probability, scan, rank, suspicion, firstSide = "first_side"
    case labelSeen = "label_seen"
    case evidenceSeen = "evidence_seen"
    case seconds
  }

  var serving: Serving

  init(_ serving: Serving) { self.serving = serving }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    guard let route = try fields.parsed(.route, Serving.Route.init(rawValue:)) else {
      throw fields.missing(.route)
    }
    serving = Serving(
      route: route, probability: try fields.decodeIfPresent(Double.self, forKey: .probability) ?? 1,
      scan: try fields.decodeIfPresent(String.self, forKey: .scan),
      rank: try fields.decodeIfPresent(Int.self, forKey: .rank),
      suspicion: try fields.decodeIfPresent(Double.self, forKey: .suspicion),
      firstSide: try fields.parsed(.firstSide, SideID.init(hexadecimal:)),
      labelSeen: try fields.decodeIfPresent(Bool.self, forKey: .labelSeen) ?? false,
      evidenceSeen: try fields.decodeIfPresent(Bool.self, forKey: .evidenceSeen) ?? false,
      seconds: try fields.decodeIfPresent(Double.self, forKey: .seconds))
  }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(serving.route.rawValue, forKey: .route)
    try fields.encode(serving.probability, forKey: .probability)
    try fields.encodeIfPresent(serving.scan, forKey: .scan)
    try fields.encodeIfPresent(serving.rank, forKey: .rank)
    try fields.encodeIfPresent(serving.suspicion, forKey: .suspicion)
    try fields.encodeIfPresent(serving.firstSide?.description, forKey: .firstSide)
    try fields.encode(serving.labelSeen, forKey: .labelSeen)
    try fields.encode(serving.evidenceSeen, forKey: .evidenceSeen)
    try fields.encodeIfPresent(serving.seconds, forKey: .seconds)
  }
}

extension KeyedDecodingContainer {
  /// The value that `parse` makes of the string under `key`; nil where there is no string.
  fileprivate func parsed<Value>(_ key: Key, _ parse: (String) -> Value?) throws -> Value? {
    guard let text = try decodeIfPresent(String.self, forKey: key) else { return nil }
    guard let value = parse(text) else { throw invalid(key) }
    return value
  }

  /// Two sides by their identities.
  fileprivate func sidePair(_ key: Key) throws -> SidePair? {
    guard let names = try decodeIfPresent([String].self, forKey: key) else { return nil }
    let sides = names.compactMap(SideID.init(hexadecimal:))
    guard names.count == 2, sides.count == 2, sides[0] != sides[1] else { throw invalid(key) }
    return SidePair(sides[0], sides[1])
  }

  /// Two sides by their positions.
  fileprivate func rankedPair(_ better: Key, _ worse: Key) throws -> RankedPair? {
    switch (
      try decodeIfPresent(Int.self, forKey: better), try decodeIfPresent(Int.self, forKey: worse)
    ) {
    case (nil, nil): return nil
    case (let one?, let other?):
      guard one >= 0, other >= 0, one != other else { throw invalid(better) }
      return RankedPair(better: one, worse: other)
    case (nil, _?): throw missing(better)
    case (_?, nil): throw missing(worse)
    }
  }

  /// A string, or an integer as files number their rows.
  fileprivate func identifier(_ key: Key) throws -> String? {
    do {
      return try decodeIfPresent(String.self, forKey: key)
    } catch DecodingError.typeMismatch {
      do {
        return String(try decode(Int64.self, forKey: key))
      } catch {
        throw DecodingError.typeMismatch(String.self, context(key))
      }
    }
  }

  fileprivate func missing(_ key: Key) -> DecodingError {
    .keyNotFound(key, DecodingError.Context(codingPath: codingPath, debugDescription: "missing"))
  }

  fileprivate func invalid(_ key: Key) -> DecodingError {
    .dataCorrupted(context(key))
  }

  private func context(_ key: Key) -> DecodingError.Context {
    DecodingError.Context(codingPath: codingPath + [key], debugDescription: "unusable value")
  }
}

extension SideID {
  fileprivate init?(hexadecimal text: String) {
    guard let hash = StableHash(hexadecimal: text) else { return nil }
    self.init(hash)
  }
}

extension [String] {
  fileprivate var withoutRepeats: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
