import Foundation

extension Estimate {
  /// The share `wins` / `count` with the exact 95 % interval: it holds the true share in at least
  /// 95 % of all samples, whatever that share is, and is wider than Wilson's for it.
  ///
  /// The lower end is the share under which `wins` or more come about with probability .025, the upper
  /// one that under which `wins` or fewer do: quantiles of the beta distribution, found here by halving
  /// on the binomial tail itself.
  ///
  /// - Range: [0, 1]; from 0 to 1 where nothing was counted.
  /// - Complexity: O(count).
  /// - Source: Clopper and Pearson, 1934, doi:10.1093/biomet/26.4.404.
  public init(exactly wins: Int, of count: Int) {
    precondition((0...count).contains(wins), "\(wins) wins of \(count)")
    guard count > 0 else {
      self.init(value: 0.5, lower: 0, upper: 1)
      return
    }
    self.init(
      value: Double(wins) / Double(count),
      lower: wins == 0 ? 0 : BinomialTail(from: wins, of: count).share(withProbability: 0.025),
      upper: wins == count
        ? 1 : BinomialTail(from: wins + 1, of: count).share(withProbability: 0.975))
  }
}

/// The probability of at least so many wins, as a function of the share of wins.
private struct BinomialTail {
  private let least: Int
  private let count: Int
  /// The logarithm of the number of ways to have `least`, `least` + 1 ... wins.
  private let logWays: [Double]

  init(from least: Int, of count: Int) {
    self.least = least
    self.count = count
    var logFactorials = [0.0]
    for number in 0..<count {
      logFactorials.append(logFactorials[number] + log(Double(number + 1)))
    }
    logWays = (least...count).map {
      logFactorials[count] - logFactorials[$0] - logFactorials[count - $0]
    }
  }

  private func probability(at share: Double) -> Double {
    let (win, loss) = (log(share), log1p(-share))
    var sum = 0.0
    for (place, ways) in logWays.enumerated() {
      let wins = least + place
      sum += exp(ways + Double(wins) * win + Double(count - wins) * loss)
    }
    return sum
  }

  /// The share of wins with which the tail has this probability; it rises with the share.
  func share(withProbability wanted: Double) -> Double {
    var (low, high) = (0.0, 1.0)
    // As often as a double in [0, 1] can be halved to its last bit.
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if probability(at: middle) < wanted { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
