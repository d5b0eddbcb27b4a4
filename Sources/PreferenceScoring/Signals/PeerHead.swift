import Foundation

/// One head of peer review, with its view of the columns.
///
/// It learns by Adam, rate .01, in batches of 256: what Co-teaching and most reward models are trained
/// with. Columns outside its view have weight 0 and stay there.
/// - Source: Kingma and Ba, 2015, arXiv:1412.6980.
struct PeerHead: Sendable {
  /// By column: what stands for its penalty, so that one decay serves all; 0 outside the view.
  private let scales: [Float]
  private let decay: Float
  private var theta: [Float]
  private var moments: [Float]
  private var squares: [Float]
  private var steps = 0
  /// By row, after the last epoch.
  var margins: [Float]

  /// Rows that are judged at once. Not free to choose: the last bits of a product depend on it.
  static let rowsInPart = 1024
  private static let batch = 256
  private static let rate: Float = 0.01

  static func batchCount(of rowCount: Int) -> Int { (rowCount + batch - 1) / batch }

  init(_ evidence: SignalEvidence, columns: [Int]) {
    let weakest = columns.map { evidence.penalties[$0] }.min() ?? 1
    var scales = [Float](repeating: 0, count: evidence.design.columnCount)
    for column in columns {
      scales[column] = Float((weakest / evidence.penalties[column]).squareRoot())
    }
    self.scales = scales
    decay = Float(weakest / Double(max(evidence.rowCount, 1)))
    theta = scales.map { _ in 0 }
    moments = theta
    squares = theta
    margins = Array(repeating: 0, count: evidence.rowCount)
  }

  /// The weights of the columns as they stand in the design.
  var weights: [Float] { zip(theta, scales).map { $0 * $1 } }

  /// The `count` rows with the smallest loss, the largest margin first; equals by row.
  func easiest(_ count: Int) -> [Int32] {
    // One word a row sorts many times faster than pairs: the margin's bits in rising order, then the
    // row.
    let words = margins.indices.map { row in
      let bits = (margins[row] + 0).bitPattern
      let rising = bits >> 31 == 0 ? bits | 0x8000_0000 : ~bits
      return UInt64(~rising) << 32 | UInt64(row)
    }
    return words.sorted().prefix(count).map { Int32(truncatingIfNeeded: $0) }
  }

  /// Learns from batch number `number` of `rows`, or of the whole design where that is nil; of a batch
  /// past the end, nothing.
  mutating func learn(from rows: [Int32]?, batch number: Int, of design: DesignMatrix) {
    let count = rows?.count ?? design.rowCount
    let start = number * Self.batch
    let end = min(start + Self.batch, count)
    guard start < end else { return }
    if rows == nil, design.signs == nil {
      return step(design.asInFile(start..<end), 0..<end - start)
    }
    var gathered: [Float] = []
    design.gather(
      (start..<end).map { place in rows.map { Int($0[place]) } ?? place }, into: &gathered)
    step(gathered, 0..<end - start)
  }

  private mutating func step(_ x: [Float], _ rows: Range<Int>) {
    let scale = 1 / Float(rows.count)
    var ascent = [Double](repeating: 0, count: theta.count)
    LinearAlgebra.addWeightedSums(
      of: x, rows: rows, with: weights, columns: theta.count, to: &ascent
    ) { values in
      for row in values.indices { values[row] = singleSigmoid(-values[row]) * scale }
    }
    steps += 1
    let first = 1 - powf(0.9, Float(steps))
    let second = 1 - powf(0.999, Float(steps))
    for column in theta.indices {
      let gradient = decay * theta[column] - scales[column] * Float(ascent[column])
      moments[column] = 0.9 * moments[column] + 0.1 * gradient
      squares[column] = 0.999 * squares[column] + 0.001 * gradient * gradient
      let size = (squares[column] / second).squareRoot() + 1e-8
      theta[column] -= Self.rate * (moments[column] / first) / size
    }
  }
}
