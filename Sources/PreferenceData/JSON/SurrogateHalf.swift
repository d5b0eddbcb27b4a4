/// Halves of surrogate pairs, which JSON can spell by an escape and no Unicode text can hold.
///
/// Where such text has to be written again as it was, each half is carried as a private-use scalar of
/// plane 16 in its place. Text that holds one of these scalars itself cannot be told from it: whoever
/// carries halves looks for that first.
enum SurrogateHalf {
  private static let plane: UInt32 = 0x10_0000
  private static let units: ClosedRange<UInt32> = 0xD800...0xDFFF

  /// The scalar that stands for the half `unit`.
  ///
  /// A unit that is no half has none, and gets U+FFFD.
  static func carrier(of unit: UInt32) -> Unicode.Scalar {
    guard units.contains(unit) else { return "\u{FFFD}" }
    return Unicode.Scalar(plane + unit) ?? "\u{FFFD}"
  }

  /// The half that `scalar` stands for; nil where it is any other scalar.
  static func unit(of scalar: Unicode.Scalar) -> UInt16? {
    guard scalar.value > plane, units.contains(scalar.value - plane) else { return nil }
    return UInt16(scalar.value - plane)
  }
}
