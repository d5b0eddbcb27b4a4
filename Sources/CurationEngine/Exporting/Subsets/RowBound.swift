import PreferenceData

/// One of the rules that narrow a selection of rows, and what it came to.
public struct RowBound: Hashable, Sendable {
  public enum Rule: Hashable, Sendable {
    /// No side is longer, together with its prompt, than this many characters (Unicode scalars).
    case length(atMost: Int)
    /// Nothing of the row stands in an evaluation file.
    case apart(fromFile: String, sha256: String)
    /// The row belongs to one part of a split.
    case part(PromptSplit.Part, of: PromptSplit)
  }

  public let rule: Rule
  /// How many of the rows that were still there the rule has left out.
  public let leftOutCount: Int

  /// As the manifest says it.
  var value: JSONValue {
    let settings: [JSONValue.Member] =
      switch rule {
      case .length(let limit): [.init("max_length", .integer(limit))]
      case .apart(let name, let digest):
        [.init("without", .string(name)), .init("sha256", .string(digest))]
      case .part(let part, let split):
        [
          .init("part", .string(part.rawValue)),
          .init("validation_share", .number(split.validationShare)),
          .init("seed", .numeral(String(split.seed))),
        ]
      }
    return .object(settings + [.init("left_out", .integer(leftOutCount))])
  }
}
