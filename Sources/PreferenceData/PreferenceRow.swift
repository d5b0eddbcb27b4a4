/// One candidate response of a row.
public struct Side: Hashable, Sendable {
  /// The turns that are this side's own: usually one assistant turn, more where the conversation
  /// goes on differently after the shared context.
  public var turns: [Turn]
  /// Who or what wrote it, where the file says so.
  public var author: String?
  /// The file's own rating or reward of this side; larger is better.
  public var rating: Double?
  /// What reward models and judges from elsewhere say of this side, in the order in which they were
  /// named (`ExternalReward`); nil where one says nothing. Empty where none was named.
  public var rewards: [Double?]
  /// What this side's model was told beforehand, where the file says it of each side: it belongs to what
  /// was asked, and is no part of the answer's text.
  public var systemPrompt: String?

  public init(
    turns: [Turn], author: String? = nil, rating: Double? = nil, rewards: [Double?] = [],
    systemPrompt: String? = nil
  ) {
    self.systemPrompt = systemPrompt
    self.turns = turns
    self.author = author
    self.rating = rating
    self.rewards = rewards
  }

  /// The side's text as features and hashes read it: a lone assistant turn is its text; further
  /// turns follow after a line that names the speaker.
  public var text: String {
    guard turns.count != 1 || turns[0].role != .assistant else { return turns[0].text }
    return turns.asOneText
  }

  /// Its turns behind what its model was told, as a person is shown them.
  public var shownTurns: [Turn] {
    (systemPrompt.map { [Turn(.system, $0)] } ?? []) + turns
  }

  public var id: SideID { SideID(StableHash(text)) }
}

/// What a data set says about the sides of a row.
public enum PreferenceLabel: Hashable, Sendable {
  /// The side at this position is said to be best; `strength` is the file's own scale, nil where it
  /// has none.
  case prefers(Int, strength: Double? = nil)
  /// Every side has a place, 0 the best; sides with one place are tied. The places in use are 0, 1,
  /// 2 ... without a gap, and the row has three sides or more.
  case ranks([Int])
  case tie
  case bothBad
  /// The only response of the row is said to be good.
  case desirable
  /// The only response of the row is said to be bad.
  case undesirable
  /// The row carries no label.
  case none

  /// The position of the preferred side, or nil where no side is better than all others.
  public var preferred: Int? {
    switch self {
    case .prefers(let position, _): position
    case .ranks(let places): places.count { $0 == 0 } == 1 ? places.firstIndex(of: 0) : nil
    case .tie, .bothBad, .desirable, .undesirable, .none: nil
    }
  }

  /// The label of sides with these qualities, the larger the better; equal ones are tied. `none`
  /// where there are fewer than two.
  public init(qualities: [Double]) {
    let levels = Set(qualities).sorted(by: >)
    switch (qualities.count, levels.count) {
    case (0, _), (1, _): self = .none
    case (_, 1): self = .tie
    case (2, _): self = .prefers(qualities[0] > qualities[1] ? 0 : 1)
    default: self = .ranks(qualities.map { quality in levels.firstIndex(of: quality) ?? 0 })
    }
  }

  /// The label of `count` sides of which the one at `best` is better than all others.
  static func best(_ best: Int, of count: Int, strength: Double? = nil) -> PreferenceLabel {
    count == 2
      ? .prefers(best, strength: strength) : .ranks((0..<count).map { $0 == best ? 0 : 1 })
  }
}

/// Two sides of a row of which the file says that one is better.
public struct RankedPair: Hashable, Sendable {
  /// The position of the better side.
  public var better: Int
  public var worse: Int

  public init(better: Int, worse: Int) {
    self.better = better
    self.worse = worse
  }
}

/// One annotator's own label of a row, where the file keeps votes.
public struct Judgment: Hashable, Sendable {
  public var annotator: String?
  public var label: PreferenceLabel

  public init(annotator: String?, label: PreferenceLabel) {
    self.annotator = annotator
    self.label = label
  }
}

/// A row of a data set: a shared context, its responses, and what the file says of them. Rows of
/// ratings have a single response, rankings more than two.
///
/// Every format is read into this one value. Chosen and rejected are the usual case of it: two
/// sides, the first of them preferred.
public struct PreferenceRow: Hashable, Sendable {
  public var context: [Turn]
  public var sides: [Side]
  public var label: PreferenceLabel
  public var judgments: [Judgment]
  /// The file's own identifier of the row, where it has one.
  public var fileID: String?
  /// The file's name of whoever labelled the row, where it has one column for it.
  public var annotator: String?
  /// The file's name of the group that the row belongs to: its source, domain or task.
  public var group: String?
  /// When the row was labelled or written, in milliseconds since 1970, where the file has a column for
  /// it.
  public var date: Int64?

  public init(
    context: [Turn], sides: [Side], label: PreferenceLabel, judgments: [Judgment] = [],
    fileID: String? = nil, annotator: String? = nil, group: String? = nil, date: Int64? = nil
  ) {
    self.context = context
    self.sides = sides
    self.label = label
    self.judgments = judgments
    self.fileID = fileID
    self.annotator = annotator
    self.group = group
    self.date = date
  }

  /// The context as one text: turns after a line that names the speaker.
  public var contextText: String {
    context.asOneText
  }

  /// What was asked last: the text of the last user turn, or of the last turn where no user speaks.
  public var lastRequest: String {
    (context.last { $0.role == .user } ?? context.last)?.text ?? ""
  }

  /// The identity of the row's context and unordered sides.
  public var pairID: PairID {
    PairID(context: StableHash(contextText), sides: sides.map(\.id))
  }

  /// No row gives more pairs than this: those of nine ranked sides.
  public static let pairLimit = 36

  /// The pairs of sides of which the file says that one is better: one for a row of two sides with a
  /// preference, those with different places for a ranking.
  ///
  /// Neighbours in the ranking come first, then sides two places apart, and so on, until the limit:
  /// a row of many sides keeps its closest calls. Same row, same order.
  /// - Complexity: O(k^2 log k) for k sides.
  public var pairs: [RankedPair] {
    switch label {
    case .prefers(let position, _):
      return sides.indices.filter { $0 != position }
        .map { RankedPair(better: position, worse: $0) }
    case .ranks(let places):
      var found: [(distance: Int, pair: RankedPair)] = []
      for better in places.indices {
        for worse in places.indices where places[better] < places[worse] {
          found.append((places[worse] - places[better], RankedPair(better: better, worse: worse)))
        }
      }
      found.sort {
        ($0.distance, places[$0.pair.better], $0.pair.better, $0.pair.worse)
          < ($1.distance, places[$1.pair.better], $1.pair.better, $1.pair.worse)
      }
      return found.prefix(Self.pairLimit).map(\.pair)
    case .tie, .bothBad, .desirable, .undesirable, .none: return []
    }
  }

  /// The sides' positions with the preferred one first, for a row of two sides with a preference;
  /// nil for every other row.
  public var chosenAndRejected: (chosen: Int, rejected: Int)? {
    guard sides.count == 2, let chosen = label.preferred else { return nil }
    return (chosen, 1 - chosen)
  }
}

extension [Turn] {
  /// The turns one after the other, each behind a line that names its speaker. Every row's identity
  /// is made of this, so it is put together in one piece.
  fileprivate var asOneText: String {
    var text = ""
    text.reserveCapacity(reduce(0) { $0 + $1.text.utf8.count + 16 })
    for (place, turn) in enumerated() {
      if place > 0 { text += "\n\n" }
      text += turn.role.name
      text += ": "
      text += turn.text
    }
    return text
  }
}
