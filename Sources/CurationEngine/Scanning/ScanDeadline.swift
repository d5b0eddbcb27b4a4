public import PreferenceScoring

/// A time by which a scan is to be at an end, with as much as can be had by then.
///
/// No work is begun after it but what a ranking still needs: first the further signals are left out,
/// then the search for ridge and block weights stops where it is, early enough to fit the head and
/// judge every pair. The end may so be a little late. Without any setting by then there is no ranking.
public struct ScanDeadline: Sendable {
  private let start: ContinuousClock.Instant
  private let end: ContinuousClock.Instant

  /// `limit` from now.
  public init(_ limit: Duration) {
    start = ContinuousClock.now
    end = start + limit
  }

  public var isOver: Bool { ContinuousClock.now >= end }

  /// What the fit and the judging take, as a part of all that comes before the choosing, by the shares
  /// that a scan itself counts with.
  private static let shareToRanking = 0.6

  /// How a scan keeps to a deadline: asked after each of its steps.
  public struct Pace: Sendable {
    private let deadline: ScanDeadline
    private let began = ContinuousClock.now
    private var beforeChoosing: Duration?

    public init(_ deadline: ScanDeadline) { self.deadline = deadline }

    /// Settles `scan` where it is time to.
    ///
    /// - Returns: False where the deadline is over and there will be no ranking.
    public mutating func keep(_ scan: inout NoiseScan, after progress: ScanProgress) -> Bool {
      let now = ContinuousClock.now
      switch progress.stage {
      case .reading, .weighing: return now < deadline.end
      case .choosing:
        let before = beforeChoosing ?? (now - began)
        beforeChoosing = before
        guard now + before * ScanDeadline.shareToRanking >= deadline.end else { return true }
        return scan.settle() || now < deadline.end
      case .comparing: return now < deadline.end || scan.settle()
      case .fitting, .judging, .finished: return true
      }
    }
  }
}
