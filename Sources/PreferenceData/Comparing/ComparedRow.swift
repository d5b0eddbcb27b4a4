/// A row as a comparison of two data sets sees it.
public struct ComparedRow: Hashable, Sendable {
  /// The hash of the row's bytes: whether anything at all is different.
  public var record: StableHash
  /// Nil where the row cannot be read: then its bytes are all there is to compare.
  public var content: ComparedContent?

  public init(_ row: Result<PreferenceRow, RowProblem>, record: StableHash) {
    self.record = record
    if case .success(let row) = row { content = ComparedContent(row) }
  }
}

/// What a comparison has to know of what a row says: hashes, not texts.
public struct ComparedContent: Hashable, Sendable {
  public var pair: PairID
  public var context: StableHash
  /// In the order of the file.
  public var sides: [SideID]
  /// What the label says, whatever the order of the sides.
  public var verdict: LabelVerdict
  /// The file's own identifier, where it has one.
  public var fileID: String?
  public var group: String?

  public init(_ row: PreferenceRow) {
    pair = row.pairID
    context = StableHash(row.contextText)
    sides = row.sides.map(\.id)
    verdict = LabelVerdict(row.label, sides: sides)
    fileID = row.fileID
    group = row.group
  }
}

/// A label in terms that do not depend on the order of the sides.
public enum LabelVerdict: Hashable, Sendable {
  case prefers(SideID)
  /// The places of three sides or more, in the order of the sides' identities.
  case ranks([Place])
  /// A tie, both bad, or no label.
  case undecided(PreferenceLabel)

  /// A side of a ranking and its place, 0 the best.
  public struct Place: Hashable, Sendable {
    public var side: SideID
    public var place: Int
  }

  init(_ label: PreferenceLabel, sides: [SideID]) {
    if sides.count > 2, let places = label.places(of: sides.count),
      places.contains(where: { $0 > 0 })
    {
      self = .ranks(
        zip(sides, places).map { Place(side: $0, place: $1) }
          .sorted { ($0.side, $0.place) < ($1.side, $1.place) })
      return
    }
    guard let preferred = label.preferred, sides.indices.contains(preferred) else {
      self = .undecided(label)
      return
    }
    self = .prefers(sides[preferred])
  }
}
