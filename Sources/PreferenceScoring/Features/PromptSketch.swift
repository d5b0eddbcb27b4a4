import PreferenceData

/// The direction of a prompt: which words it has, stop words left out, in a few hashed columns.
///
/// Each different word adds +1 or -1 to one of the columns; the sum is brought to length 1, so that the
/// product of two prompts is about the cosine of their words. A prompt without words is 0.
/// - Source: Charikar, Chen and Farach-Colton, 2002 (CountSketch).
struct PromptSketch: Sendable {
  static let width = 64

  private var columns = [Float](repeating: 0, count: width)

  mutating func add(_ word: UInt64) {
    let mixed = StableHash.finalMix(word)
    columns[Int((mixed >> 1) % UInt64(Self.width))] += mixed & 1 == 0 ? 1 : -1
  }

  var direction: [Float] {
    let length = columns.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length > 0 ? columns.map { $0 / length } : columns
  }
}
