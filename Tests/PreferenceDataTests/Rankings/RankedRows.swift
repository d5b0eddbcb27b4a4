import PreferenceData

/// Numbers in a fixed order, from a seed.
struct RankingGenerator {
  private var state: UInt64

  init(seed: Int) { state = UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 }

  mutating func below(_ bound: Int) -> Int {
    state = state &+ 0x9e37_79b9_7f4a_7c15
    return Int(StableHash.finalMix(state) % UInt64(bound))
  }

  /// A row of two sides or of up to nine; without `ties` every side has a place of its own.
  mutating func row(hasTies: Bool) -> PreferenceRow {
    let count = 2 + below(8)
    var qualities: [Double] = []
    while qualities.count < count {
      let quality = Double(below(hasTies ? 4 : 1000))
      if hasTies || !qualities.contains(quality) { qualities.append(quality) }
    }
    return PreferenceRow(
      context: [Turn(.user, "q \(below(9))")],
      sides: (0..<count).map { Side(turns: [Turn(.assistant, "answer \($0)")]) },
      label: PreferenceLabel(qualities: qualities))
  }

  /// Decisions about pairs of `sides`, as a person might make them one after the other.
  mutating func decisions(_ count: Int, on sides: [SideID], hasTies: Bool) -> [Decision] {
    (0..<count).map { _ in
      let one = below(sides.count)
      let other = (one + 1 + below(sides.count - 1)) % sides.count
      let verdict: Verdict =
        hasTies && below(4) == 0 ? .tie : below(9) == 0 ? .skip : .prefers(sides[one])
      return Decision(verdict, on: SidePair(sides[one], sides[other]))
    }
  }
}
