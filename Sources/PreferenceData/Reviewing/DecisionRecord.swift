/// One decision as a line of JSON carries it: what `log --jsonl` writes and `apply` reads.
///
/// It names its row by `id`, by `row`, or by both, and says what to do in `decision`. `prefers`
/// holds the hash of the preferred side: where it is there it counts, and `decision` tells a reader
/// what that meant for the label at that time. So a log can be applied to a file whose labels have
/// changed since.
///
/// Reading is strict about what it knows (a wrong type is an error) and passes over fields that it
/// does not know. A null is a missing field.
public struct DecisionRecord: Hashable, Sendable {
  /// The file's own identifier of the row, or the row's identity.
  public var id: String?
  /// The row's position in the file, from 0.
  public var row: Int?
  /// Nil where the row was gone when the record was made, and `prefers` says all there is.
  public var outcome: Outcome?
  public var prefers: SideID?
  /// The two sides that were judged, in a row of more.
  public var pair: SidePair?
  /// The same two by their positions: which of them the label calls better, when the record was made.
  public var ranked: RankedPair?
  public var strength: Int?
  public var note: String
  public var tags: [String]
  public var reason: String?
  public var ratings: [RatingRecord]
  public var annotator: AnnotatorName?
  public var millisecondsSince1970: Int64?
  public var serving: Serving?
  /// Whether the decision has been taken back: history, not to be applied.
  public var isUndone: Bool

  public init(
    id: String? = nil, row: Int? = nil, outcome: Outcome?, prefers: SideID? = nil,
    pair: SidePair? = nil, ranked: RankedPair? = nil, strength: Int? = nil, note: String = "",
    tags: [String] = [], reason: String? = nil, ratings: [RatingRecord] = [],
    annotator: AnnotatorName? = nil, millisecondsSince1970: Int64? = nil,
    serving: Serving? = nil, isUndone: Bool = false
  ) {
    self.id = id
    self.row = row
    self.outcome = outcome
    self.prefers = prefers
    self.pair = pair
    self.ranked = ranked
    self.strength = strength
    self.note = note
    self.tags = tags
    self.reason = reason
    self.ratings = ratings
    self.annotator = annotator
    self.millisecondsSince1970 = millisecondsSince1970
    self.serving = serving
    self.isUndone = isUndone
  }

  /// The record of `decided`, a part of `event`, with what the data set says of its row now: its
  /// identifier, its position, what the decision does to its label, where the judged pair stands, and
  /// what the criteria say of the label.
  public init(
    _ decided: RowDecision, of event: ReviewEvent, id: String, row: Int?, outcome: Outcome?,
    ranked: RankedPair? = nil, ratings: [RatingRecord]? = nil, isUndone: Bool
  ) {
    let decision = decided.decision
    self.init(
      id: id, row: row, outcome: outcome ?? decision.verdict.outcomeOnAnyRow,
      prefers: decision.verdict.preferredSide, pair: decision.pair, ranked: ranked,
      strength: decision.strength, note: decision.note, tags: decision.tags,
      reason: decision.reason,
      ratings: ratings
        ?? decision.ratings.map { RatingRecord($0, sides: [], preferred: nil) },
      annotator: event.annotator,
      millisecondsSince1970: event.millisecondsSince1970, serving: decided.serving,
      isUndone: isUndone)
  }

  /// What this record decides about a row with these sides and this label, or nil where it names a side
  /// that the row has not, keeps or swaps a preference that is not there, or calls the worse one of a
  /// pair the better one.
  ///
  /// The sides that it names by what they are count; positions alone are those of the present label.
  public func decision(sides: [SideID], label: PreferenceLabel) -> Decision? {
    var positions: (Int, Int)?
    if let pair {
      guard let found = pair.positions(in: sides) else { return nil }
      positions = found
    } else if let ranked {
      guard let places = label.places(of: sides.count), sides.indices.contains(ranked.better),
        sides.indices.contains(ranked.worse), places[ranked.better] < places[ranked.worse],
        sides[ranked.better] != sides[ranked.worse]
      else { return nil }
      positions = (ranked.better, ranked.worse)
    }
    // Of two sides nobody has to say which two.
    guard sides.count > 2, let (one, other) = positions else {
      return decision(sides: sides, preferred: label.preferred)
    }
    let isFirst = label.narrowed(to: one, other, of: sides.count).preferred
    let two = [sides[one], sides[other]]
    var decision = decision(sides: two, preferred: isFirst)
    decision?.pair = SidePair(two[0], two[1])
    return decision
  }

  /// The same about a row of two sides, or about the whole of another one.
  public func decision(sides: [SideID], preferred: Int?) -> Decision? {
    let verdict: Verdict
    if let prefers {
      guard sides.contains(prefers) else { return nil }
      verdict = .prefers(prefers)
    } else {
      guard let outcome, let found = Verdict(outcome, sides: sides, preferred: preferred) else {
        return nil
      }
      verdict = found
    }
    let known = ratings.compactMap { $0.rating(sides: sides, preferred: preferred) }
    guard known.count == ratings.count else { return nil }
    return Decision(
      verdict, strength: strength, note: note, tags: tags, reason: reason, ratings: known)
  }
}

extension Verdict {
  /// The side that this verdict names.
  public var preferredSide: SideID? {
    guard case .prefers(let side) = self else { return nil }
    return side
  }

  /// What this verdict does whatever the row's label; nil for a preference, where that depends.
  fileprivate var outcomeOnAnyRow: Outcome? { outcome(sides: [], preferred: nil) }
}
