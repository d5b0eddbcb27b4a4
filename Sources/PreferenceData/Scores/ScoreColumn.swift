/// In which unit log-probabilities of a response are written.
public enum LogProbabilityUnit: String, Hashable, Sendable, CaseIterable {
  /// Summed over the tokens of the response.
  case sum
  /// Their mean.
  case mean
}

/// A number that a line of a score file gives one side, out of one column or two.
struct SideNumber: Hashable, Sendable {
  var column: String
  /// What is taken away from it.
  var reference: String?
  var factor = 1.0

  func value(in line: JSONView) -> Double? {
    guard let own = line[column]?.finiteNumber else { return nil }
    guard let reference else { return factor * own }
    return line[reference]?.finiteNumber.map { factor * (own - $0) }
  }
}

/// One way in which a score file may say something of a row's sides.
///
/// | what | columns of a line |
/// |---|---|
/// | reward of each side | `reward_chosen`, `reward_rejected`; `score_...`; `chosen_reward`, `rejected_reward`; `chosen_score` ...; or just `chosen`, `rejected` |
/// | difference of the two | `margin` or `reward_margin` |
/// | reward of one side | `side` with `reward` or `score` |
/// | reward of every side, in the order of the row | a list `rewards` or `scores` |
/// | a judge's verdict | `winner` or `verdict`: `chosen`, `rejected`, `tie`; `A`, `B`, 1, 2 for the row's first and second side |
/// | relevance of each side | `relevance_chosen`, `relevance_rejected`, or `side` with `relevance` |
/// | log-probabilities of two models | `strong_sum_logprob_chosen`, `weak_sum_logprob_chosen` ..., or means |
/// | log-probabilities of tokens | lists `token_logprobs_chosen`, `token_logprobs_rejected`, and `ref_` before |
/// | log-probabilities | `sum_logprob_chosen`, `sum_logprob_rejected`, or `mean_logprob_...`, and those of the reference model with `ref_` before; `chosen_logps` and `logps_chosen` are sums; one side a line: `side` with `sum_logprob` ... |
///
/// `chosen` and `rejected` are those of the label as it stands in the data set when the scores are read.
/// `side` is `chosen`, `rejected`, the number of the side in the row from 0, or the hash of its text, as
/// `demur ls --flat --sides` writes it: with that, a score keeps its side whatever becomes of the label.
///
/// Of a ranking, a line with `pair`, the positions of two of its sides as `demur ls --flat` writes them,
/// gives these two the rewards of chosen and rejected. Differences and verdicts are of no use there:
/// those of a ranking's pairs need not come from one number for each side.
struct ScoreColumn: Hashable, Sendable {
  enum Content: Hashable, Sendable {
    case sides(chosen: SideNumber, rejected: SideNumber)
    case side(SideNumber)
    case list(String)
    case margin(String)
    case verdict(String)
    case tokens(TokenColumns)
  }

  var kind: ExternalReward.Kind
  var content: Content

  /// What `line` says, if it says anything.
  func statement(in line: JSONView) -> ScoreStatement? {
    switch content {
    case .sides(let chosen, let rejected):
      guard let better = chosen.value(in: line), let worse = rejected.value(in: line) else {
        return nil
      }
      return .byLabel(chosen: better, rejected: worse)
    case .side(let number):
      guard let side = SideName(in: line), let value = number.value(in: line) else { return nil }
      return .ofSide(side, value)
    case .list(let column):
      guard let list = line[column], list.kind == .array else { return nil }
      let numbers = list.children.map(\.finiteNumber)
      return numbers.contains { $0 != nil } ? .ofSides(numbers) : nil
    case .margin(let column):
      return line[column]?.finiteNumber.map { .byLabel(chosen: $0, rejected: 0) }
    case .verdict(let column):
      return line[column]?.scalarText.flatMap(ScoreStatement.init(verdict:))
    case .tokens(let columns):
      return columns.rewards(in: line, factor: ExternalReward.implicitRewardFactor)
        .map { .byLabel(chosen: $0.chosen, rejected: $0.rejected) }
    }
  }
}

extension ScoreColumn {
  /// Whether what it says of chosen and rejected are numbers of either side alone.
  var isOfSides: Bool {
    switch content {
    case .sides, .side, .list: true
    case .margin, .verdict, .tokens: false
    }
  }

  /// The smallest of those that Meng et al., 2024, arXiv:2405.14734, use.
  private static let simpoBeta = 2.0

  /// The ways to give a reward, the more particular first.
  static let rewards: [ScoreColumn] = {
    var contents: [Content] = []
    for word in ["reward", "score"] {
      for names in pairs(of: word) {
        contents.append(
          .sides(chosen: SideNumber(column: names.0), rejected: SideNumber(column: names.1)))
      }
    }
    contents.append(
      .sides(chosen: SideNumber(column: "chosen"), rejected: SideNumber(column: "rejected")))
    contents += ["reward", "score"].map { .side(SideNumber(column: $0)) }
    contents += ["rewards", "scores"].map { .list($0) }
    contents += ["reward_margin", "margin"].map { .margin($0) }
    return contents.map { ScoreColumn(kind: .reward, content: $0) }
  }()

