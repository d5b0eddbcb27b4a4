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
