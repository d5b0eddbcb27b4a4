import CPCRE2

/// A regular expression over texts, by PCRE2, with bounds on what looking for it may cost.
///
/// Letters, digits and words are those of Unicode; `^` and `$` stand at lines.
///
/// - Complexity: At most 100,000 steps of backtracking for each place of a text; a text that would take
///   more is given up, and that is said.
@safe final class RegularExpression: @unchecked Sendable {
  /// Why a text is no regular expression.
  struct SyntaxError: Error, Hashable {
    /// The byte at which reading it failed.
    var offset: Int
    /// In the words of PCRE2.
    var message: String
  }

  /// What came of looking for it in a text.
  enum Outcome: Hashable {
    case found, missing
    /// Finding out would take too many steps.
    case givenUp
  }

  /// What one thread needs to look through texts.
  @safe final class Space {
    fileprivate let space: OpaquePointer

    init() {
      guard let space = unsafe cpcre2_space_create() else {
        preconditionFailure("memory for a regular expression")
      }
      unsafe self.space = space
    }

    deinit {
      unsafe cpcre2_space_destroy(space)
    }
  }

  // Never changed; hence `@unchecked Sendable`: PCRE2 matches one compiled pattern on any number of
  // threads, each with a `Space` of its own.
  private let pattern: OpaquePointer

  init(_ text: String, ignoresCase: Bool) throws(SyntaxError) {
    let bytes = Array(text.utf8)
    var offset = 0
    var message = [UInt8](repeating: 0, count: 256)
    guard
      let pattern = unsafe cpcre2_create(bytes, bytes.count, ignoresCase, &offset, &message)
    else {
      throw SyntaxError(
        offset: min(offset, bytes.count),
        message: String(decoding: message.prefix { $0 != 0 }, as: UTF8.self))
    }
    unsafe self.pattern = pattern
  }

  deinit {
    unsafe cpcre2_destroy(pattern)
  }

  func look(in text: String, _ space: Space) -> Outcome {
    var text = text
    let found = text.withUTF8 {
      unsafe cpcre2_match(pattern, space.space, $0.baseAddress, $0.count)
    }
    return found > 0 ? .found : found == 0 ? .missing : .givenUp
  }
}
