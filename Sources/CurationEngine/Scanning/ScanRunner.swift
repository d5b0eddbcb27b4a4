public import PreferenceScoring
public import ReviewStore

import Synchronization

/// A scan that shows how far it is, can be stopped between two steps, and goes on where it stopped.
///
/// A finished scan is kept in the score cache and found there the next time.
public final class ScanRunner: Sendable {
  private struct State {
    var scan: NoiseScan?
    /// Time spent scanning, pauses left out.
    var worked = Duration.zero
  }

  public let key: ScanKey
  private let cache: ScoreCache?
  private let begin: @Sendable () -> NoiseScan
  private let state = Mutex(State())

  /// - Parameters:
  ///   - source: The rows.
  ///   - settings: The scan's settings.
  ///   - jobs: How many threads read features at once; the result does not depend on it.
  ///   - key: What the result depends on.
  ///   - cache: Where results are kept, if anywhere.
  public init(
    source: any PairSource, settings: ScanSettings, jobs: Int, key: ScanKey, cache: ScoreCache?
  ) {
    self.key = key
    self.cache = cache
    begin = { NoiseScan(source: source, settings: settings, jobs: jobs) }
  }

  /// Runs until the scan ends or `flag` is set.
  ///
  /// - Parameters:
  ///   - flag: Looked at between steps of some 50 milliseconds.
  ///   - observe: Told after each step how far the scan is, and how many seconds are left as far
  ///     as that can be said.
  /// - Returns: The result, or nil where the scan was stopped: the next call goes on from there.
  public func run(
    until flag: CancellationFlag, observe: (ScanProgress, Double?) -> Void
  ) -> ScanResult? {
    if let kept = cache?.bytes(for: key.text), let result = ScanResult(encoded: kept) {
      return result
    }
    return state.withLock { state in
      var scan = state.scan ?? begin()
      let clock = ContinuousClock()
      while !flag.isCancelled {
        let start = clock.now
        let progress = scan.advance()
        state.worked += clock.now - start
        observe(progress, Self.secondsLeft(worked: state.worked, share: progress.share))
        guard progress.isFinished, let result = scan.result else { continue }
        state.scan = nil
        // A cache that cannot be written costs time at the next start, nothing else.
        _ = cache?.put(result.encoded(), for: key.text)
        return result
      }
      state.scan = scan
      return nil
    }
  }

  private static func secondsLeft(worked: Duration, share: Double) -> Double? {
    guard share > 0.02 else { return nil }
    return worked / .seconds(1) * (1 - share) / share
  }
}
