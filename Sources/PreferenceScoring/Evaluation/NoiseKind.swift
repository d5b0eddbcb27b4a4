/// Which labels planted noise strikes.
public enum NoiseKind: String, CaseIterable, Sendable {
  /// Any label, each as likely as another.
  case symmetric
  /// Labels given to the longer side where the shorter one is right: more likely the more the lengths
  /// differ.
  case length
  /// The labels of one annotator.
  case annotator
  /// The labels of one group of rows: a source, a domain or a task.
  case source

  /// The share of labels flipped unless another is asked for: of all labels, or of those of the one
  /// annotator or source, who then guesses.
  public var usualRate: Double {
    switch self {
    case .symmetric, .length: 0.2
    case .annotator, .source: 0.5
    }
  }
}

/// Why a data set cannot be given some kind of noise.
public enum NoisePlantingError: Error, Hashable, Sendable {
  /// No annotator or source is named by as many pairs as are needed; the largest has `largest`.
  case noneLargeEnough(NoiseKind, largest: Int, needed: Int)
  /// Length noise strikes only pairs whose chosen side is the shorter one: of `wanted` flips there is
  /// room for `possible`.
  case tooFewShorterChosen(possible: Int, wanted: Int)
}
