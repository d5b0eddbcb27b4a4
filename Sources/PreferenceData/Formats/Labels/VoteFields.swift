/// Where a row keeps the votes of single annotators.
enum VoteFields: Sendable {
  /// A list of objects, each with a label of its own, and perhaps the annotator's name.
  case nested(list: FieldPath, vote: any ScalarLabel, annotator: String?)
  /// A column for each annotator.
  case wide([any ScalarLabel])

  /// Where the votes stand, or the first of them.
  var field: FieldPath {
    switch self {
    case .nested(let list, _, _): list
    case .wide(let votes): votes[0].field
    }
  }

  /// The votes of `root`, in file order. A vote without a label is none.
  func judgments(in root: JSONView) throws(RowProblem.Reason) -> [Judgment] {
    var judgments: [Judgment] = []
    switch self {
    case .nested(let list, let vote, let annotator):
      for ballot in root[path: list]?.children ?? [] {
        let label = try vote.label(in: ballot)
        guard label != .none else { continue }
        let name = annotator.flatMap { ballot[$0]?.scalarText }
        judgments.append(Judgment(annotator: name, label: label))
      }
    case .wide(let votes):
      for vote in votes {
        let label = try vote.label(in: root)
        guard label != .none else { continue }
        judgments.append(Judgment(annotator: vote.field.description, label: label))
      }
    }
    return judgments
  }

  /// The edits that turn every vote for one of two sides into one for the other.
  func mirrored(in root: JSONView) -> [LabelEdit]? {
    var edits: [LabelEdit] = []
    func mirror(_ vote: any LabelEncoding, in root: JSONView) -> Bool {
      guard let label = try? vote.label(in: root) else { return false }
      guard let preferred = label.preferred else { return true }
      guard let new = vote.edits(preferring: 1 - preferred, to: preferred, in: root) else {
        return false
      }
      edits += new
      return true
    }
    switch self {
    case .nested(let list, let vote, _):
      for ballot in root[path: list]?.children ?? [] {
        guard mirror(vote, in: ballot) else { return nil }
      }
    case .wide(let votes):
      for vote in votes {
        guard mirror(vote, in: root) else { return nil }
      }
    }
    return edits
  }
}

extension VoteFields {
  /// The votes beside sides that are named chosen and rejected: in a list with one of the usual names,
  /// objects that each hold one of these two words, or one for a tie, and perhaps the annotator's name.
  /// Letters and numbers are no votes there, since nobody says which side they mean.
  ///
  /// - Parameter list: A column of the row.
  init?(besideNamedSides list: JSONView) {
    guard list.kind == .array, SideBySideSearch.voteListNames.contains(list.key) else { return nil }
    let ballots = list.children.filter { $0.kind == .object }
    let words = LabelWords.named
    func word(_ ballot: JSONView, _ name: String) -> String? { ballot[name]?.scalarText }
    let name = SideBySideSearch.voteNames.first { name in
      ballots.contains { ballot in word(ballot, name).map(words.namesSide) ?? false }
    }
    guard let name,
      ballots.allSatisfy({ ballot in
        ballot[name].map { $0.isNull || ($0.scalarText.flatMap(words.label) != nil) } ?? true
      })
    else { return nil }
    let annotator = SideBySideSearch.annotatorNames.first { name in
      ballots.contains { $0[name] != nil }
    }
    self = .nested(
      list: FieldPath(key: list.key), vote: WordLabel(field: FieldPath(key: name), words: words),
      annotator: annotator)
  }
}

/// The side that most of a row's votes prefer, where the file has no label beside them; as many on
/// either side are a tie. Votes for a tie count for neither.
struct MajorityLabel: LabelEncoding {
  let votes: [VoteFields]

  var fields: [FieldPath] { votes.map(\.field) }

  var summary: String {
    "the majority of the votes in \(fields.map(\.description).joined(separator: " and "))"
  }

  func label(in root: JSONView) throws(RowProblem.Reason) -> PreferenceLabel {
    var judgments: [Judgment] = []
    for fields in votes { judgments += try fields.judgments(in: root) }
    return Self.majority(of: judgments)
  }

  /// Turning the preference round turns every vote round: there is no other label to change. A tie
  /// stays one, since nobody's vote may be made up.
  func edits(preferring better: Int, to worse: Int, in root: JSONView) -> [LabelEdit]? {
    guard let preferred = try? label(in: root).preferred else { return nil }
    guard preferred != better else { return [] }
    var edits: [LabelEdit] = []
    for fields in votes {
      guard let mirrored = fields.mirrored(in: root) else { return nil }
      edits += mirrored
    }
    return edits
  }

  static func majority(of judgments: [Judgment]) -> PreferenceLabel {
    guard !judgments.isEmpty else { return .none }
    let balance = judgments.reduce(0) { balance, judgment in
      switch judgment.label.preferred {
      case 0: balance + 1
      case 1: balance - 1
      default: balance
      }
    }
    return balance == 0 ? .tie : .prefers(balance > 0 ? 0 : 1)
  }
}
