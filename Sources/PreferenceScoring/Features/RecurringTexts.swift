/// The item block: which response stands on either side, where responses recur.
///
/// Meaning: a response to a prompt that stands in two or more pairs of the file is an item with a
/// reward of its own, whatever its words: column +1 where it is chosen, -1 where it is rejected, as
/// in the plain Bradley-Terry-Luce model. Copies of one pair make no item. Up to `directLimit` items
/// each have their own column; more are sketched into `sketchWidth` columns with a sign each
/// (CountSketch). A file in which less than one pair in twenty holds an item has no such block.
/// - Complexity: O(n log n) to find them, O(log items) a pair.
/// - Source: Luce, 1959, Individual Choice Behavior; Charikar, Chen and Farach-Colton, 2002.
struct RecurringTexts: Sendable, Equatable {
  /// The keys of the items, rising.
  let keys: [UInt64]
  /// By item: in how many different pairs it stands.
  let pairCounts: [UInt32]
  let seed: UInt64

  static let directLimit = 1024
  static let sketchWidth = 512
  private static let neededShare = 0.05

  /// How many columns the block has; 0 = there is none.
  var width: Int { keys.count <= Self.directLimit ? keys.count : Self.sketchWidth }

  init(keys: [UInt64], pairCounts: [UInt32], seed: UInt64) {
    precondition(
      keys.count == pairCounts.count, "\(keys.count) items, \(pairCounts.count) counts")
    self.keys = keys
    self.pairCounts = pairCounts
    self.seed = seed
  }

  /// The items of the pairs with these keys.
  init(in pairs: [PairKeys], seed: UInt64) {
    var places: [Place] = []
    places.reserveCapacity(2 * pairs.count)
    for pair in pairs {
      for side in pair.items { places.append(Place(item: side, pair: pair.pair)) }
    }
    places.sort()
    var keys: [UInt64] = []
    var counts: [UInt32] = []
    var different: UInt32 = 0
    for index in places.indices {
      let isLast = index + 1 == places.count
      if isLast || places[index] != places[index + 1] { different += 1 }
      if isLast || places[index].item != places[index + 1].item {
        if different > 1 {
          keys.append(places[index].item)
          counts.append(different)
        }
        different = 0
      }
    }
    self.init(keys: keys, pairCounts: counts, seed: seed)
    let held = pairs.count { $0.items.contains { place(of: $0) != nil } }
    if Double(held) < Self.neededShare * Double(pairs.count) {
      self.init(keys: [], pairCounts: [], seed: seed)
    }
  }

  private struct Place: Comparable {
    var item: UInt64
    var pair: UInt64

    static func < (left: Place, right: Place) -> Bool {
      (left.item, left.pair) < (right.item, right.pair)
    }
  }

  /// The number of the item `key`, or nil where it is none.
  private func place(of key: UInt64) -> Int? {
    let place = keys.partitionPoint { $0 >= key }
    return place < keys.count && keys[place] == key ? place : nil
  }

  /// The column of the item `key` and the sign with which it stands there; nil where it is none.
  func column(of key: UInt64) -> (column: Int, sign: Float)? {
    guard let place = place(of: key) else { return nil }
    guard keys.count > Self.directLimit else { return (place, 1) }
    let mixed = WordHash.pair(seed, key)
    return (Int((mixed >> 1) % UInt64(width)), mixed & 1 == 0 ? 1 : -1)
  }

  /// In how many different pairs the response `key` stands, as far as it recurs; else 0.
  func pairCount(of key: UInt64) -> Int { place(of: key).map { Int(pairCounts[$0]) } ?? 0 }

  /// Adds the row of the pair with these keys to `columns`.
  func add(_ pair: PairKeys, to columns: inout [Float], at start: Int) {
    for (item, direction) in zip(pair.items, [1, -1] as [Float]) {
      guard let (column, sign) = column(of: item) else { continue }
      columns[start + column] += direction * sign
    }
  }
}

extension PairKeys {
  /// The chosen and the rejected response, each as an answer to its prompt.
  var items: [UInt64] { [WordHash.pair(prompt, chosen), WordHash.pair(prompt, rejected)] }
}
