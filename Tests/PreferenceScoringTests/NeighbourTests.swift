import Foundation
import PreferenceData
import Testing

@testable import PreferenceScoring

extension PromptSketch {
  var direction: [Float] {
    var sketches = PromptSketches()
    sketches.append(self)
    return sketches.direction(of: 0)
  }
}

/// Vectors that are kept as they are.
struct DenseVectors: UnitVectors {
  let width: Int
  let values: [Float]

  init(_ values: [Float], width: Int = PromptSketch.width) {
    (self.values, self.width) = (values, width)
  }

  /// Each by its number.
  var points: [Int32] { Array(0..<Int32(values.count / width)) }

  func append(_ number: Int, to rows: inout [Float]) {
    rows += values[number * width..<(number + 1) * width]
  }
}

@Suite struct NeighbourTests {
  /// Directions of prompts of a few words each, drawn as words are: some often, most rarely.
  private func prompts(_ count: Int, seed: UInt64) -> [Float] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).flatMap { _ in
      var sketch = PromptSketch()
      for _ in 0..<4 + generator.below(12) {
        let rank = exp(generator.unit() * log(20_000))
        sketch.add(StableHash.finalMix(UInt64(rank)))
      }
      return sketch.direction
    }
  }

  private func searched(
    _ vectors: [Float], exactLimit: Int, seed: UInt64 = 1, jobs: Int = 1
  ) -> CellIndex {
    let vectors = DenseVectors(vectors)
    var index = CellIndex(
      vectors, of: vectors.points, limit: 5, exactLimit: exactLimit, seed: seed)
    while !index.advance(jobs: jobs) {}
    return index
  }

  @Test("with one cell the neighbours are those that a plain search finds")
  func exact() {
    let vectors = prompts(300, seed: 2)
    let index = searched(vectors, exactLimit: 300)
    let width = PromptSketch.width
    for point in 0..<300 {
      let products = (0..<300).filter { $0 != point }.map { other -> Float in
        (0..<width).reduce(0) { $0 + vectors[point * width + $1] * vectors[other * width + $1] }
      }.sorted(by: >)
      for slot in 0..<5 {
        #expect(abs(index.products[point * 5 + slot] - products[slot]) < 1e-5)
      }
    }
  }

  @Test("through cells at least nine of ten true neighbours are found, looking at part of the file")
  func recall() {
    let vectors = prompts(6000, seed: 3)
    let exact = searched(vectors, exactLimit: 6000)
    let cells = searched(vectors, exactLimit: 100)
    #expect(cells.members.count > 100)
    #expect(cells.members.reduce(0) { $0 + $1.count } == 6000)
    #expect(cells.probes < cells.members.count)
    // A neighbour counts where it is as near as the fifth true one: equals are as good.
    var found = 0
    for point in 0..<6000 {
      let farthest = exact.products[point * 5 + 4] - 1e-5
      found += (0..<5).count { cells.products[point * 5 + $0] >= farthest }
    }
    #expect(Double(found) / 30_000 >= 0.9)
  }

  @Test("neighbours are the same for every number of jobs")
  func determinism() {
    let vectors = prompts(1500, seed: 4)
    let one = searched(vectors, exactLimit: 100)
    let other = searched(vectors, exactLimit: 100, jobs: 3)
    #expect(one.neighbours == other.neighbours)
    #expect(one.products == other.products)
  }

  @Test("fewer vectors than neighbours are wanted leave places empty")
  func few() {
    let index = searched(prompts(3, seed: 5), exactLimit: 10)
    #expect((0..<3).allSatisfy { index.neighbours[$0 * 5 + 1] >= 0 })
    #expect((0..<3).allSatisfy { index.neighbours[$0 * 5 + 2] == -1 })
  }
}

@Suite struct GreedySubsetTests {
  /// What the definition says, worked out anew for every place.
  private func plain(
    base: [Double], promptOf: [Int], index: CellIndex, limit: Int, spread: Standardising
  ) -> [Int] {
    let promptCount = index.neighbours.count / limit
    var joined = [Bool](repeating: false, count: promptCount)
    var places = [Int](repeating: 0, count: base.count)
    func distance(_ prompt: Int) -> Double {
      if joined[prompt] { return FilteredSubset.distance(product: 1) }
      var nearest = Double.infinity
      var farthest = 0.0
      for slot in 0..<limit where index.neighbours[prompt * limit + slot] >= 0 {
        farthest = FilteredSubset.distance(product: index.products[prompt * limit + slot])
      }
      for other in 0..<promptCount where joined[other] {
        for (from, to) in [(prompt, other), (other, prompt)] {
          for slot in 0..<limit where index.neighbours[from * limit + slot] == Int32(to) {
            nearest = min(
              nearest, FilteredSubset.distance(product: index.products[from * limit + slot]))
          }
        }
      }
      return min(nearest, farthest)
    }
    for place in 1...base.count {
      let waiting = base.indices.filter { places[$0] == 0 }
      let gains = waiting.map { row in
        base[row] + 0.5 * spread.value(ofDifference: log(distance(promptOf[row])))
      }
      guard let best = gains.indices.max(by: { (gains[$0], -$0) < (gains[$1], -$1) }) else { break }
      places[waiting[best]] = place
      joined[promptOf[waiting[best]]] = true
    }
    return places
  }

  @Test("the lazy order is the plain one", arguments: 0..<4)
  func lazyOrder(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let vectors = DenseVectors(
      (0..<30).flatMap { _ in
        var sketch = PromptSketch()
        for _ in 0..<3 { sketch.add(UInt64(generator.below(12))) }
        return sketch.direction
      })
    let promptOf = Array(0..<30) + (0..<30).map { _ in generator.below(30) }
    let base = promptOf.map { _ in Double(generator.below(8)) / 4 }
    var index = CellIndex(
      vectors, of: vectors.points, limit: 5, exactLimit: 100, seed: seed)
    while !index.advance(jobs: 1) {}
    let spread = Standardising((0..<30).map { Double($0) / 20 })
    var subset = GreedySubset(
      base: base, promptOf: promptOf, neighbours: index.neighbours, products: index.products,
      limit: 5, spread: spread, weight: 0.5)
    while !subset.advance() {}
    #expect(
      subset.places
        == plain(
          base: base, promptOf: promptOf, index: index, limit: 5, spread: spread))
    #expect(subset.places.sorted() == Array(1...60))
  }
}

@Suite struct PromptQualityTests {
  private func share(_ text: String) -> Double? { PromptQuality.share(of: [Turn(.user, text)]) }

  @Test("prose keeps all rules, and every broken rule costs a sixth")
  func rules() {
    #expect(share("What is the best way to plant a tree?") == 1)
    #expect(share("to be or to not be a to of be") == 5.0 / 6)
    #expect(share("the thing to do ### about that") == 5.0 / 6)
    #expect(share("- plant the oldest trees with care\n- water the oldest with care") == 5.0 / 6)
    #expect(share("and then they waited...\nwith all the rest...") == 4.0 / 6)
    #expect(share("the sum of 12345 67890") == 5.0 / 6)
    #expect(share("Plant trees please") == 5.0 / 6)
  }

  @Test("a prompt without a word has no quality")
  func empty() {
    #expect(share("") == nil)
    #expect(share(" \n\t") == nil)
    #expect(PromptQuality.share(of: []) == nil)
  }
}