  static let verdicts = ["winner", "verdict"].map {
    ScoreColumn(kind: .verdict, content: .verdict($0))
  }

  /// The ways to give log-probabilities of single tokens, of a strong model beside a weak one, and
  /// relevance.
  static let others: [[ScoreColumn]] = [
    [ScoreColumn(kind: .ldDPO, content: .tokens(.known))],
    ["sum_logprob", "mean_logprob"].flatMap { word in
      let names = pairs(of: word)
      return names.map { chosen, rejected in
        ScoreColumn(
          kind: .cdr,
          content: .sides(
            chosen: SideNumber(column: "strong_\(chosen)", reference: "weak_\(chosen)"),
            rejected: SideNumber(column: "strong_\(rejected)", reference: "weak_\(rejected)")))
      } + [
        ScoreColumn(
          kind: .cdr,
          content: .side(SideNumber(column: "strong_\(word)", reference: "weak_\(word)")))
      ]
    },
    pairs(of: "relevance").map { chosen, rejected in
      ScoreColumn(
        kind: .relevance,
        content: .sides(chosen: SideNumber(column: chosen), rejected: SideNumber(column: rejected)))
    } + [ScoreColumn(kind: .relevance, content: .side(SideNumber(column: "relevance")))],
  ]

  /// The ways to give log-probabilities in `unit`, with those of a reference model or without.
  static func likelihoods(in unit: LogProbabilityUnit, bare: Bool, reference: Bool) -> [ScoreColumn]
  {
    let kind: ExternalReward.Kind = reference ? .dpo : .simpo
    func number(_ column: String) -> SideNumber {
      SideNumber(
        column: column, reference: reference ? "ref_\(column)" : nil,
        factor: reference ? ExternalReward.implicitRewardFactor : simpoBeta)
    }
    let words = bare ? ["logprob"] : unit == .sum ? ["sum_logprob", "logps"] : ["mean_logprob"]
    return words.flatMap { word in
      pairs(of: word).map { .sides(chosen: number($0.0), rejected: number($0.1)) }
        + [Content.side(number(word))]
    }.map { ScoreColumn(kind: kind, content: $0) }
  }

  private static func pairs(of word: String) -> [(String, String)] {
    [("\(word)_chosen", "\(word)_rejected"), ("chosen_\(word)", "rejected_\(word)")]
  }
}

/// Which side of a row a line of a score file means.
enum SideName: Hashable, Sendable {
  case chosen
  case rejected
  case position(Int)
  case text(SideID)

  init?(in line: JSONView) {
    guard let word = line["side"]?.scalarText else { return nil }
    switch word {
    case "chosen": self = .chosen
    case "rejected": self = .rejected
    default:
      // A hash has 32 digits.
      if word.count < 4, let position = Int(word), position >= 0 {
        self = .position(position)
        return
      }
      guard let hash = StableHash(hexadecimal: word) else { return nil }
      self = .text(SideID(hash))
    }
  }
}

/// What a line of a score file says.
enum ScoreStatement: Hashable, Sendable {
  case byLabel(chosen: Double, rejected: Double)
  case byPosition(first: Double, second: Double)
  case ofSide(SideName, Double)
  /// By position of the side.
  case ofSides([Double?])

  init?(verdict: String) {
    switch verdict.lowercased() {
    case "chosen": self = .byLabel(chosen: 1, rejected: 0)
    case "rejected": self = .byLabel(chosen: 0, rejected: 1)
    case "tie": self = .byLabel(chosen: 0, rejected: 0)
    case "a", "1": self = .byPosition(first: 1, second: 0)
    case "b", "2": self = .byPosition(first: 0, second: 1)
    default: return nil
    }
  }

  /// Puts what is said of `row` into `values`, one place a side.
  func place(in values: inout [Double?], of row: PreferenceRow) {
    switch self {
    case .byLabel(let better, let worse):
      guard let (chosen, rejected) = row.chosenAndRejected else { return }
      values[chosen] = better
      values[rejected] = worse
    case .byPosition(let first, let second):
      guard values.count == 2 else { return }
      values[0] = first
      values[1] = second
    case .ofSide(let side, let value):
      guard let position = row.position(of: side) else { return }
      values[position] = value
    case .ofSides(let all):
      guard all.count == values.count else { return }
      values = all
    }
  }

  /// What is said of chosen and rejected, where that is what is said.
  var pairOfRewards: (better: Double, worse: Double)? {
    if case .byLabel(let better, let worse) = self { (better, worse) } else { nil }
  }
}

extension PreferenceRow {
  fileprivate func position(of side: SideName) -> Int? {
    switch side {
    case .chosen: chosenAndRejected?.chosen
    case .rejected: chosenAndRejected?.rejected
    case .position(let position): sides.indices.contains(position) ? position : nil
    case .text(let id): sides.firstIndex { $0.id == id }
    }
  }
}
