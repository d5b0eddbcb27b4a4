import PreferenceData

/// The words of a prompt, stop words left out, in a few hashed columns.
///
/// Each different word adds +1 or -1 to one of the columns, from -127 to 127.
/// - Source: Charikar, Chen and Farach-Colton, 2002 (CountSketch).
struct PromptSketch: Sendable {
  static let width = 64

  fileprivate var columns = [Int8](repeating: 0, count: width)

  mutating func add(_ word: UInt64) {
    let mixed = StableHash.finalMix(word)
    let column = Int((mixed >> 1) % UInt64(Self.width))
    let sum = Int(columns[column]) + (mixed & 1 == 0 ? 1 : -1)
    columns[column] = Int8(max(-127, min(127, sum)))
  }
}

/// The sketches of some prompts, one after the other.
struct PromptSketches: Sendable {
  private var columns: [Int8] = []

  init() {}

  /// The sketches of `others` in another order: number `order[i]` comes to place i.
  init(_ others: PromptSketches, in order: [Int]) {
    reserve(order.count)
    for index in order {
      columns += others.columns[index * PromptSketch.width..<(index + 1) * PromptSketch.width]
    }
  }

  mutating func append(_ sketch: PromptSketch) { columns += sketch.columns }

  mutating func append(_ others: PromptSketches) { columns += others.columns }

  mutating func reserve(_ count: Int) { columns.reserveCapacity(count * PromptSketch.width) }

  /// The direction of prompt number `index`: its sketch brought to length 1, so that the product of two
  /// is about the cosine of their words. A prompt without words is 0.
  func direction(of index: Int) -> [Float] {
    var direction: [Float] = []
    append(index, to: &direction)
    return direction
  }
}

extension PromptSketches: UnitVectors {
  var width: Int { PromptSketch.width }

  func append(_ number: Int, to rows: inout [Float]) {
    let sketch = number * width..<(number + 1) * width
    var squares = 0
    for column in sketch { squares += Int(columns[column]) * Int(columns[column]) }
    let length = squares > 0 ? Float(squares).squareRoot() : 1
    for column in sketch { rows.append(Float(columns[column]) / length) }
  }
}
