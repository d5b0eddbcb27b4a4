import PreferenceData

/// What is read of pairs beside their features, column by column: what tells copies and items, and what
/// signals are made of.
struct PairAttributes: Sendable {
  private(set) var keys: [PairKeys] = []
  /// The place in its row of the side that the label prefers.
  private(set) var chosenPlaces: [UInt8] = []
  private(set) var prompts = PromptSketches()
  private(set) var promptQualities: SignalValues = []
  /// One place a reward model: reward(chosen) - reward(rejected), where both are known.
  private(set) var rewardDifferences: [Double?] = []
  /// The same of the chosen side alone.
  private(set) var chosenRewards: [Double?] = []
  /// The file's own ratings, chosen less rejected.
  private(set) var ratings: SignalValues = []
  /// How alike the words of the sides are (`BucketCounts.likeness`).
  private(set) var likeness: [Float] = []

  /// Adds the pair `row`, of two sides with a preference, as `keys`, `prompt` and `likeness` were read
  /// of it.
  mutating func append(
    _ row: PreferenceRow, chosen: Int, keys: PairKeys, prompt: PromptSketch, likeness: Float,
    rewardCount: Int
  ) {
    self.keys.append(keys)
    chosenPlaces.append(UInt8(clamping: chosen))
    prompts.append(prompt)
    promptQualities.append(PromptQuality.share(of: row.context))
    rewardDifferences += (0..<rewardCount).map(row.rewardDifference)
    chosenRewards += (0..<rewardCount).map { row.sides[chosen].reward(at: $0) }
    ratings.append(row.ratingDifference)
    self.likeness.append(likeness)
  }

  mutating func append(_ others: PairAttributes) {
    keys += others.keys
    chosenPlaces += others.chosenPlaces
    prompts.append(others.prompts)
    promptQualities.append(others.promptQualities)
    rewardDifferences += others.rewardDifferences
    chosenRewards += others.chosenRewards
    ratings.append(others.ratings)
    likeness += others.likeness
  }

  /// Makes room for `count` pairs: memory that grows by doubling is half empty.
  mutating func reserve(_ count: Int, rewardCount: Int) {
    keys.reserveCapacity(count)
    chosenPlaces.reserveCapacity(count)
    prompts.reserve(count)
    promptQualities.reserve(count)
    rewardDifferences.reserveCapacity(count * rewardCount)
    chosenRewards.reserveCapacity(count * rewardCount)
    ratings.reserve(count)
    likeness.reserveCapacity(count)
  }

  /// Puts the pairs into another order: number `order[i]` comes to place i.
  mutating func reorder(_ order: [Int], rewardCount: Int) {
    keys = order.map { keys[$0] }
    chosenPlaces = order.map { chosenPlaces[$0] }
    prompts = PromptSketches(prompts, in: order)
    promptQualities = SignalValues(promptQualities, in: order)
    func rewards(_ values: [Double?]) -> [Double?] {
      order.flatMap { values[$0 * rewardCount..<($0 + 1) * rewardCount] }
    }
    rewardDifferences = rewards(rewardDifferences)
    chosenRewards = rewards(chosenRewards)
    ratings = SignalValues(ratings, in: order)
    likeness = order.map { likeness[$0] }
  }
}
