import PreferenceData

/// The annotators of a file, each with what the votes of the others and a head say of them.
///
/// - Complexity: reads every row once; the models as in `VoteAggregation`.
/// - Limits: agreement is not truth: with the others or with the head, an honest minority looks
///   unreliable.
public struct AnnotatorTable: Sendable {
  /// Those judged by the votes of others first, then those judged by the head alone; each least reliable
  /// first, equals by name.
  public let records: [AnnotatorRecord]
  /// How many pairs have votes, and how many of these have several.
  public let pairCount: Int
  public let sharedPairCount: Int
  /// The probability that a vote is right, on average, which `reliability` is drawn to.
  public let usualReliability: Double?
  /// Why there is no reliability by the votes of others; nil where there is.
  public let shortage: VoteShortage?

  /// - Parameters:
  ///   - source: The rows: pairs, and ties between two sides.
  ///   - result: A scan of them, place by place, whose head judges the votes; nil for none.
  public init(_ source: any PairSource, scan result: ScanResult?) {
    var reader = PairReader()
    var ballots: [PairBallots] = []
    // By pair, the head's log-odds that the first side is the better one.
    var margins: [UInt64: Double] = [:]
    var influences: [String: Double] = [:]
    for index in 0..<source.rowCount {
      guard case .success(let row) = source.row(at: index), row.sides.count == 2 else { continue }
      if let name = row.annotator, let value = result?.signals[.influenceOfAnnotator]?[index] {
        influences[name] = value
      }
      guard !row.judgments.isEmpty || row.annotator != nil else { continue }
      let keys = reader.sideKeys(of: row)
      guard let said = PairBallots(row, prompt: keys.prompt, sides: keys.sides) else { continue }
      ballots.append(said)
      if let margin = result?.marginWithoutAnnotator(at: index), let chosen = row.label.preferred {
        let isFirst = keys.sides[chosen] < keys.sides[1 - chosen]
        margins[said.pair] = isFirst ? margin : -margin
      }
    }
    self.init(
      VoteTable(ballots), heads: margins.mapValues(sigmoid), influences: influences)
  }

  /// - Parameters:
  ///   - table: The votes.
  ///   - heads: By pair, a head's probability that the first side is the better one.
  ///   - influences: By name.
  init(
    _ table: VoteTable, heads: [UInt64: Double] = [:], influences: [String: Double] = [:]
  ) {
    var coin: OneCoin?
    var skene: DawidSkene?
    var mace: MACE?
    var lab: CrowdLab?
    let model = table.pairs.map { heads[$0] }
    do {
      let prior = try VotePrior(table)
      coin = OneCoin(table, prior: prior)
      skene = DawidSkene(table, prior: prior)
      mace = MACE(table, prior: prior)
      lab = CrowdLab(table, model: model)
      usualReliability = prior.reliability
      shortage = nil
    } catch {
      usualReliability = nil
      shortage = error
    }
    pairCount = table.unitCount
    sharedPairCount = table.units.indices.count(where: table.isShared)
    let byHead = Self.headAgreements(table, model)
    let influence = table.annotators.map { name in name.flatMap { influences[$0] } }
    records = table.comparisons.enumerated().map { annotator, own in
      AnnotatorRecord(
        name: table.annotators[annotator], voteCount: own.voteCount,
        tieCount: table.tieCounts[annotator], sharedCount: own.sharedCount,
        agreement: own.agreement.map {
          let count = Double(own.sharedCount)
          return Estimate(sum: $0 * count, count: count, drawnTo: 0, strength: 0)
        },
        reliability: coin?.reliabilities[annotator].map {
          let count = Double(own.sharedCount) + VotePrior.strength
          return Estimate(sum: $0 * count, count: count, drawnTo: 0, strength: 0)
        },
        dawidSkene: skene?.reliabilities[annotator], onLonger: skene?.coins[annotator]?.longer,
        onShorter: skene?.coins[annotator]?.shorter, competence: mace?.competences[annotator],
        quality: lab?.qualities[annotator], headAgreement: byHead[annotator],
        influence: influence[annotator])
    }.sorted { $0.precedes($1) }
  }

  /// By annotator, the mean probability that a head gives the votes.
  private static func headAgreements(_ table: VoteTable, _ model: [Double?]) -> [Estimate?] {
    var sums = table.annotators.map { _ in (sum: 0.0, count: 0.0) }
    for unit in table.units.indices {
      guard let first = model[unit] else { continue }
      for vote in table.votes[table.units[unit]] {
        sums[Int(vote.annotator)].sum += vote.isForFirst ? first : 1 - first
        sums[Int(vote.annotator)].count += 1
      }
    }
    let all = sums.reduce((sum: 0.0, count: 0.0)) { ($0.sum + $1.sum, $0.count + $1.count) }
    return sums.map { own in
      own.count == 0
        ? nil
        : Estimate(
          sum: own.sum, count: own.count, drawnTo: all.sum / all.count,
          strength: VotePrior.strength)
    }
  }
}

extension ScanResult {
  /// The rewardMargin under the head that has not seen the pair, without what its annotator adds.
  func marginWithoutAnnotator(at index: Int) -> Double? {
    guard let margin = signals[.leaveOneOut]?[index] else { return nil }
    return margin - ((signals[.annotator]?[index] ?? nil) ?? 0)
  }
}
