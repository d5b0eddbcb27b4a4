import PreferenceData
public import PreferenceScoring

/// One of the rules that narrow a selection of rows, and what it came to.
public struct RowBound: Hashable, Sendable {
  public enum Rule: Hashable, Sendable {
    /// No side is longer, together with its prompt, than this many characters (Unicode scalars).
    case length(atMost: Int)
    /// Nothing of the row stands in an evaluation file.
    case apart(fromFile: String, sha256: String)
    /// The row belongs to one part of a split.
    case part(PromptSplit.Part, of: PromptSplit)
    /// The row is among the best by a signal, or among the best of its group.
    case best(Best)
    /// Rows stand as often as their weight says; those left out stand nowhere.
    case resampled(weight: String, seed: UInt64)
  }

  public struct Best: Hashable, Sendable {
    public let signal: SignalID
    /// Nil where no more rows are taken than the quota asks for.
    public let limit: Int?
    public let quota: GroupQuota?
    public let shortages: [FairSubset.Shortage]
    /// Rows without a value of the signal: they are left out.
    public let unscoredCount: Int
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
      case .best(let best): best.members
      case .resampled(let weight, let seed):
        [.init("resampled_by", .string(weight)), .init("seed", .numeral(String(seed)))]
      }
    return .object(settings + [.init("left_out", .integer(leftOutCount))])
  }
}

extension RowBound.Best {
  fileprivate var members: [JSONValue.Member] {
    var members: [JSONValue.Member] = [
      .init("best_by", .string(signal.rawValue)), .init("top", JSONValue(limit) { .integer($0) }),
    ]
    if let quota {
      let amount: JSONValue =
        switch quota.amount {
        case .rows(let count): .integer(count)
        case .share(let share): .number(share)
        }
      let short = shortages.map { group -> JSONValue in
        [
          "value": JSONValue(group.group) { .string($0) }, "wanted": .integer(group.wanted),
          "found": .integer(group.found),
        ]
      }
      members += [
        .init("quota_field", .string(quota.field)), .init("quota", amount),
        .init("short", .array(short)),
      ]
    }
    return members + [.init("unscored", .integer(unscoredCount))]
  }
}
