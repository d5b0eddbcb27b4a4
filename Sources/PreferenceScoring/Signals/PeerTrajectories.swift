/// Every pair through the epochs of peer review, in 64 bytes a pair (for 15 epochs).
///
/// Margins are kept in half precision: three digits, which is more than a bar on a screen shows.
struct PeerTrajectories: Sendable, Equatable {
  let epochCount: Int
  /// By design row and epoch: the margins under A and B.
  private(set) var margins: [Float16]
  /// By design row, two bits an epoch: whether A keeps the pair, whether B does.
  private(set) var keeps: [UInt32]

  init(rowCount: Int, epochCount: Int) {
    precondition((1...16).contains(epochCount), "32 bits hold 16 epochs, got \(epochCount)")
    self.epochCount = epochCount
    margins = Array(repeating: 0, count: 2 * rowCount * epochCount)
    keeps = Array(repeating: 0, count: rowCount)
  }

  var rowCount: Int { keeps.count }

  /// The same with the rows at other places of `rowCount`: row i at `places[i]`.
  func placed(at places: [Int], rowCount: Int) -> PeerTrajectories {
    var moved = PeerTrajectories(rowCount: rowCount, epochCount: epochCount)
    for (row, place) in places.enumerated() { moved.take(row, of: self, to: place) }
    return moved
  }

  /// Puts row `row` of `other`, of as many epochs, to `place`.
  mutating func take(_ row: Int, of other: PeerTrajectories, to place: Int) {
    precondition(
      epochCount == other.epochCount, "\(other.epochCount) epochs for \(epochCount)")
    keeps[place] = other.keeps[row]
    let width = 2 * epochCount
    for offset in 0..<width {
      margins[place * width + offset] = other.margins[row * width + offset]
    }
  }

  /// Writes what is known of `rows`.
  func write(to writer: inout ByteWriter, rows: [Int]) {
    writer.write(UInt8(epochCount))
    let width = 2 * epochCount
    for row in rows {
      writer.write(keeps[row])
      for margin in margins[row * width..<(row + 1) * width] { writer.write(margin.bitPattern) }
    }
  }

  /// What `write` wrote of `rows` of `rowCount`.
  init(from reader: inout ByteReader, rows: [Int], rowCount: Int) throws(ByteReader.Malformed) {
    let epochCount = Int(try reader.read(UInt8.self))
    guard (1...16).contains(epochCount) else { throw ByteReader.Malformed() }
    self.init(rowCount: rowCount, epochCount: epochCount)
    let width = 2 * epochCount
    for row in rows {
      keeps[row] = try reader.read()
      for place in row * width..<(row + 1) * width {
        margins[place] = Float16(bitPattern: try reader.read())
        guard margins[place].isFinite else { throw ByteReader.Malformed() }
      }
    }
  }

  /// What the peers thought of the pair in design row `row`, epoch by epoch.
  func trajectory(of row: Int) -> PeerTrajectory {
    PeerTrajectory(
      epochs: (0..<epochCount).map { epoch in
        let place = 2 * (row * epochCount + epoch)
        return PeerTrajectory.Epoch(
          marginA: Float(margins[place]), marginB: Float(margins[place + 1]),
          isKeptByA: isKept(row, by: 0, in: epoch), isKeptByB: isKept(row, by: 1, in: epoch))
      })
  }

  /// How steadily both peers held on to the label of each pair, by design row.
  func stabilities() -> [PeerStability?] {
    let width = 2 * epochCount
    var own = [Float](repeating: 0, count: width)
    return keeps.indices.map { row in
      for place in 0..<width { own[place] = Float(margins[row * width + place]) }
      return PeerStability(of: own)
    }
  }

  private func isKept(_ row: Int, by peer: Int, in epoch: Int) -> Bool {
    keeps[row] >> UInt32(2 * epoch + peer) & 1 == 1
  }

  mutating func keep(_ row: Int, by peer: Int, in epoch: Int) {
    keeps[row] |= 1 << UInt32(2 * epoch + peer)
  }

  mutating func setMargin(_ margin: Float, of row: Int, by peer: Int, in epoch: Int) {
    margins[2 * (row * epochCount + epoch) + peer] = Float16(margin)
  }
}
