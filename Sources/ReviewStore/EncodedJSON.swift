import Foundation

/// `value` as JSON bytes, the same in every process: keys in order, one line.
/// - Precondition: all numbers in `value` are finite.
func encodedJSON(_ value: some Encodable) -> [UInt8] {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  do {
    return Array(try encoder.encode(value))
  } catch {
    preconditionFailure("a value of ours that JSON cannot hold: \(type(of: value))")
  }
}
