import PreferenceData

extension Query {
  /// The fields that are numbers, by the name that a query calls them; signals and columns of the file
  /// have names of their own.
  ///
  /// `margin` and `infl` are what the queue shows under these names: the rewardMargin that has not seen
  /// the pair, and the influence. The signal `margin` is `sig.margin`.
  static let numbersByName: [(name: String, number: Number)] = [
    ("susp", .suspicion), ("margin", .signal(.leaveOneOut)), ("infl", .signal(.influence)),
    ("rank", .rank), ("row", .row), ("dup", .copies), ("ratio", .ratio), ("length", .length),
    ("secs", .seconds), ("strength", .strength), ("time", .time),
  ]

  private static let signalPrefix = "sig."
  private static let columnPrefix = "col."

  /// Every signal that has a name of its own, whether a scan has worked it out or not.
  static let signals: [SignalID] = SignalFamily.allCases.flatMap(\.members)

  /// The number that is called `name`.
  static func number(named name: String) -> Number? {
    if let known = numbersByName.first(where: { $0.name == name }) { return known.number }
    if name.hasPrefix(columnPrefix) {
      return FieldPath(String(name.dropFirst(columnPrefix.count))).map { .column($0) }
    }
    let isMarked = name.hasPrefix(signalPrefix)
    let id = SignalID(rawValue: isMarked ? String(name.dropFirst(signalPrefix.count)) : name)
    return signals.contains(id) || id.isExternalReward ? .signal(id) : nil
  }

  /// Every name that a query may begin a term with.
  public static let fieldNames: [String] =
    numbersByName.map(\.name) + Property.allCases.map(\.rawValue)
    + TextName.allCases.map(\.rawValue)
    + Measure.allCases.map(\.rawValue) + ["sort"]
    + signals.map(\.rawValue).filter { name in !numbersByName.contains { $0.name == name } }
}

extension Query.Number {
  /// What a query calls it.
  var name: String {
    if let known = Query.numbersByName.first(where: { $0.number == self }) { return known.name }
    switch self {
    case .signal(let id):
      let isShadowed = Query.numbersByName.contains { $0.name == id.rawValue }
      return isShadowed ? "sig.\(id.rawValue)" : id.rawValue
    case .column(let path): return "col.\(path)"
    case .suspicion, .rank, .row, .copies, .ratio, .length, .seconds, .strength, .time:
      preconditionFailure("every number has a name")
    }
  }
}

extension Query.Property {
  /// The values that there are; nil where they are the data set's and the reviewer's own.
  var values: [String]? {
    switch self {
    case .status: RowStatus.allCases.map(\.rawValue)
    case .why: RowDoubt.allCases.map(\.rawValue)
    case .conflict: RowConflict.allCases.map(\.rawValue)
    case .ambiguous: RowAmbiguity.allCases.map(\.rawValue)
    case .tag, .source, .annotator, .reviewer, .reason, .criterion, .near, .id: nil
    }
  }
}

/// Where a row stands in the review: several hold at once.
public enum RowStatus: String, Hashable, Sendable, CaseIterable {
  /// Not decided by this annotator, or skipped.
  case open
  /// Decided, and not skipped.
  case done
  case skip, keep, swap, tie
  case bothBad = "both-bad"
  case drop
  /// Among the share of the queue that the scan flags.
  case flagged
  /// Marked by hand in this session.
  case marked
  /// Cannot be read as a pair.
  case unreadable
}

/// What speaks against a label: the row is among the flagged share by this signal alone.
public enum RowDoubt: String, Hashable, Sendable, CaseIterable {
  case peerReview = "P"
  case margin = "M"
  case influence = "I"
  /// A copy or near-copy prefers the other side.
  case contradictingCopy = "D"
}

/// Who contradicts whom.
public enum RowConflict: String, Hashable, Sendable, CaseIterable {
  /// Annotators of this review have decided differently.
  case review
  /// Rows of the file with the same pair, or nearly, are labelled differently.
  case file
}

extension Query {
  /// Whether the answer depends on which side of a row the file prefers, so that blind mode may not
  /// show it.
  public var tellsLabel: Bool {
    order.contains { $0.number.tellsLabel } || condition?.tellsLabel == true
  }
}

