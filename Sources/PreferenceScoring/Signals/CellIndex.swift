/// The nearest neighbours of unit vectors: exact for few, through cells for many.
///
/// Meaning: the vectors are cut into cells by spherical k-means on a seeded sample. All vectors of a cell
/// are compared with those of the `probes` cells whose centres are nearest to its own, block by block.
/// How many probes that takes is measured, not set: for a seeded sample of vectors the true neighbours
/// are searched among all, and `probes` is the smallest number that would have found
/// `neededRecall` of them. Up to `exactLimit` vectors there is one cell, and the search is exact.
///
/// - Complexity: O(n sqrt(n) width) for the cells, O(n width n probes / cells) for the search.
/// - Limits: the more evenly the vectors fill their space, the more cells must be probed; at worst all,
///   which is the exact search again. Equal distances: the first found stays.
/// - Source: inverted files: Sivic and Zisserman, 2003, doi:10.1109/ICCV.2003.1238663; spherical
///   k-means: Dhillon and Modha, 2001, doi:10.1023/A:1007612920971. Setting the probes by a sample is
///   ours.
struct CellIndex: Sendable {
  static let neededRecall = 0.95
  private static let rounds = 8
  private static let sampledPerCell = 32
  private static let samplesForRecall = 256
  private static let rowsInPart = 256
  private static let candidatesInPart = 1024

  let limit: Int
  private let vectors: any UnitVectors
  /// By point, the number of its vector.
  private let points: [Int32]
  private var generator: SeededGenerator
  private var centres: [Float]
  private var sample: [Int32]
  /// By cell, the numbers of its points, rising.
  private(set) var members: [[Int32]] = []
  private var cellOf: [Int32] = []
  /// By cell, all cells by falling product of the centres.
  private var order: [[Int32]] = []
  private(set) var probes = 1
  private var recallRanks: [Int] = []
  private var recallSample: [Int32] = []
  private var blocks: [(cell: Int, points: Range<Int>)] = []
  private var stage: Stage
  /// By point: the numbers of its nearest others, the nearest first, and the products with them; -1
  /// where there are not that many.
  private(set) var neighbours: [Int32]
  private(set) var products: [Float]

  private enum Stage: Sendable {
    case clustering(round: Int, part: Int)
    case assigning(part: Int)
    case measuring(part: Int)
    case searching(block: Int)
    case finished
  }

  /// - Parameters:
  ///   - vectors: Where the points lie.
  ///   - points: By point, the number of its vector.
  ///   - limit: How many neighbours are wanted.
  ///   - exactLimit: Up to how many points the search is exact.
  ///   - seed: Decides the sample.
  init(
    _ vectors: any UnitVectors, of points: [Int32], limit: Int, exactLimit: Int, seed: UInt64
  ) {
    self.vectors = vectors
    self.points = points
    self.limit = limit
    let count = points.count
    generator = SeededGenerator(seed: seed)
    neighbours = Array(repeating: -1, count: count * limit)
    products = Array(repeating: -.infinity, count: count * limit)
    centres = []
    sample = []
    if count <= exactLimit {
      members = [Array(0..<Int32(count))]
      order = [[0]]
      stage = .searching(block: 0)
      cutBlocks()
    } else {
      let cells = max(2, Int(2 * Double(count).squareRoot()))
      sample = generator.sample(min(count, Self.sampledPerCell * cells), below: count)
        .map { Int32($0) }
      let first = generator.sample(cells, below: sample.count)
      stage = .clustering(round: 0, part: 0)
      centres = gathered(first.map { sample[$0] })
    }
  }

  var count: Int { points.count }
  private var width: Int { vectors.width }
  private var cellCount: Int { centres.isEmpty ? 1 : centres.count / width }

  var share: Double {
    switch stage {
    case .clustering(let round, _): 0.1 * Double(round) / Double(Self.rounds)
    case .assigning(let part): 0.1 + 0.1 * Double(part * Self.rowsInPart) / Double(count)
    case .measuring: 0.2
    case .searching(let block): 0.25 + 0.75 * Double(block) / Double(max(blocks.count, 1))
    case .finished: 1
    }
  }

  /// Does the next piece with `jobs` threads; whether all neighbours are found.
  mutating func advance(jobs: Int) -> Bool {
    switch stage {
    case .clustering(let round, let part): cluster(round, part, jobs)
    case .assigning(let part): assign(part, jobs)
    case .measuring(let part): measure(part, jobs)
    case .searching(let block): search(block, jobs)
    case .finished: break
    }
    guard case .finished = stage else { return false }
    return true
  }

  /// The vectors of the points `numbers`, one after the other.
  private func gathered(_ numbers: some Collection<Int32>) -> [Float] {
    var rows: [Float] = []
    rows.reserveCapacity(numbers.count * width)
    for number in numbers { vectors.append(Int(points[Int(number)]), to: &rows) }
    return rows
  }

  /// Compares the points whose vectors are `rows`, `own`, with `candidates`, a part at a time.
  private func compare(
    _ rows: [Float], of own: [Int32], with candidates: [Int32], _ top: inout TopNeighbours
  ) {
    for start in stride(from: 0, to: candidates.count, by: Self.candidatesInPart) {
      let part = Array(candidates[start..<min(start + Self.candidatesInPart, candidates.count)])
      top.offer(
        part,
        products: LinearAlgebra.products(
          of: rows, rows: 0..<own.count, with: gathered(part), count: part.count, columns: width),
        to: own)
    }
  }

