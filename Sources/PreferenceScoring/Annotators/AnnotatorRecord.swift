/// What a file shows of one annotator's reliability, by the other annotators and by a head.
public struct AnnotatorRecord: Hashable, Sendable {
  /// Nil for all who are not named, taken as one.
  public let name: String?
  /// How many pairs the annotator prefers a side of, and calls tied.
  public let voteCount: Int
  public let tieCount: Int
  /// On how many of these pairs others vote too.
  public let sharedCount: Int
  /// The share of the others' votes on the same pairs that say the same; nil where there are none. The
  /// interval takes each pair as one observation.
  public let agreement: Estimate?
  /// The probability that a vote is right: by `OneCoin`, drawn to the average of all annotators. The
  /// interval takes the model's right sides for the truth, so it is too narrow.
  public let reliability: Estimate?
  /// The same by `DawidSkene`, and its two coins.
  public let dawidSkene: Double?
  public let onLonger: Double?
  public let onShorter: Double?
  /// By `MACE`: how often the annotator knows.
  public let competence: Double?
  /// By `CrowdLab`.
  public let quality: Double?
  /// How much a head that has not seen the pair agrees with the votes, drawn to the average; nil
  /// without a head.
  public let headAgreement: Estimate?
  /// What leaving out all of the annotator's labels does to the loss of the others
  /// (`SignalID.influenceOfAnnotator`); below 0 = they fit better without. Nil where that was not worked
  /// out.
  public let influence: Double?

  /// Whether this one comes before `other`: those judged by the votes of others first, the least reliable
  /// first; then the rest by the head.
  func precedes(_ other: AnnotatorRecord) -> Bool {
    func place(_ record: AnnotatorRecord) -> (Int, Double, String) {
      let isJudged = record.reliability != nil
      let reliability = record.reliability ?? record.headAgreement
      return (isJudged ? 0 : 1, reliability?.value ?? 1, record.name ?? "")
    }
    return place(self) < place(other)
  }
}

extension Estimate {
  /// The mean `sum` / `count`, each observation in [0, 1], drawn to `mean` by `strength` observations of
  /// it, with Wilson's interval for that many.
  init(sum: Double, count: Double, drawnTo mean: Double, strength: Double) {
    let n = count + strength
    let share = (sum + strength * mean) / n
    let square = normalQuantile95 * normalQuantile95
    let centre = (share + square / (2 * n)) / (1 + square / n)
    let half =
      normalQuantile95 / (1 + square / n)
      * (share * (1 - share) / n + square / (4 * n * n)).squareRoot()
    self.init(value: share, lower: max(0, centre - half), upper: min(1, centre + half))
  }
}
