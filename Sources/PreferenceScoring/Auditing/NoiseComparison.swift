/// What several sources say of the share of wrong labels, side by side: the epsilon that cDPO and rDPO
/// ask for (`label_smoothing`).
///
/// - `audit`: the share in a random sample that a person judged: the only one that assumes nothing.
/// - `doubleLabels`: where two annotators agree on a share A of the pairs they both labelled, e with
///   (1 - e)^2 + e^2 = A, which is (1 - sqrt(2 A - 1)) / 2; 1/2 where A <= 1/2. Close calls count.
/// - `mixture`: `LabelNoise.Mixture`, where the labels can tell.
/// - `confident`: `LabelNoise.Confident`, where it is above its floor beyond chance.
/// - `anchor`: 1 - the 99th percentile of p: with a share e of wrong labels the surest p that is
///   calibrated to labels comes near 1 - e, so that e is hardly larger.
///
/// What a model says is left out where the head has no signal.
///
/// - Limits: only an audit knows what a person would say. The others share the same margins, so their
///   agreement is no confirmation.
/// - Source: arXiv:2509.24159 (mixture), doi:10.1613/jair.1.12125 (confident); e of double labels is
///   elementary; the anchor is after anchor points, Liu and Tao, 2016, arXiv:1411.7718.
public struct NoiseComparison: Hashable, Sendable {
  public enum Source: String, CaseIterable, Sendable {
    case audit
    case doubleLabels = "double_labels"
    case mixture = "em"
    case confident
    case anchor
  }

  public struct Entry: Hashable, Sendable {
    public var source: Source
    public var value: Double
    /// Where it has an interval of 95 %.
    public var interval: Estimate?
  }

  /// In the order of `Source`.
  public let entries: [Entry]
  /// From so many times on two shares are called different.
  public static let differingFactor = 2.0
  private static let neededDoubleLabels = 30

  /// - Parameters:
  ///   - result: A scan with the signals that estimate noise; one without them has only an anchor.
  ///   - audit: What an audit of the same file found.
  public init(_ result: ScanResult?, audit: Estimate?) {
    var entries: [Entry] = []
    func add(_ source: Source, _ value: Double, _ interval: Estimate? = nil) {
      entries.append(Entry(source: source, value: value, interval: interval))
    }
    if let audit { add(.audit, audit.value, audit) }
    if let double = result?.noise.doubleLabels, double.count >= Self.neededDoubleLabels {
      let wrong = Self.wrongShare(agreeing: double.agreeingCount, of: double.count)
      add(.doubleLabels, wrong.value, wrong)
    }
    if let result, result.quality.hasSignal {
      if let mixture = result.noise.mixture, mixture.isIdentified {
        add(.mixture, mixture.wrong.value, mixture.wrong.estimate)
      }
      if let confident = result.noise.confident, confident.isAboveFloor(of: result.scoredCount) {
        add(.confident, confident.wrong)
      }
      if let anchor = Self.anchor(result.signals[.leaveOneOut]?.compactMap(\.self) ?? []) {
        add(.anchor, anchor)
      }
    }
    self.entries = entries
  }

  /// Whether two of the shares differ by more than `differingFactor`. The anchor is a bound and is not
  /// compared.
  public var isContradictory: Bool {
    let shares = entries.filter { $0.source != .anchor }.map(\.value)
    guard let least = shares.min(), let most = shares.max() else { return false }
    return most > Self.differingFactor * least && shares.count > 1
  }

  /// The share of wrong labels at which two labels of a pair agree as often as `agreeing` of `count`.
  static func wrongShare(agreeing: Int, of count: Int) -> Estimate {
    func wrong(_ agreement: Double) -> Double { (1 - max(0, 2 * agreement - 1).squareRoot()) / 2 }
    let agreement = Estimate(wins: agreeing, of: count)
    return Estimate(
      value: wrong(agreement.value), lower: wrong(agreement.upper), upper: wrong(agreement.lower))
  }

  /// 1 - the 99th percentile of sigma(margin); nil with fewer than a hundred margins.
  static func anchor(_ margins: [Double]) -> Double? {
    guard margins.count >= 100 else { return nil }
    return sigmoid(-margins.sorted()[(margins.count - 1) * 99 / 100])
  }
}
