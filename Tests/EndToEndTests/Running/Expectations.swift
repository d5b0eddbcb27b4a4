import Testing

/// Holds that a failure was told in one line of standard error: what happened, why, what to do.
func expectOneSentence(
  _ error: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  #expect(error.hasSuffix("\n"), sourceLocation: sourceLocation)
  let lines = error.split(separator: "\n")
  let line = try #require(lines.first, "nothing on standard error", sourceLocation: sourceLocation)
  #expect(lines.count == 1, "\(error)", sourceLocation: sourceLocation)
  #expect(line.hasPrefix("demur: "), "\(error)", sourceLocation: sourceLocation)
  let isPrintable = line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f }
  #expect(isPrintable, sourceLocation: sourceLocation)
}
