import Foundation

/// The order in which pairs join a subset that takes no near-copies before all else is taken.
///
/// Meaning: again and again the pair joins whose base + weight * ln(distance) is largest, where distance
/// is that of its prompt to the nearest prompt that has joined. Of the joined, only a prompt's known
/// neighbours are looked at; while none of these has joined, the distance is that of the farthest known
/// neighbour, which no other prompt comes closer than. A pair's term only ever falls, so it is worked out
/// again only when the pair is first in line (lazy evaluation).
///
/// - Limits: of more near-copies that are not equal than there are known neighbours, all come late.
/// - Complexity: O(n log n + n k) for n pairs with k known neighbours.
/// - Source: FiFA, arXiv:2410.10166, has no such order: its score cannot see that both of two near-copies
///   were taken. Farthest-point rule: Gonzalez, 1985, doi:10.1016/0304-3975(85)90224-5; lazy evaluation:
///   Minoux, 1978, doi:10.1007/BFb0006528.
struct GreedySubset: Sendable {
  /// By row, its place, from 1; 0 = has not joined yet.
  private(set) var places: [Int]
  private var joined = 0
  private let base: [Double]
  private let promptOf: [Int]
  private let spread: Standardising
  private let weight: Double
  private let links: NeighbourLinks
  /// By prompt, ln of the distance to the joined.
  private var distances: [Double]
  private var line: WaitingLine

  private static let joinsAtOnce = 8192

  /// - Parameters:
  ///   - base: By row, what does not depend on the others.
  ///   - promptOf: By row, the number of its prompt.
  ///   - neighbours: By prompt, `limit` numbers of prompts, the nearest first; -1 = none.
  ///   - products: The products with them.
  ///   - limit: How many neighbours a prompt has at most.
  ///   - spread: The scale of ln distances.
  ///   - weight: What a standard deviation of them weighs.
  init(
    base: [Double], promptOf: [Int], neighbours: [Int32], products: [Float], limit: Int,
    spread: Standardising, weight: Double
  ) {
    self.base = base
    self.promptOf = promptOf
    self.spread = spread
    self.weight = weight
    links = NeighbourLinks(neighbours: neighbours, products: products, limit: limit)
    distances = stride(from: 0, to: neighbours.count, by: limit).map { start in
      let farthest = (start..<start + limit).last { neighbours[$0] >= 0 }
      return log(FilteredSubset.distance(product: farthest.map { products[$0] } ?? 0))
    }
    places = Array(repeating: 0, count: base.count)
    line = WaitingLine()
    line = WaitingLine(base.indices.map { .init(gain: gain(of: $0), row: $0) })
  }

  var share: Double { Double(joined) / Double(max(base.count, 1)) }

  private func gain(of row: Int) -> Double {
    base[row] + weight * spread.value(ofDifference: distances[promptOf[row]])
  }

  /// Lets the next pairs join; whether all have.
  mutating func advance() -> Bool {
    for _ in 0..<Self.joinsAtOnce {
      guard let first = line.popFirst() else { break }
      let gain = gain(of: first.row)
      if gain < first.gain {
        line.push(.init(gain: gain, row: first.row))
      } else {
        join(first.row)
      }
    }
    return joined == base.count
  }

  private mutating func join(_ row: Int) {
    joined += 1
    places[row] = joined
    let prompt = promptOf[row]
    distances[prompt] = log(FilteredSubset.distance(product: 1))
    for link in links.of(prompt) {
      let distance = log(FilteredSubset.distance(product: link.product))
      let prompt = Int(link.prompt)
      distances[prompt] = min(distances[prompt], distance)
    }
  }
}

/// Which prompts are neighbours of each other, either way.
private struct NeighbourLinks: Sendable {
  struct Link: Sendable {
    var prompt: Int32
    var product: Float
  }

  private var starts: [Int]
  private var links: [Link]

  init(neighbours: [Int32], products: [Float], limit: Int) {
    var counts = [Int](repeating: 0, count: neighbours.count / limit + 1)
    for (place, other) in neighbours.enumerated() where other >= 0 {
      counts[place / limit] += 1
      counts[Int(other)] += 1
    }
    starts = [0]
    for count in counts { starts.append(starts[starts.count - 1] + count) }
    links = Array(repeating: Link(prompt: 0, product: 0), count: starts[starts.count - 1])
    var next = starts
    for (place, other) in neighbours.enumerated() where other >= 0 {
      let own = place / limit
      for (from, to) in [(own, other), (Int(other), Int32(own))] {
        links[next[from]] = Link(prompt: to, product: products[place])
        next[from] += 1
      }
    }
  }

  func of(_ prompt: Int) -> ArraySlice<Link> { links[starts[prompt]..<starts[prompt + 1]] }
}

/// Rows by falling gain, equals by row: a binary heap.
private struct WaitingLine: Sendable {
  struct Entry: Sendable {
    var gain: Double
    var row: Int

    func isBefore(_ other: Entry) -> Bool { (-gain, row) < (-other.gain, other.row) }
  }

  private var entries: [Entry] = []

  init() {}

  /// Sorted entries are a heap already.
  init(_ entries: [Entry]) { self.entries = entries.sorted { $0.isBefore($1) } }

  mutating func push(_ entry: Entry) {
    entries.append(entry)
    var place = entries.count - 1
    while place > 0, entries[place].isBefore(entries[(place - 1) / 2]) {
      entries.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func popFirst() -> Entry? {
    guard let last = entries.popLast() else { return nil }
    guard let first = entries.first else { return last }
    entries[0] = last
    var place = 0
    while true {
      var child = 2 * place + 1
      guard child < entries.count else { return first }
      if child + 1 < entries.count, entries[child + 1].isBefore(entries[child]) { child += 1 }
      guard entries[child].isBefore(entries[place]) else { return first }
      entries.swapAt(place, child)
      place = child
    }
  }
}