  /// By vector of `numbers`, the cell with the largest product; of equals the first.
  private func nearestCells(_ numbers: ArraySlice<Int32>) -> [Int32] {
    let found = LinearAlgebra.products(
      of: gathered(numbers), rows: 0..<numbers.count, with: centres, count: cellCount,
      columns: width)
    return numbers.indices.map { index in
      let row = (index - numbers.startIndex) * cellCount
      var best = 0
      for cell in 1..<cellCount where found[row + cell] > found[row + best] { best = cell }
      return Int32(best)
    }
  }

  /// The nearest cells of the next parts of `numbers`.
  private func nearestCells(_ numbers: [Int32], from part: Int, jobs: Int) -> [Int32] {
    let waiting = (numbers.count + Self.rowsInPart - 1) / Self.rowsInPart - part
    return parallelMap(count: min(waiting, 4 * jobs), jobs: jobs, scratch: { () }) { index, _ in
      let start = (part + index) * Self.rowsInPart
      return nearestCells(numbers[start..<min(start + Self.rowsInPart, numbers.count)])
    }.flatMap(\.self)
  }

  /// One part of one round of k-means: the sample's cells, then their mean directions.
  private mutating func cluster(_ round: Int, _ part: Int, _ jobs: Int) {
    cellOf += nearestCells(sample, from: part, jobs: jobs)
    guard cellOf.count == sample.count else {
      stage = .clustering(round: round, part: part + 4 * jobs)
      return
    }
    var sums = [Float](repeating: 0, count: centres.count)
    for (number, cell) in zip(sample, cellOf) {
      for (column, value) in gathered(CollectionOfOne(number)).enumerated() {
        sums[Int(cell) * width + column] += value
      }
    }
    for cell in 0..<cellCount {
      let range = cell * width..<(cell + 1) * width
      let length = sums[range].reduce(0) { $0 + $1 * $1 }.squareRoot()
      // A cell that nobody is nearest to keeps its centre.
      guard length > 0 else { continue }
      for column in range { centres[column] = sums[column] / length }
    }
    cellOf = []
    stage =
      round + 1 < Self.rounds ? .clustering(round: round + 1, part: 0) : .assigning(part: 0)
  }

  private mutating func assign(_ part: Int, _ jobs: Int) {
    cellOf += nearestCells(Array(0..<Int32(count)), from: part, jobs: jobs)
    guard cellOf.count == count else {
      stage = .assigning(part: part + 4 * jobs)
      return
    }
    members = Array(repeating: [], count: cellCount)
    for (number, cell) in cellOf.enumerated() { members[Int(cell)].append(Int32(number)) }
    let between = LinearAlgebra.products(
      of: centres, rows: 0..<cellCount, with: centres, count: cellCount, columns: width)
    order = (0..<cellCount).map { cell in
      // A cell comes first in its own order, whatever the rounding says.
      let row = cell * cellCount
      return (0..<cellCount).sorted {
        ($0 == cell ? -.infinity : -between[row + $0], $0)
          < ($1 == cell ? -.infinity : -between[row + $1], $1)
      }.map { Int32($0) }
    }
    recallSample = generator.sample(min(count, Self.samplesForRecall), below: count)
      .map { Int32($0) }
    cutBlocks()
    stage = .measuring(part: 0)
  }

  /// Where in the order of their cell some sampled vectors find each of their true neighbours.
  private mutating func measure(_ part: Int, _ jobs: Int) {
    let size = 16
    let waiting = (recallSample.count + size - 1) / size - part
    let everyone = Array(0..<Int32(count))
    let found = parallelMap(count: min(waiting, jobs), jobs: jobs, scratch: { () }) {
      [self] index, _ in
      let start = (part + index) * size
      let points = Array(recallSample[start..<min(start + size, recallSample.count)])
      var top = TopNeighbours(pointCount: points.count, limit: limit)
      compare(gathered(points), of: points, with: everyone, &top)
      return top.numbers.indices.compactMap { place -> Int? in
        let number = top.numbers[place]
        guard number >= 0 else { return nil }
        let cell = Int(cellOf[Int(points[place / limit])])
        return order[cell].firstIndex(of: cellOf[Int(number)])
      }
    }
    recallRanks += found.flatMap(\.self)
    guard waiting <= jobs else {
      stage = .measuring(part: part + jobs)
      return
    }
    recallRanks.sort()
    let place = Int((Self.neededRecall * Double(recallRanks.count)).rounded(.up)) - 1
    probes = recallRanks.isEmpty ? 1 : recallRanks[max(0, place)] + 1
    stage = .searching(block: 0)
  }

  private mutating func cutBlocks() {
    for (cell, numbers) in members.enumerated() {
      for start in stride(from: 0, to: numbers.count, by: Self.rowsInPart / 2) {
        blocks.append((cell, start..<min(start + Self.rowsInPart / 2, numbers.count)))
      }
    }
  }

  private mutating func search(_ block: Int, _ jobs: Int) {
    let end = min(block + jobs, blocks.count)
    let found = parallelMap(count: end - block, jobs: jobs, scratch: { () }) {
      [self] index, _ in
      let (cell, range) = blocks[block + index]
      let points = Array(members[cell][range])
      let rows = gathered(points)
      var top = TopNeighbours(pointCount: points.count, limit: limit)
      for other in order[cell].prefix(probes) {
        compare(rows, of: points, with: members[Int(other)], &top)
      }
      return top
    }
    for (index, top) in found.enumerated() {
      let (cell, range) = blocks[block + index]
      for (point, number) in members[cell][range].enumerated() {
        for slot in 0..<limit {
          neighbours[Int(number) * limit + slot] = top.numbers[point * limit + slot]
          products[Int(number) * limit + slot] = top.products[point * limit + slot]
        }
      }
    }
    stage = end < blocks.count ? .searching(block: end) : .finished
  }
}
