/// What else than a reward the log-probabilities of a response say, in one number a side.
///
/// With l and r the sums of the log-probabilities of a response's tokens under the model and under the
/// reference, and b = .1:
/// - `dpo`: b (l - r), the implicit reward of direct preference optimisation;
/// - `mapo`: l, the reward of a margin without reference. Sums mostly say which side is longer: it is a
///   number to look at, never one to learn from;
/// - `reference`: r. Chosen less rejected is how far the reference already ranks the pair as labelled,
///   -c of the ranking difficulty: far below 0, a model has to leave the reference far behind to rank
///   the pair right, whatever the label is worth. The share of pairs above 0 is its ranking accuracy.
///
/// - Source: Rafailov et al., 2023, arXiv:2305.18290; Hong et al., 2024, arXiv:2406.06424 (MaPO); Chen et
///   al., 2024, arXiv:2405.19534, theorem 4.1: DPO ranks a pair right iff its loss is at most
///   -ln sigma(b c).
extension ScoreColumn {
  /// What the columns of this implicit reward hold besides it.
  var besides: [ScoreColumn] {
    guard kind == .dpo else { return [] }
    switch content {
    case .sides(let chosen, let rejected):
      return [
        ScoreColumn(kind: .mapo, content: .sides(chosen: chosen.own, rejected: rejected.own)),
        ScoreColumn(
          kind: .reference,
          content: .sides(chosen: chosen.ofReference, rejected: rejected.ofReference)),
      ]
    case .side(let number):
      return [
        ScoreColumn(kind: .mapo, content: .side(number.own)),
        ScoreColumn(kind: .reference, content: .side(number.ofReference)),
      ]
    case .list, .margin, .verdict, .tokens: return []
    }
  }
}

extension SideNumber {
  /// The log-probability of the model alone.
  fileprivate var own: SideNumber { SideNumber(column: column) }

  /// That of the reference alone.
  fileprivate var ofReference: SideNumber { SideNumber(column: reference ?? column) }
}

/// The log-probabilities of single tokens: the columns of the model and of the reference.
struct TokenColumns: Hashable, Sendable {
  var chosen: String
  var rejected: String

  /// The names in which they are found.
  static let known = TokenColumns(
    chosen: "token_logprobs_chosen", rejected: "token_logprobs_rejected")

  /// The implicit rewards of both sides of `line`, those tokens of the longer one that the shorter one has
  /// no place for counted at `tailWeight`; nil where a list is missing, holds anything but numbers,
  /// or differs in length from its reference.
  ///
  /// b (sum of l - r over the first min(m, n) tokens + a times that over the rest), for responses of m and
  /// n tokens: what a long answer gains by its length alone counts less.
  ///
  /// - Complexity: O(tokens).
  /// - Source: LD-DPO, Liu et al., 2024, arXiv:2409.06411, with a halfway between counting the tail and not.
  func rewards(in line: JSONView, factor: Double) -> (chosen: Double, rejected: Double)? {
    guard let better = Self.ratios(chosen, in: line), let worse = Self.ratios(rejected, in: line)
    else { return nil }
    let shared = min(better.count, worse.count)
    func reward(_ ratios: [Double]) -> Double {
      let tail = ratios[shared...].reduce(0, +)
      return factor * (ratios[..<shared].reduce(0, +) + Self.tailWeight * tail)
    }
    return (reward(better), reward(worse))
  }

  private static let tailWeight = 0.5

  /// Token by token, the log-probability less that of the reference.
  private static func ratios(_ column: String, in line: JSONView) -> [Double]? {
    guard let own = numbers(column, in: line), let reference = numbers("ref_\(column)", in: line),
      own.count == reference.count
    else { return nil }
    return zip(own, reference).map { $0 - $1 }
  }

  private static func numbers(_ column: String, in line: JSONView) -> [Double]? {
    guard let list = line[column], list.kind == .array else { return nil }
    let values = list.children.map(\.finiteNumber)
    return values.contains(nil) || values.isEmpty ? nil : values.compactMap(\.self)
  }
}
