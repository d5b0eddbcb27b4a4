/// A random generator whose whole sequence follows from its seed: xoshiro256** (Blackman and Vigna,
/// 2018, public domain), its state filled by SplitMix64 as its authors advise.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var s0, s1, s2, s3: UInt64

  public init(seed: UInt64) {
    var counter = seed
    func word() -> UInt64 {
      counter &+= 0x9e37_79b9_7f4a_7c15
      var word = counter
      word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
      word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
      return word ^ (word >> 31)
    }
    s0 = word()
    s1 = word()
    s2 = word()
    s3 = word()
  }

  public mutating func next() -> UInt64 {
    let product = s1 &* 5
    let result = ((product << 7) | (product >> 57)) &* 9
    let shifted = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = (s3 << 45) | (s3 >> 19)
    return result
  }

  /// A whole number below `bound`, each equally likely (rejection, no bias).
  ///
  /// Written out, because the standard library does not promise how it turns words into numbers.
  public mutating func below(_ bound: Int) -> Int {
    precondition(bound > 0, "the bound must be positive, got \(bound)")
    let range = UInt64(bound)
    let excess = (0 &- range) % range
    while true {
      let word = next()
      if word >= excess { return Int(word % range) }
    }
  }

  /// A number in [0, 1), on the grid of 2^-53.
  public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// `count` different positions below `total`, each set of them equally likely, in rising order.
  /// - Complexity: O(total).
  public mutating func sample(_ count: Int, below total: Int) -> [Int] {
    precondition(0 <= count && count <= total, "\(count) of \(total) cannot be drawn")
    var positions = Array(0..<total)
    for place in 0..<count {
      positions.swapAt(place, place + below(total - place))
    }
    return positions[..<count].sorted()
  }
}
