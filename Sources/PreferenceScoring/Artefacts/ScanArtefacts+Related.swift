extension ScanArtefacts {
  /// The pairs that bear most on the margin of row `row` of the file, at most `limit` a list of
  /// supporters and opponents; nil where the row has no suspicion.
  ///
  /// Meaning: the influence of pair j on the margin of pair i is (1 - p(j)) x(i)'H^-1 x(j): by how much
  /// the margin falls without j, to first order of the refit. The pair's own copies are no witnesses:
  /// they stand in lists of their own.
  ///
  /// - Range: logits, as `changes` label both pairs.
  /// - Complexity: O(rows * columns + columns^2): one solve and one pass.
  /// - Source: `Influence`.
  public func related(to row: Int, limit: Int) -> RelatedPairs? {
    precondition(limit >= 0, "a number of pairs, got \(limit)")
    guard let target = pairs.designRow(of: row), result.ranks[row] != nil else { return nil }
    let copies = pairs.groups.copyGroup(of: target)
    let direction = head.hessian.solve(design.rows(target..<target + 1))
    var supporting = StrongestPairs(limit: limit)
    var opposing = StrongestPairs(limit: limit)
    design.visitProducts(with: direction) { other, product in
      guard product != 0, !copies.contains(other) else { return }
      let influence = Float(sigmoid(-judged.margins[other])) * product
      if influence > 0 {
        supporting.add(other, amount: influence)
      } else {
        opposing.add(other, amount: influence)
      }
    }
    func entries(_ strongest: StrongestPairs) -> [RelatedPairs.Entry] {
      strongest.found.map { other, _ in
        let product = zip(direction, design.row(other)).reduce(0) { $0 + $1.0 * Double($1.1) }
        return RelatedPairs.Entry(
          row: pairs.fileRows[other], influence: sigmoid(-judged.margins[other]) * product)
      }.sorted { (-abs($0.influence), $0.row) < (-abs($1.influence), $1.row) }
    }
    let others = copies.filter {
      $0 != target && pairs.attributes.keys[$0].pair == pairs.attributes.keys[target].pair
        && result.ranks[pairs.fileRows[$0]] != nil
    }
    let (alike, opposite) = (
      others.filter { label(of: $0) == label(of: target) },
      others.filter { label(of: $0) != label(of: target) }
    )
    return RelatedPairs(
      supporting: entries(supporting), opposing: entries(opposing),
      copies: alike.map { pairs.fileRows[$0] }.sorted(),
      conflicts: opposite.map { pairs.fileRows[$0] }.sorted())
  }

  /// The response that stands as chosen, as `changes` label the pair.
  private func label(of row: Int) -> UInt64 {
    let keys = pairs.attributes.keys[row]
    return result.changes.swaps(pairs.fileRows[row]) ? keys.rejected : keys.chosen
  }
}

extension DesignMatrix {
  private static let rowsAtOnce = 1024

  /// Calls `body` with every row and its product with `direction`, in single precision.
  fileprivate func visitProducts(with direction: [Double], _ body: (Int, Float) -> Void) {
    let single = direction.map(Float.init)
    var x: [Float] = []
    for start in stride(from: 0, to: rowCount, by: Self.rowsAtOnce) {
      let rows = start..<min(start + Self.rowsAtOnce, rowCount)
      readAsInFile(rows, into: &x)
      let products = LinearAlgebra.products(
        of: x, rows: 0..<rows.count, with: single, count: 1, columns: columnCount)
      for (row, product) in zip(rows, products) { body(row, sign(of: row) * product) }
    }
  }
}
