/// A queue of which it is known which labels are wrong: most suspicious first.
struct RankedTruth {
  /// In queue order; equals stand in the order in which they were given.
  private let isWrong: [Bool]
  /// Runs of equal suspicion, one after the other.
  private let ties: [Range<Int>]

  init(_ rows: [(suspicion: Double, isWrong: Bool)]) {
    let order = rows.indices.sorted { left, right in
      let (a, b) = (rows[left].suspicion, rows[right].suspicion)
      return a != b ? a > b : left < right
    }
    isWrong = order.map { rows[$0].isWrong }
    var ties: [Range<Int>] = []
    var start = 0
    for place in order.indices
    where place + 1 == order.count
      || rows[order[place]].suspicion != rows[order[place + 1]].suspicion
    {
      ties.append(start..<place + 1)
      start = place + 1
    }
    self.ties = ties
  }

  /// How many wrong labels the first `count` places hold.
  func found(inFirst count: Int) -> Int { isWrong.prefix(count).count { $0 } }

  /// sum (recall gained at a threshold) * (precision at it), over all thresholds.
  var averagePrecision: Double {
    var found = 0
    var sum = 0.0
    for tie in ties {
      let gained = isWrong[tie].count { $0 }
      found += gained
      sum += Double(gained) * Double(found) / Double(tie.upperBound)
    }
    return found == 0 ? 0 : sum / Double(found)
  }

  /// The AUROC with the 2.5 and 97.5 % points of 1000 resamples of the rows (Efron, 1979). A resample
  /// without both kinds of labels has no AUROC and is left out.
  func aurocEstimate(seed: UInt64) -> Estimate {
    let value = auroc(Array(repeating: 1, count: isWrong.count)) ?? 0.5
    var generator = SeededGenerator(seed: seed)
    var resampled: [Double] = []
    for _ in 0..<1000 {
      var copies = [Int](repeating: 0, count: isWrong.count)
      for _ in copies.indices { copies[generator.below(copies.count)] += 1 }
      if let value = auroc(copies) { resampled.append(value) }
    }
    resampled.sort()
    guard let last = resampled.indices.last else {
      return Estimate(value: value, lower: 0, upper: 1)
    }
    return Estimate(
      value: value, lower: resampled[Int((0.025 * Double(last)).rounded())],
      upper: resampled[Int((0.975 * Double(last)).rounded())])
  }

  /// The AUROC where each place counts as often as `copies` says; nil where one kind is missing.
  private func auroc(_ copies: [Int]) -> Double? {
    var wrong = 0
    var right = 0
    var twiceWins = 0
    for tie in ties {
      var wrongHere = 0
      var rightHere = 0
      for place in tie {
        if isWrong[place] { wrongHere += copies[place] } else { rightHere += copies[place] }
      }
      twiceWins += rightHere * (2 * wrong + wrongHere)
      wrong += wrongHere
      right += rightHere
    }
    guard wrong > 0, right > 0 else { return nil }
    return Double(twiceWins) / (2 * Double(wrong) * Double(right))
  }
}

/// Spearman's rank correlation of two columns, ties at their mean rank; 0 where one is constant.
func spearmanCorrelation(_ left: [Double], _ right: [Double]) -> Double {
  rankCorrelation(meanRanks(left), meanRanks(right)) ?? 0
}

/// The correlation of two columns of `meanRanks`; nil where one is constant or there are fewer than
/// three: two ranks always agree or disagree wholly.
func rankCorrelation(_ left: [Double], _ right: [Double]) -> Double? {
  precondition(left.count == right.count, "columns of \(left.count) and \(right.count)")
  guard left.count > 2 else { return nil }
  let middle = Double(left.count - 1) / 2
  var (product, leftSquares, rightSquares) = (0.0, 0.0, 0.0)
  for (x, y) in zip(left, right) {
    product += (x - middle) * (y - middle)
    leftSquares += (x - middle) * (x - middle)
    rightSquares += (y - middle) * (y - middle)
  }
  let scale = (leftSquares * rightSquares).squareRoot()
  return scale > 0 ? product / scale : nil
}

/// The rank of each value from 0, equals at the mean of their ranks.
func meanRanks(_ values: [Double]) -> [Double] {
  let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
  var ranks = [Double](repeating: 0, count: values.count)
  var start = 0
  for place in order.indices
  where place + 1 == order.count || values[order[place]] != values[order[place + 1]] {
    for tied in start...place { ranks[order[tied]] = Double(start + place) / 2 }
    start = place + 1
  }
  return ranks
}
