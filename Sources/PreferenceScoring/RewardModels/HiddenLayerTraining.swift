import Foundation

/// The training of a `HiddenLayerHead`, a few batches at a time.
///
/// It learns by Adam, rate .01, in batches of 256 in one seeded order for 15 epochs, as the heads of peer
/// review do. U begins with sums of unit variance (Glorot), v with 0, so that the first margin is 0. The
/// penalty of every weight is that of the weakest column of the file's head.
///
/// - Complexity: O(epochs rows width columns).
/// - Source: Kingma and Ba, 2015, arXiv:1412.6980; Glorot and Bengio, 2010, "Understanding the difficulty of
///   training deep feedforward neural networks".
struct HiddenLayerTraining: Sendable {
  static let width = 16
  static let epochs = 15
  private static let batch = 256
  private static let rate: Float = 0.01

  private(set) var head: HiddenLayerHead
  /// The design rows to learn from, in the order of learning.
  private let lessons: [Int32]
  private let decay: Float
  /// Those of U, then those of v.
  private var moments: [Float]
  private var squares: [Float]
  private var steps = 0

  /// - Parameters:
  ///   - design: The pairs.
  ///   - rows: Those to learn from.
  ///   - penalties: By column, what the file's head was fitted with.
  ///   - width: How many hidden units.
  ///   - seed: Decides the first weights and the order of learning.
  init(
    _ design: DesignMatrix, rows: [Int], penalties: [Double], width: Int = Self.width, seed: UInt64
  ) {
    let weakest = penalties.min() ?? 1
    let scales = penalties.map { Float((weakest / $0).squareRoot()) }
    var generator = SeededGenerator(seed: seed)
    var lessons = rows.map { Int32($0) }
    for place in lessons.indices {
      lessons.swapAt(place, place + generator.below(lessons.count - place))
    }
    self.lessons = lessons
    decay = Float(weakest / Double(max(rows.count, 1)))
    let deviation = Self.deviation(design, lessons, scales)
    let inner = (0..<width * penalties.count).map { _ in
      deviation * Float(generator.normal())
    }
    head = HiddenLayerHead(
      scales: scales, inner: inner, outer: Array(repeating: 0, count: width))
    moments = Array(repeating: 0, count: inner.count + width)
    squares = moments
  }

  /// The deviation of first weights under which a hidden unit's sum has variance 1, by the first rows.
  private static func deviation(
    _ design: DesignMatrix, _ lessons: [Int32], _ scales: [Float]
  ) -> Float {
    var x: [Float] = []
    let rows = lessons.prefix(1024).map { Int($0) }
    design.gather(rows, into: &x)
    var sum: Float = 0
    for row in rows.indices {
      for column in scales.indices {
        let value = x[row * scales.count + column] * scales[column]
        sum += value * value
      }
    }
    return sum > 0 ? (Float(rows.count) / sum).squareRoot() : 1
  }

  private var batchCount: Int { (lessons.count + Self.batch - 1) / Self.batch }
  var share: Double { Double(steps) / Double(max(1, Self.epochs * batchCount)) }
  var isFinished: Bool { steps >= Self.epochs * batchCount }

  /// Learns from the next `count` batches.
  mutating func learn(batches count: Int, of design: DesignMatrix, into x: inout [Float]) {
    for _ in 0..<count where !isFinished {
      let start = steps % batchCount * Self.batch
      let rows = lessons[start..<min(start + Self.batch, lessons.count)].map { Int($0) }
      design.gather(rows, into: &x)
      step(x, rowCount: rows.count)
    }
  }

  private mutating func step(_ x: [Float], rowCount: Int) {
    let (columns, width) = (head.columnCount, head.width)
    let scale = 1 / Float(rowCount)
    let outer = head.outer
    var innerAscent = [Double](repeating: 0, count: width * columns)
    var outerAscent = [Double](repeating: 0, count: width)
    LinearAlgebra.addWeightedSums(
      of: x, rows: 0..<rowCount, with: head.weights, columns: columns, to: &innerAscent
    ) { values in
      for row in 0..<rowCount {
        var margin: Float = 0
        for unit in 0..<width {
          let place = unit * rowCount + row
          values[place] = tanhf(values[place])
          margin += outer[unit] * values[place]
        }
        let wrong = singleSigmoid(-margin) * scale
        for unit in 0..<width {
          let place = unit * rowCount + row
          let value = values[place]
          outerAscent[unit] += Double(wrong * value)
          values[place] = wrong * outer[unit] * (1 - value * value)
        }
      }
    }
    steps += 1
    let corrections = (1 - powf(0.9, Float(steps)), 1 - powf(0.999, Float(steps)))
    for unit in 0..<width {
      for column in 0..<columns {
        let place = unit * columns + column
        let ascent = head.scales[column] * Float(innerAscent[place])
        let gradient = decay * head.inner[place] - ascent
        head.inner[place] -= change(place, gradient, corrections)
      }
      let gradient = decay * outer[unit] - Float(outerAscent[unit])
      head.outer[unit] -= change(width * columns + unit, gradient, corrections)
    }
  }

  /// By how much Adam lowers weight number `place`.
  private mutating func change(
    _ place: Int, _ gradient: Float, _ corrections: (Float, Float)
  ) -> Float {
    moments[place] = 0.9 * moments[place] + 0.1 * gradient
    squares[place] = 0.999 * squares[place] + 0.001 * gradient * gradient
    let size = (squares[place] / corrections.1).squareRoot() + 1e-8
    return Self.rate * (moments[place] / corrections.0) / size
  }
}

extension SeededGenerator {
  /// A number of the standard normal distribution (Box and Muller, 1958, doi:10.1214/aoms/1177706645).
  fileprivate mutating func normal() -> Double {
    (-2 * log(1 - unit())).squareRoot() * cos(2 * .pi * unit())
  }
}
