extension ScanArtefacts {
  /// The places of the pairs near the one at `place`, itself among them, rising; none where that is no
  /// pair of the head.
  ///
  /// Meaning: its copies; the `limit` pairs whose features are most like its own, whichever side of
  /// either is called better (the size of the likeness of `ConfirmedErrors`); and the `limit` pairs that
  /// bear most on its margin, for or against (`related`). Which pairs these are does not change when all
  /// labels are exchanged, so a screen that hides labels may list them.
  ///
  /// - Complexity: O(rows * columns).
  public func near(_ place: Int, limit: Int = 20, jobs: Int) -> [Int] {
    precondition(limit >= 0, "a number of pairs, got \(limit)")
    guard let target = pairs.designRow(of: place) else { return [] }
    let likeness = ConfirmedErrors(
      [target], in: pairs.design, penalties: penalties, prompts: pairs.attributes.prompts,
      groups: pairs.groups, jobs: jobs
    ).likeness
    var alike = StrongestPairs(limit: limit)
    for (row, value) in likeness.enumerated() {
      if let value { alike.add(row, amount: Float(value)) }
    }
    var found = [place] + alike.found.map { pairs.fileRows[$0.row] }
    if let related = related(to: place, limit: limit) {
      let bearing = (related.supporting + related.opposing).sorted {
        (-abs($0.influence), $0.row) < (-abs($1.influence), $1.row)
      }
      found += bearing.prefix(limit).map(\.row) + related.copies + related.conflicts
    }
    return Set(found).sorted()
  }
}
