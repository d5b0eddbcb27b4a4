import Foundation

/// One row of the bias table: how often the side with more of something is the chosen one.
public struct BiasRow: Hashable, Sendable {
  public let subject: BiasSubject
  /// In how many pairs the sides differ in it.
  public let pairCount: Int
  /// In how many of these the side with more of it is chosen.
  public let winCount: Int
  /// What its odds ratio compares; nil where the pairs do not determine one.
  public let effect: BiasEffect?
  /// The p-value times what Holm's procedure asks for all the rows tested, at most 1.
  public internal(set) var adjustedPValue: Double?

  /// The share of the pairs in which the side with more of it is chosen, with Wilson's 95 % interval.
  public var winRate: Estimate { Estimate(wins: winCount, of: pairCount) }

  /// Whether the effect is there beyond what so many tests find by chance: it survives Holm at 5 %.
  public var isSignificant: Bool { adjustedPValue.map { $0 < Self.errorRate } ?? false }

  /// Whether the share of wins is at least small by Cohen's convention, and the effect is significant and
  /// of the same direction at equal length: what a pair can go against. Rows about a source, an
  /// annotator or a date compare their rows with others, so no pair goes against them.
  public var isClear: Bool {
    guard let effect, isSignificant, subject.section == .features || subject.section == .authors
    else { return false }
    return effectSize != .none && (effect.logOddsRatio > 0) == (2 * winCount > pairCount)
  }

  /// How far the share of wins is from one half, by Cohen's conventions for the sign test: .05 is
  /// small, .15 medium, .25 large.
  ///
  /// - Source: Cohen, 1988, Statistical Power Analysis for the Behavioral Sciences, chapter 5.
  public var effectSize: EffectSize {
    let distance = abs(2 * winCount - pairCount)
    return EffectSize.allCases.last { 200 * distance >= $0.percent * 4 * pairCount } ?? .none
  }

  public enum EffectSize: String, CaseIterable, Sendable {
    case none, small, medium, large

    /// From how many percent beside one half on.
    fileprivate var percent: Int {
      switch self {
      case .none: 0
      case .small: 5
      case .medium: 15
      case .large: 25
      }
    }
  }

  /// The row with the wins of whichever side has more of them: exactly the same for a data set and the one
  /// with every label exchanged, so that it tells no label.
  public var withoutDirection: BiasRow {
    BiasRow(
      subject: subject, pairCount: pairCount, winCount: max(winCount, pairCount - winCount),
      effect: effect.map {
        BiasEffect(logOddsRatio: abs($0.logOddsRatio), standardError: $0.standardError)
      },
      adjustedPValue: adjustedPValue)
  }

  private static let errorRate = 0.05
}

/// An odds ratio with the 95 % interval and the test that go with its standard error.
///
/// Of a feature, a model or the position: the odds that the side with more of it is chosen, for a typical
/// difference (the root mean square over the pairs that differ; 1 for a model and the position), when
/// both sides are equally long; for length itself, without that condition. Of a source, an annotator or a
/// date: the odds that the longer side is chosen there, divided by those odds elsewhere.
public struct BiasEffect: Hashable, Sendable {
  /// Above 0: more of it speaks for being chosen.
  public let logOddsRatio: Double
  public let standardError: Double

  /// The odds ratio; 1 = no effect.
  public var oddsRatio: Estimate {
    let half = normalQuantile95 * standardError
    return Estimate(
      value: exp(logOddsRatio), lower: exp(logOddsRatio - half), upper: exp(logOddsRatio + half))
  }

  /// The probability of so large an effect of either direction where there is none (Wald).
  public var pValue: Double { erfc(abs(logOddsRatio) / standardError / 2.0.squareRoot()) }
}
