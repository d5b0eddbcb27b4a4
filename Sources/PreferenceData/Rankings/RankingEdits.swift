extension LabelEdit {
  /// The value at `span` comes to repeat the one at `source`, byte for byte.
  static func copy(_ source: Range<Int>, to span: Range<Int>) -> LabelEdit {
    .follow(span, first: span, second: source)
  }

  /// The edits after which each of `values`, by side, is that of the side in `sources`; nil where one
  /// is missing.
  static func copies(of values: [JSONView?], by sources: [Int]) -> [LabelEdit]? {
    var edits: [LabelEdit] = []
    for (side, source) in sources.enumerated() where side != source {
      guard let old = values[side], let new = values[source] else { return nil }
      edits.append(.copy(new.span, to: old.span))
    }
    return edits
  }
}

extension RowFormat {
  public var holdsEqualRanks: Bool { false }

  public func edits(assigning sources: [Int], in root: JSONView) -> [LabelEdit]? {
    exchangeEdits(assigning: sources, in: root)
  }

  /// The edits of a format that can do no more than turn two sides round: where two sides change
  /// places, or where the label says nothing but which one is best.
  func exchangeEdits(assigning sources: [Int], in root: JSONView) -> [LabelEdit]? {
    guard case .success(let row) = row(from: root), sources.count == row.sides.count,
      let places = row.label.places(of: sources.count)
    else { return nil }
    let moved = sources.indices.filter { sources[$0] != $0 }
    if moved.isEmpty { return [] }
    if moved.count == 2, sources[moved[0]] == moved[1], sources[moved[1]] == moved[0] {
      let better = places[moved[0]] < places[moved[1]] ? moved[1] : moved[0]
      return edits(preferring: better, to: moved[0] + moved[1] - better, in: root)
    }
    guard let best = row.label.preferred, places.max() == 1 else { return nil }
    let candidates = sources.indices.filter { sources[$0] == best }
    guard candidates.count == 1 else { return nil }
    return edits(preferring: candidates[0], to: best, in: root)
  }
}
