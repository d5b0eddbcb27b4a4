/// What goes with a decision besides its verdict.
public struct DecisionRemarks: Hashable, Sendable {
  public var strength: Int?
  /// Empty leaves the note that stands.
  public var note: String
  /// Come behind the tags that stand.
  public var tags: [String]
  public var reason: String?
  /// Take the place of what stands on the same criteria; the others stay.
  public var ratings: [RatingRecord]

  public init(
    strength: Int? = nil, note: String = "", tags: [String] = [], reason: String? = nil,
    ratings: [RatingRecord] = []
  ) {
    self.strength = strength
    self.note = note
    self.tags = tags
    self.reason = reason
    self.ratings = ratings
  }
}

/// What one decision about many rows would do to each of them, before it is made.
///
/// A row that has been decided keeps its note, its tags and its ratings. Rows on which the decision
/// means nothing are counted and left alone: a row without two sides has no label to keep or exchange,
/// no tie and no criteria, and one whose sides are the same text has none to exchange.
public struct BulkPlan: Hashable, Sendable {
  public struct Item: Hashable, Sendable {
    public let position: Int
    public let row: RowID
    public let decision: Decision
  }

  /// Nil leaves every verdict as it is and adds the remarks; what is undecided becomes a skip, which
  /// decides nothing.
  public let outcome: Outcome?
  public let remarks: DecisionRemarks
  /// In the order in which the rows were taken in.
  public private(set) var items: [Item] = []
  /// How many of the items stand on a row that this annotator has decided before.
  public private(set) var decidedBeforeCount = 0
  /// Rows whose decision says all of it already.
  public private(set) var unchangedCount = 0
  /// Rows on which the outcome means nothing.
  public private(set) var unfitCount = 0

  public init(_ outcome: Outcome?, remarks: DecisionRemarks = DecisionRemarks()) {
    self.outcome = outcome
    self.remarks = remarks
  }

  /// Whether what a row says has a bearing on what the decision does to it.
  public var readsRows: Bool { decidesByRow || !remarks.ratings.isEmpty }

  private var decidesByRow: Bool {
    switch outcome {
    case .keep, .swap, .tie: true
    case .bothBad, .drop, .skip, nil: false
    }
  }

  /// Takes in one row.
  ///
  /// - Parameters:
  ///   - position: Where it is in the file.
  ///   - id: Who it is.
  ///   - standing: What this annotator has decided about it.
  ///   - row: What it says; called only where `readsRows`.
  public mutating func add(
    _ position: Int, _ id: RowID, standing: Decision?, row: () -> PreferenceRow?
  ) {
    let row = readsRows ? row() : nil
    guard let verdict = verdict(standing: standing, row: row),
      let ratings = ratings(standing: standing?.ratings ?? [], row: row)
    else {
      unfitCount += 1
      return
    }
    let isSame = verdict == standing?.verdict && (outcome == nil || standing?.pair == nil)
    var decision = isSame ? standing ?? Decision(verdict) : Decision(verdict)
    decision.note = remarks.note.isEmpty ? standing?.note ?? "" : remarks.note
    let tags = standing?.tags ?? []
    decision.tags = tags + remarks.tags.filter { !tags.contains($0) }
    decision.ratings = ratings
    if let strength = remarks.strength { decision.strength = strength }
    if let reason = remarks.reason { decision.reason = reason }
    guard decision != standing else {
      unchangedCount += 1
      return
    }
    if standing != nil { decidedBeforeCount += 1 }
    items.append(Item(position: position, row: id, decision: decision))
  }

  private func verdict(standing: Decision?, row: PreferenceRow?) -> Verdict? {
    guard let outcome else { return standing?.verdict ?? .skip }
    guard decidesByRow else { return Verdict(outcome, sides: [], preferred: nil) }
    guard let row, row.sides.count == 2 else { return nil }
    let sides = row.sides.map(\.id)
    guard let verdict = Verdict(outcome, sides: sides, preferred: row.label.preferred),
      verdict.outcome(sides: sides, preferred: row.label.preferred) == outcome
    else { return nil }
    return verdict
  }

  /// Those that stand, with those that are given; nil where one of these means nothing on `row`.
  private func ratings(standing: [CriterionRating], row: PreferenceRow?) -> [CriterionRating]? {
    guard !remarks.ratings.isEmpty else { return standing }
    guard let row, row.sides.count == 2 else { return nil }
    let sides = row.sides.map(\.id)
    var ratings = standing
    for record in remarks.ratings {
      guard let rating = record.rating(sides: sides, preferred: row.label.preferred) else {
        return nil
      }
      ratings.removeAll { $0.criterion == rating.criterion }
      ratings.append(rating)
    }
    return ratings
  }
}
