public import PreferenceData

/// A split of a data set into training and validation rows such that no prompt is in both.
///
/// A hash of the prompt and the seed decides, so that a row's part depends on no other row: it stays
/// where it is when rows are added, dropped or relabelled.
/// - Limits: the share is met on average, not exactly. Prompts are the same character by character,
///   system prompt and earlier turns included: a conversation and its continuation are two prompts. A row
///   without a prompt goes by its sides, in whatever order.
public struct PromptSplit: Hashable, Sendable {
  public enum Part: String, Hashable, Sendable, CaseIterable {
    case train, validation
  }

  /// The share of prompts that go to validation, in (0, 1).
  public let validationShare: Double
  public let seed: UInt64

  public init(validationShare: Double, seed: UInt64) {
    precondition(
      validationShare > 0 && validationShare < 1,
      "each part of a split has a share, got \(validationShare)")
    self.validationShare = validationShare
    self.seed = seed
  }

  /// - Complexity: O(bytes of the prompt).
  public func part(of row: PreferenceRow) -> Part {
    let text =
      row.context.isEmpty
      ? row.sides.map(\.text).sorted().joined(separator: "\n\n") : row.contextText
    let place = Double(StableHash(text, seed: seed).high >> 11) * 0x1p-53
    return place < validationShare ? .validation : .train
  }
}