extension Query.Condition {
  fileprivate var tellsLabel: Bool {
    switch self {
    case .all(let parts), .any(let parts): parts.contains(where: \.tellsLabel)
    case .not(let part): part.tellsLabel
    case .comparison(let left, _, let right): left.tellsLabel || right.tellsLabel
    case .equals(let number, _): number.tellsLabel
    case .property(let property, let values): values.contains { property.tellsLabel(value: $0) }
    case .column: true
    case .contains(let text, _), .matches(let text, _, _): text.tellsLabel
    }
  }
}

extension Query.Expression {
  fileprivate var tellsLabel: Bool {
    switch self {
    case .number, .day: false
    case .field(let number): number.tellsLabel
    case .measure(_, let text): text.tellsLabel
    case .operation(let left, _, let right): left.tellsLabel || right.tellsLabel
    }
  }
}

extension Query.Number {
  /// What biases add to a label shows the label to who sees which side is the longer one; a column of
  /// the file may be the label.
  var tellsLabel: Bool {
    switch self {
    case .column: true
    case .signal(let id): id == .bias
    default: false
    }
  }
}

extension Query.TextName {
  var tellsLabel: Bool { self == .chosen || self == .rejected }
}

extension Query.Property {
  /// Whether a decision, or a criterion, kept or exchanged the label tells the label.
  func tellsLabel(value: String) -> Bool {
    if self == .criterion { return AskedCriterion(value)?.answer?.tellsLabel == true }
    return self == .status && (value == RowStatus.keep.rawValue || value == RowStatus.swap.rawValue)
  }
}

extension Query {
  /// The signals that have to be worked out for the answer, besides the margins.
  public var signals: [SignalID] {
    let asked = numbers.compactMap { number -> SignalID? in
      guard case .signal(let id) = number else { return nil }
      if SignalID.selectable.contains(id) || SignalID.loop.contains(id) { return id }
      return SignalFamily(id).members.first { SignalID.selectable.contains($0) }
    }
    let doubts = properties.filter { $0.property == .why }.flatMap(\.values)
    let ambiguities = properties.filter { $0.property == .ambiguous }
    return asked + (ambiguities.isEmpty ? [] : [.uncertainty])
      + (doubts.contains(RowDoubt.peerReview.rawValue) ? [.peerReview] : [])
      + (doubts.contains(RowDoubt.influence.rawValue) ? [.influence] : [])
  }

  /// Whether the answer depends on a scan.
  public var needsScan: Bool {
    let isScanned = numbers.contains { number in
      switch number {
      case .suspicion, .rank, .signal: true
      case .row, .copies, .ratio, .length, .seconds, .strength, .time, .column: false
      }
    }
    return isScanned
      || properties.contains { property, values in
        [.why, .ambiguous, .near].contains(property)
          || (property == .conflict && values.contains(RowConflict.file.rawValue))
          || (property == .status && values.contains(RowStatus.flagged.rawValue))
      }
  }

  /// The names of the rows near which the rows are to be.
  public var anchors: [String] {
    properties.filter { $0.property == .near }.flatMap(\.values)
  }

  /// Whether rows have to be read for the answer, beyond what is counted of them once.
  public var readsRows: Bool {
    condition?.readsRows == true
      || numbers.contains { if case .column = $0 { true } else { false } }
  }

  private var numbers: [Number] { order.map(\.number) + (condition?.numbers ?? []) }

  private var properties: [(property: Property, values: [String])] { condition?.properties ?? [] }
}

extension Query.Condition {
  fileprivate var readsRows: Bool {
    switch self {
    case .all(let parts), .any(let parts): parts.contains(where: \.readsRows)
    case .not(let part): part.readsRows
    case .comparison, .equals: false
    case .property(let property, _): property == .id
    case .column, .contains, .matches: true
    }
  }

  fileprivate var numbers: [Query.Number] {
    switch self {
    case .all(let parts), .any(let parts): parts.flatMap(\.numbers)
    case .not(let part): part.numbers
    case .comparison(let left, _, let right): left.numbers + right.numbers
    case .equals(let number, _): [number]
    case .property, .column, .contains, .matches: []
    }
  }

  fileprivate var properties: [(property: Query.Property, values: [String])] {
    switch self {
    case .all(let parts), .any(let parts): parts.flatMap(\.properties)
    case .not(let part): part.properties
    case .property(let property, let values): [(property, values)]
    case .comparison, .equals, .column, .contains, .matches: []
    }
  }
}

extension Query.Expression {
  fileprivate var numbers: [Query.Number] {
    switch self {
    case .number, .day, .measure: []
    case .field(let number): [number]
    case .operation(let left, _, let right): left.numbers + right.numbers
    }
  }
}
