extension PreferenceLabel {
  /// The places of `count` sides, 0 the best, as far as this label ranks them; nil where it does not.
  public func places(of count: Int) -> [Int]? {
    switch self {
    case .ranks(let places): places
    case .prefers(let best, _): (0..<count).map { $0 == best ? 0 : 1 }
    case .tie, .bothBad: Array(repeating: 0, count: count)
    case .desirable, .undesirable, .none: nil
    }
  }

  /// What the label of `count` sides says of the two at `first` and `second`, as one of two sides.
  func narrowed(to first: Int, _ second: Int, of count: Int) -> PreferenceLabel {
    guard let places = places(of: count) else { return .none }
    return places[first] == places[second] ? .tie : .prefers(places[first] < places[second] ? 0 : 1)
  }
}

extension PreferenceRow {
  /// The row as if it had two of its sides alone. They stand as in the file, so that another label
  /// changes nothing but the label.
  ///
  /// - Precondition: `first` and `second` are two of its sides.
  public func narrowed(to first: Int, _ second: Int) -> PreferenceRow {
    let (first, second) = (min(first, second), max(first, second))
    precondition(first != second && sides.indices.contains(second), "two sides of the row")
    var row = self
    row.sides = [sides[first], sides[second]]
    row.label = label.narrowed(to: first, second, of: sides.count)
    row.judgments = judgments.map {
      Judgment(
        annotator: $0.annotator, label: $0.label.narrowed(to: first, second, of: sides.count))
    }
    return row
  }

  public func narrowed(to pair: RankedPair) -> PreferenceRow {
    narrowed(to: pair.better, pair.worse)
  }

  /// The row with the labels of the sides at `first` and `second` exchanged.
  public func exchanging(_ first: Int, _ second: Int) -> PreferenceRow {
    guard var places = label.places(of: sides.count) else { return self }
    places.swapAt(first, second)
    var row = self
    row.label =
      switch label {
      case .prefers(let best, let strength):
        .prefers(best == first ? second : best == second ? first : best, strength: strength)
      case .ranks: .ranks(places)
      case .tie, .bothBad, .desirable, .undesirable, .none: label
      }
    return row
  }
}
