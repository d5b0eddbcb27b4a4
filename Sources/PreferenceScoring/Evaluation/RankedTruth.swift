/// A queue of which it is known which labels are wrong: most suspicious first.
struct RankedTruth {
  /// The row at each place of the queue; equals stand in the order of their rows.
  private let order: [Int]
  /// By place: whether the label is wrong, and whether the next place has another suspicion.
  private let isWrong: [Bool]
  private let endsTie: [Bool]

  init(_ suspicion: [Double], isWrong: [Bool]) {
    let order = suspicion.indices.sorted { left, right in
      let (a, b) = (suspicion[left], suspicion[right])
      return a != b ? a > b : left < right
    }
    self.order = order
    self.isWrong = order.map { isWrong[$0] }
    endsTie = order.indices.map {
      $0 + 1 == order.count || suspicion[order[$0]] != suspicion[order[$0 + 1]]
    }
  }

  var rowCount: Int { order.count }
  var wrongCount: Int { isWrong.count { $0 } }

  /// How many wrong labels the first `count` places hold.
  func found(inFirst count: Int) -> Int { isWrong.prefix(count).count { $0 } }

  /// sum (recall gained at a threshold) * (precision at it), over all thresholds.
  var averagePrecision: Double {
    var (found, gained) = (0, 0)
    var sum = 0.0
    for place in order.indices {
      if isWrong[place] { gained += 1 }
      guard endsTie[place] else { continue }
      found += gained
      sum += Double(gained) * Double(found) / Double(place + 1)
      gained = 0
    }
    return found == 0 ? 0 : sum / Double(found)
  }

  /// The probability that a wrong label stands before a right one; a tie counts half. .5 where
  /// either is missing.
  var auroc: Double { auroc(Array(repeating: 1, count: order.count)) ?? 0.5 }

  /// The AUROC where each row counts as often as `copies` says; nil where one kind is missing.
  func auroc(_ copies: [Int]) -> Double? {
    var (wrong, right, wrongHere, rightHere, twiceWins) = (0, 0, 0, 0, 0)
    for place in order.indices {
      if isWrong[place] {
        wrongHere += copies[order[place]]
      } else {
        rightHere += copies[order[place]]
      }
      guard endsTie[place] else { continue }
      twiceWins += rightHere * (2 * wrong + wrongHere)
      wrong += wrongHere
      right += rightHere
      (wrongHere, rightHere) = (0, 0)
    }
    guard wrong > 0, right > 0 else { return nil }
    return Double(twiceWins) / (2 * Double(wrong) * Double(right))
  }
}

extension [RankedTruth] {
  /// The AUROC of every queue, all of the same rows, in each of 1000 resamples of these rows (Efron,
  /// 1979). A resample without both kinds of labels has none and is left out.
  func resampledAUROCs(seed: UInt64) -> [[Double]] {
    let count = first?.rowCount ?? 0
    var generator = SeededGenerator(seed: seed)
    var copies = [Int](repeating: 0, count: count)
    return (0..<1000).compactMap { _ in
      for row in copies.indices { copies[row] = 0 }
      for _ in copies.indices { copies[generator.below(count)] += 1 }
      let values = compactMap { $0.auroc(copies) }
      return values.count == self.count ? values : nil
    }
  }
}

extension Estimate {
  /// `value` with the 2.5 and 97.5 % points of `resamples`; all of `bounds` where there are none.
  init(value: Double, resamples: [Double], bounds: ClosedRange<Double>) {
    let sorted = resamples.sorted()
    guard let last = sorted.indices.last else {
      self.init(value: value, lower: bounds.lowerBound, upper: bounds.upperBound)
      return
    }
    self.init(
      value: value, lower: sorted[Int((0.025 * Double(last)).rounded())],
      upper: sorted[Int((0.975 * Double(last)).rounded())])
  }
}
