/// The few nearest points of each point of a block, while candidates come in.
struct TopNeighbours: Sendable {
  let limit: Int
  /// By point: the numbers of its nearest candidates, the nearest first; -1 where there is none yet.
  private(set) var numbers: [Int32]
  /// The products with them, falling.
  private(set) var products: [Float]

  init(pointCount: Int, limit: Int) {
    self.limit = limit
    numbers = Array(repeating: -1, count: pointCount * limit)
    products = Array(repeating: -.infinity, count: pointCount * limit)
  }

  /// Offers every point the candidates `candidates`, of whose products with it `offered` holds a row;
  /// point `p` is not offered itself, number `points[p]`. Of equals the first offered stays.
  mutating func offer(_ candidates: [Int32], products offered: [Float], to points: [Int32]) {
    let offered = offered.span
    for (point, own) in points.enumerated() {
      let (row, place) = (point * candidates.count, point * limit)
      var worst = products[place + limit - 1]
      for index in candidates.indices where offered[row + index] > worst {
        guard candidates[index] != own else { continue }
        insert(candidates[index], offered[row + index], at: place)
        worst = products[place + limit - 1]
      }
    }
  }

  private mutating func insert(_ number: Int32, _ product: Float, at place: Int) {
    var slot = place + limit - 1
    while slot > place, products[slot - 1] < product {
      products[slot] = products[slot - 1]
      numbers[slot] = numbers[slot - 1]
      slot -= 1
    }
    products[slot] = product
    numbers[slot] = number
  }
}
