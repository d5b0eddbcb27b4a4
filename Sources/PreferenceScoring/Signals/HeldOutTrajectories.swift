/// Every pair through the epochs of heads that have not seen it, in 30 bytes a pair (for 15 epochs).
///
/// Margins are kept in half precision: three digits.
struct HeldOutTrajectories: Sendable, Equatable {
  let epochCount: Int
  /// By row and epoch.
  private var margins: [Float16]

  init(rowCount: Int, epochCount: Int) {
    precondition((1...255).contains(epochCount), "a byte counts the epochs, got \(epochCount)")
    self.epochCount = epochCount
    margins = Array(repeating: 0, count: rowCount * epochCount)
  }

  var rowCount: Int { margins.count / epochCount }

  mutating func setMargin(_ margin: Float, of row: Int, in epoch: Int) {
    // Beyond what half precision holds a margin is as sure as can be.
    margins[row * epochCount + epoch] = Float16(max(-60_000, min(60_000, margin)))
  }

  func trajectory(of row: Int) -> HeldOutTrajectory {
    HeldOutTrajectory(
      margins: margins[row * epochCount..<(row + 1) * epochCount].map { Float($0) })
  }

  /// The same with the rows at other places of `rowCount`: row i at `places[i]`.
  func placed(at places: [Int], rowCount: Int) -> HeldOutTrajectories {
    var moved = HeldOutTrajectories(rowCount: rowCount, epochCount: epochCount)
    for (row, place) in places.enumerated() { moved.take(row, of: self, to: place) }
    return moved
  }

  /// Puts row `row` of `other`, of as many epochs, to `place`.
  mutating func take(_ row: Int, of other: HeldOutTrajectories, to place: Int) {
    precondition(
      epochCount == other.epochCount, "\(other.epochCount) epochs for \(epochCount)")
    for epoch in 0..<epochCount {
      margins[place * epochCount + epoch] = other.margins[row * epochCount + epoch]
    }
  }

  /// Writes what is known of `rows`.
  func write(to writer: inout ByteWriter, rows: [Int]) {
    writer.write(UInt8(epochCount))
    for row in rows {
      for margin in margins[row * epochCount..<(row + 1) * epochCount] {
        writer.write(margin.bitPattern)
      }
    }
  }

  /// What `write` wrote of `rows` of `rowCount`.
  init(from reader: inout ByteReader, rows: [Int], rowCount: Int) throws(ByteReader.Malformed) {
    let epochCount = Int(try reader.read(UInt8.self))
    guard epochCount > 0 else { throw ByteReader.Malformed() }
    self.init(rowCount: rowCount, epochCount: epochCount)
    for row in rows {
      for place in row * epochCount..<(row + 1) * epochCount {
        margins[place] = Float16(bitPattern: try reader.read())
        guard margins[place].isFinite else { throw ByteReader.Malformed() }
      }
    }
  }
}
