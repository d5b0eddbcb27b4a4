/// What a row of the bias table is about.
public enum BiasSubject: Hashable, Sendable {
  /// The side with more of it against the side with less.
  case feature(BiasFeature)
  /// The side that the file names first against the second, where the file prefers either.
  case position
  /// The side written by this model against the other models.
  case author(String)
  /// The longer side against the shorter, in the rows of this source, against all other rows.
  case group(String)
  /// The same in the rows of this annotator.
  case annotator(String)
  /// The same in the later half of the rows that have a date, against the earlier half.
  case laterHalf

  /// The parts of the table, in their order.
  public enum Section: CaseIterable, Sendable {
    case features, authors, groups, annotators, dates
  }

  public var section: Section {
    switch self {
    case .feature, .position: .features
    case .author: .authors
    case .group: .groups
    case .annotator: .annotators
    case .laterHalf: .dates
    }
  }

  /// How commands and files name it: `length`, `position`, `model:NAME`, `source:NAME`,
  /// `annotator:NAME`, `date`.
  public var name: String {
    switch self {
    case .feature(let feature): feature.rawValue
    case .position: "position"
    case .author(let name): "model:\(name)"
    case .group(let name): "source:\(name)"
    case .annotator(let name): "annotator:\(name)"
    case .laterHalf: "date"
    }
  }
}
