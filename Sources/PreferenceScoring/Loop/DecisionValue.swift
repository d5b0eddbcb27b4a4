/// What a decision on each pair is worth, for a second of the annotator's time.
///
/// Meaning: value = P(wrong) gain / seconds. P(wrong) is what the audit makes of the suspicion
/// (`LabelCalibration`), or before that the suspicion itself, which orders alike. The gain is by how much the
/// loss of the confirmed pairs would fall were the label exchanged, max(0, q'x) with q = H^-1 G
/// (`Influence`), and 1 where fewer than `GoldHead.neededPairs` are confirmed: without gold pairs it would
/// only repeat the margin. Of the `candidateLimit` largest, the pairs are taken one by one, and the value of
/// a pair j that is left is that times 1 - max cos+(z(i), z(j))^2 over the pairs i that are taken, z = L^-1 x:
/// near-copies of what is taken come last. (A product over all that are taken was tried: of the first
/// hundred pairs it made 29 wrong ones where the order of suspicion has 52, in a simulated review.)
///
/// - Range: from 0 on; nil = decided, or no pair of the head. Compare within one scan only.
/// - Complexity: O(n columns), and O(candidates (columns^2 + batch columns)).
/// - Limits: the gain is first order. It looks for pairs that improve the head, which need not be those
///   with the most wrong labels.
/// - Source: expected error reduction: Roy and McCallum, 2001, "Toward Optimal Active Learning"; the flip
///   effect as `Influence`. The discount for pairs alike is ours.
struct DecisionValue: Sendable {
  static let candidateLimit = 1000
  static let batchLimit = 250

  /// By design row.
  private(set) var values: [Double?]

  /// - Parameters:
  ///   - margins: By design row, as the file labels the pairs, under a head that has not seen them.
  ///   - decided: Design rows that need no decision.
  ///   - gains: By design row; nil takes 1.
  ///   - seconds: By design row; nil takes all alike.
  ///   - calibration: What the audit says of margins.
  ///   - design: The pairs as the file labels them.
  ///   - hessian: Of the head.
  init(
    margins: [Double], decided: some Sequence<Int>, gains: [Double]?, seconds: [Double]?,
    calibration: LabelCalibration?, design: DesignMatrix, hessian: CholeskyFactor
  ) {
    var isDecided = [Bool](repeating: false, count: margins.count)
    for row in decided { isDecided[row] = true }
    var values = margins.indices.map { row -> Double? in
      if isDecided[row] { return nil }
      let wrong = calibration?.probability(ofMargin: margins[row]) ?? sigmoid(-margins[row])
      return wrong * max(0, gains?[row] ?? 1) / (seconds?[row] ?? 1)
    }
    let candidates = values.indices.filter { values[$0] != nil }
      .sorted { (-(values[$0] ?? 0), $0) < (-(values[$1] ?? 0), $1) }.prefix(Self.candidateLimit)
    var batch = Batch(candidates.map { values[$0] ?? 0 }, design, Array(candidates), hessian)
    for _ in 0..<Self.batchLimit where !batch.takeBest() { break }
    for (place, row) in candidates.enumerated() { values[row] = batch.values[place] }
    self.values = values
  }

  /// By design row, by how much the loss of the confirmed pairs would fall were the label exchanged.
  static func gains(
    _ gold: GoldPairs, head: BradleyTerryHead, design: DesignMatrix
  ) -> [Double] {
    let margins = gold.design.products(with: head.theta)
    let ascent = LinearAlgebra.weightedSums(
      of: gold.design.rows(0..<gold.count), rows: gold.count,
      weights: margins.map { -sigmoid(-$0) }, count: 1, columns: design.columnCount)
    return design.relabelled(nil).products(with: head.hessian.solve(ascent))
  }
}

/// Pairs of which the most valuable is taken again and again, each time with what is like it made cheaper.
private struct Batch {
  /// By candidate: of one that was taken, its value then.
  private(set) var values: [Double]
  /// By candidate, its value were nothing taken.
  private let alone: [Double]
  private var isTaken: [Bool]
  /// L^-1 x of each, brought to length 1.
  private let directions: [Double]
  private let columns: Int

  init(_ values: [Double], _ design: DesignMatrix, _ rows: [Int], _ hessian: CholeskyFactor) {
    self.values = values
    alone = values
    isTaken = Array(repeating: false, count: values.count)
    columns = design.columnCount
    var gathered: [Float] = []
    design.relabelled(nil).gather(rows, into: &gathered)
    var directions = hessian.whiten(gathered.map { Double($0) })
    for start in stride(from: 0, to: directions.count, by: columns) {
      var square = 0.0
      for index in start..<start + columns { square += directions[index] * directions[index] }
      guard square > 0 else { continue }
      for index in start..<start + columns { directions[index] /= square.squareRoot() }
    }
    self.directions = directions
  }

  /// Takes the most valuable that is left, of equals the first; false where none is worth anything.
  mutating func takeBest() -> Bool {
    var best: Int?
    for place in values.indices
    where !isTaken[place] && values[place] > best.map({ values[$0] }) ?? 0 {
      best = place
    }
    guard let best else { return false }
    isTaken[best] = true
    let products = LinearAlgebra.products(
      of: directions, rows: values.count,
      with: Array(directions[best * columns..<(best + 1) * columns]), count: 1, columns: columns)
    for place in values.indices where !isTaken[place] {
      let likeness = min(1, max(0, products[place]))
      values[place] = min(values[place], alone[place] * (1 - likeness * likeness))
    }
    return true
  }
}
