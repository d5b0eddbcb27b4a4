extension ScanArtefacts {
  /// The ranking under other labels, by one Newton step from this head: what a decision changes at
  /// once, until a `HeadRefit` has the exact answer.
  ///
  /// Meaning: at the fitted theta the gradient is 0, so under the new labels it is the sum of what the
  /// changed rows add less what they added; theta moves by H^-1 of it, with the Hessian at hand, and
  /// every pair is judged anew with the leverages at hand. A row whose label is exchanged has the
  /// margin of its new label; one that is left out has none. Under the labels that this head was
  /// fitted to it is `result`, byte for byte.
  ///
  /// - Complexity: O(rows * columns), and O(columns^2) for each row that has copies.
  /// - Limits: first order; the further the labels are from those of the head, the rougher.
  public func rescored(_ changes: LabelChanges) -> ScanResult {
    guard changes != self.changes else { return result }
    let relabelled = pairs.design.relabelled(pairs.signs(of: changes))
    let theta = steppedTheta(to: relabelled)
    let moved = BradleyTerryHead(theta: theta, hessian: head.hessian)
    return ScanResult(
      rejudged(relabelled, head: moved), head: moved, of: pairs, setting: setting,
      quality: result.quality, changes: changes
    ).withSignals(of: result)
  }

  /// theta after one Newton step towards the head of `relabelled`, the same pairs with other labels.
  func steppedTheta(to relabelled: DesignMatrix) -> [Double] {
    var ascent = [Double](repeating: 0, count: head.theta.count)
    for row in 0..<design.rowCount where design.sign(of: row) != relabelled.sign(of: row) {
      for (sign, labelled) in [(-1.0, design), (1, relabelled)] {
        let x = labelled.rows(row..<row + 1)
        let wrong = sigmoid(-zip(head.theta, x).reduce(0) { $0 + $1.0 * $1.1 })
        for column in ascent.indices { ascent[column] += sign * wrong * x[column] }
      }
    }
    return zip(head.theta, head.hessian.solve(ascent)).map { $0 + $1 }
  }

  /// What `moved`, whose Hessian is that of `head`, says of each pair.
  private func rejudged(_ relabelled: DesignMatrix, head moved: BradleyTerryHead) -> JudgedPairs {
    var found = judged
    found.groupPulls = [:]
    let rowsAtOnce = 1024
    for start in stride(from: 0, to: relabelled.rowCount, by: rowsAtOnce) {
      let rows = start..<min(start + rowsAtOnce, relabelled.rowCount)
      let margins = LinearAlgebra.products(
        of: relabelled.rows(rows), rows: rows.count, with: moved.theta, count: 1,
        columns: relabelled.columnCount)
      for (row, margin) in zip(rows, margins) {
        let pull = LeaveOneOut.pull(
          margin: margin, leverage: judged.leverages[row], curvedAt: judged.margins[row])
        found.margins[row] = margin
        found.pulls[row] = pull
        found.leftOutMargins[row] = margin - pull * judged.leverages[row]
      }
    }
    for group in pairs.groups.copies where group.count > 1 {
      // The Hessian knows nothing of a row that was left out of it.
      let curvedAt = group.map { design.sign(of: $0) == 0 ? .infinity : judged.margins[$0] }
      found.take(
        LeaveOneOut(
          relabelled, rows: group, copies: [group], head: moved, curvedAt: curvedAt,
          keepsGroupPulls: !pairs.groups.hasRankings),
        at: group)
    }
    return found
  }
}
