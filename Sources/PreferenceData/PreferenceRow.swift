/// One candidate response of a row.
public struct Side: Hashable, Sendable {
  /// The turns that are this side's own: usually one assistant turn, more where the conversation
  /// goes on differently after the shared context.
  public var turns: [Turn]
  /// Who or what wrote it, where the file says so.
  public var author: String?
  /// The file's own rating or reward of this side; larger is better.
  public var rating: Double?

  public init(turns: [Turn], author: String? = nil, rating: Double? = nil) {
    self.turns = turns
    self.author = author
    self.rating = rating
  }

  /// The side's text as features and hashes read it: a lone assistant turn is its text; further
  /// turns follow after a line that names the speaker.
  public var text: String {
    guard turns.count != 1 || turns[0].role != .assistant else { return turns[0].text }
    return turns.map { "\($0.role.name): \($0.text)" }.joined(separator: "\n\n")
  }

  public var id: SideID { SideID(StableHash(text)) }
}

/// What a data set says about the sides of a row.
public enum PreferenceLabel: Hashable, Sendable {
  /// The side at this position is said to be best; `strength` is the file's own scale, nil where it
  /// has none.
  case prefers(Int, strength: Double? = nil)
  case tie
  case bothBad
  /// The row carries no label.
  case none

  /// The position of the preferred side, or nil where none is preferred.
  public var preferred: Int? {
    guard case .prefers(let position, _) = self else { return nil }
    return position
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

/// A row of a data set: a shared context, two or more responses, and what the file says of them.
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
    context.map { "\($0.role.name): \($0.text)" }.joined(separator: "\n\n")
  }

  /// What was asked last: the text of the last user turn, or of the last turn where no user speaks.
  public var lastRequest: String {
    (context.last { $0.role == .user } ?? context.last)?.text ?? ""
  }

  /// The identity of the row's context and unordered sides.
  public var pairID: PairID {
    PairID(context: StableHash(contextText), sides: sides.map(\.id))
  }

  /// The sides' positions with the preferred one first, for a row of two sides with a preference;
  /// nil for every other row.
  public var chosenAndRejected: (chosen: Int, rejected: Int)? {
    guard sides.count == 2, let chosen = label.preferred else { return nil }
    return (chosen, 1 - chosen)
  }
}
