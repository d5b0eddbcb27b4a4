import CUTF8Proc

extension DisplayText {
  /// The scalars that utf8proc would draw, and to which `columns` (the C library's `wcwidth`) gives
  /// another width. They are found once, at the start: 200,000 calls of both, a few milliseconds.
  public static func doubtfulScalars(columns: (Unicode.Scalar) -> Int) -> ScalarRanges {
    var doubtful = ScalarRanges()
    // Nothing that may be drawn is assigned from here on: tags, selectors and private use.
    for value in UInt32(0xA0)..<0xE0000 {
      let expected = scalar_columns(value)
      guard expected >= 0, let scalar = Unicode.Scalar(value) else { continue }
      if columns(scalar) != Int(expected) { doubtful.append(scalar) }
    }
    return doubtful
  }
}
