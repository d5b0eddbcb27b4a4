/// What the other labels of the same prompt say of a label, whatever the texts.
///
/// Meaning: of a pair that prefers a to b, direct witnesses are its copies (b over a contradicts, a
/// over b supports), and two-step witnesses the responses c to the same prompt with b over c and c
/// over a (contradicts: a cycle) or a over c and c over b (supports), each pair of labels by its
/// majority.
/// - `contradiction`: (contradicting + 1/2) / (all + 1), where there is a witness.
///
/// Where a prompt has three or more responses:
/// - `cycle`: 1 where the majorities lead from b back to a, else 0;
/// - `copeland`, `borda`, `bradley_terry`: by how much the order of all other labels of the prompt puts a
///   above b (`PromptOrder`); `order_votes`: the share of these rules that puts b above a. Neither 0 nor
///   1 = the rules disagree.
///
/// - Range: contradiction (0, 1), 1/2 = as much for as against; cycle 0 or 1; order_votes [0, 1]: high =
///   suspicious. The three orders: low = suspicious. nil where nothing else speaks of the two.
/// - Complexity: O(n log n), and what `PromptOrder` needs for each prompt.
/// - Limits: exact and near-copies (letter case, spacing and punctuation aside) only; a two-step
///   witness is only as right as its two labels. Cycles can be honest: tastes need not be transitive;
///   with many responses to a prompt and some noise nearly every label is in one.
/// - Measured: AUROC on UKPConvArg1 A (533 responses to 16 prompts, 6,651 labels with a witness):
///   contradiction .860, cycle .543, Copeland and Borda .886, Bradley-Terry .884, votes .792; the default,
///   which knows the responses as items, .892. Copeland and Borda order alike where every match has one
///   label.
/// - Source: circular triads: Kendall and Babington Smith, 1940, doi:10.1093/biomet/31.3-4.324; the
///   share, with half a witness for either side, is ours.
struct Contradiction: SignalWork {
  /// Design rows by prompt; nil before they are sorted.
  private var rows: [Int]?
  /// Ranges of `rows`, one a prompt.
  private var prompts: [Range<Int>] = []
  private var nextPrompt = 0
  private var found: [Verdict] = []

  private static let rowsInPart = 512

  /// What is said of one label.
  private struct Verdict: Sendable {
    var contradiction: Double?
    var cycle: Double?
    var copeland: Double?
    var borda: Double?
    var bradleyTerry: Double?
    var orderVotes: Double?
  }

  var share: Double { Double(nextPrompt) / Double(max(prompts.count, 1)) }

  mutating func advance(_ evidence: SignalEvidence, jobs: Int) -> [SignalID: SignalValues]? {
    guard let rows else {
      found = Array(repeating: Verdict(), count: evidence.rowCount)
      let sorted = evidence.rowsByPrompt()
      (self.rows, prompts) = (sorted.rows, sorted.prompts)
      return nil
    }
    var parts: [Range<Int>] = []
    while parts.count < 2 * jobs, nextPrompt < prompts.count {
      let start = nextPrompt
      var size = 0
      while nextPrompt < prompts.count, size < Self.rowsInPart {
        size += prompts[nextPrompt].count
        nextPrompt += 1
      }
      parts.append(start..<nextPrompt)
    }
    let verdicts = parallelMap(count: parts.count, jobs: jobs, scratch: { () }) {
      [prompts, parts] index, _ in
      prompts[parts[index]].flatMap { Self.verdicts(on: rows[$0].map { evidence.keys[$0] }) }
    }
    for (part, verdicts) in zip(parts, verdicts) {
      let start = prompts[part.lowerBound].lowerBound
      for (offset, verdict) in verdicts.enumerated() { found[rows[start + offset]] = verdict }
    }
    return nextPrompt == prompts.count ? signals : nil
  }

  /// What the labels `keys` of one prompt say of each other.
  private static func verdicts(on keys: [PairKeys]) -> [Verdict] {
    guard keys.count > 1 else { return keys.map { _ in Verdict() } }
    let tournament = PromptTournament(keys.map { [$0.chosen, $0.rejected] })
    let hasOrder = tournament.itemCount > 2
    let order = hasOrder ? PromptOrder(tournament) : nil
    let components = hasOrder ? tournament.components() : []
    return keys.map { key in
      var verdict = Verdict()
      guard let winner = tournament.number(of: key.chosen),
        let loser = tournament.number(of: key.rejected),
        let match = tournament.match(of: winner, against: loser)
      else { return verdict }
      let witnesses = tournament.witnesses(winner: winner, match: match)
      let count = witnesses.supporting + witnesses.against
      if count > 0 {
        verdict.contradiction = (Double(witnesses.against) + 0.5) / Double(count + 1)
      }
      guard let order else { return verdict }
      verdict.cycle = match.majority < 0 || components[winner] == components[loser] ? 1 : 0
      guard let margins = order.margins(of: winner, match: match) else { return verdict }
      verdict.copeland = margins.copeland
      verdict.borda = margins.borda
      verdict.bradleyTerry = margins.bradleyTerry
      verdict.orderVotes = margins.votesAgainst
      return verdict
    }
  }

  private var signals: [SignalID: SignalValues] {
    func values(_ value: (Verdict) -> Double?) -> SignalValues {
      SignalValues(found.lazy.map(value))
    }
    var signals: [SignalID: SignalValues] = [.contradiction: values(\.contradiction)]
    let ofOrder: [(SignalID, SignalValues)] = [
      (.cycle, values(\.cycle)), (.copeland, values(\.copeland)), (.borda, values(\.borda)),
      (.bradleyTerry, values(\.bradleyTerry)), (.orderVotes, values(\.orderVotes)),
    ]
    for (id, values) in ofOrder where values.contains(where: { $0 != nil }) {
      signals[id] = values
    }
    return signals
  }
}
