import DatasetFiles
public import PreferenceScoring
public import ReviewStore

import Synchronization

/// A scan that shows how far it is, can be stopped between two steps, and goes on where it stopped.
///
/// The ranking comes first, further signals after it; each is kept in the score cache and found there
/// the next time.
public final class ScanRunner: Sendable {
  private struct State {
    var scan: NoiseScan?
    var result: ScanResult?
    /// Time spent scanning, pauses left out.
    var worked = Duration.zero
  }

  public let key: ScanKey
  private let cache: ScoreCache?
  private let begin: @Sendable (ScanResult?) -> NoiseScan
  private let deadline: ScanDeadline?
  /// Whether memory that a stage has left is worth giving back before the next one asks for it again.
  private let isLarge: Bool
  private let state = Mutex(State())

  /// - Parameters:
  ///   - source: The rows.
  ///   - settings: The scan's settings.
  ///   - jobs: How many threads read features at once; the result does not depend on it.
  ///   - key: What the result depends on.
  ///   - cache: Where results are kept, if anywhere.
  ///   - deadline: When the scan is to be at an end, with as much as can be had by then.
  public init(
    source: any PairSource, settings: ScanSettings, jobs: Int, key: ScanKey, cache: ScoreCache?,
    deadline: ScanDeadline? = nil
  ) {
    self.key = key
    self.cache = cache
    self.deadline = deadline
    isLarge = source.rowCount >= 20_000
    begin = { NoiseScan(source: source, settings: settings, keeping: $0, jobs: jobs) }
  }

  /// What the deadline has cost; such a result is not kept in the cache as if it were whole.
  public var shortfall: ScanShortfall {
    state.withLock { $0.scan?.shortfall ?? ScanShortfall() }
  }

  /// Runs until the scan ends or `flag` is set.
  ///
  /// - Parameters:
  ///   - flag: Looked at between steps of some 50 milliseconds.
  ///   - ranked: Given the ranking as soon as it is there, which may be long before the signals are.
  ///   - prepared: Given what questions are answered from, once the ranking is worked out; not called
  ///     where the whole result was found in the cache (`artefacts`).
  ///   - observe: Told after each step how far the scan is, and how many seconds are left as far
  ///     as that can be said.
  /// - Returns: The result, or nil where the scan was stopped, or the deadline was over before there
  ///   could be a ranking: the next call goes on from there.
  public func run(
    until flag: CancellationFlag, ranked: (ScanResult) -> Void = { _ in },
    prepared: (ScanArtefacts) -> Void = { _ in },
    observe: (ScanProgress, Double?) -> Void
  ) -> ScanResult? {
    state.withLock { state in
      if let result = state.result ?? kept(key.text) {
        state.result = result
        ranked(result)
        return result
      }
      let known = state.scan?.ranking ?? kept(key.rankingText)
      if let known { ranked(known) }
      guard
        let scan = advance(
          &state, from: state.scan ?? begin(known), isRanked: known != nil, until: flag,
          ranked: ranked, prepared: prepared, observe: observe),
        let result = scan.result
      else { return nil }
      state.result = result
      if scan.shortfall.isEmpty { keep(result, as: key.text) }
      return result
    }
  }

  /// What questions about the pairs of the finished scan are answered from: what the scan left, or
  /// worked out anew from the rows and the head of the result.
  ///
  /// - Returns: Nil where the scan is not finished, where the rows give no head, or where the work was
  ///   stopped: the next call goes on from there.
  public func artefacts(
    until flag: CancellationFlag, observe: (ScanProgress, Double?) -> Void = { _, _ in }
  ) -> ScanArtefacts? {
    state.withLock { state in
      guard let result = state.result else { return nil }
      if let scan = state.scan, scan.result != nil { return scan.artefacts }
      return advance(
        &state, from: state.scan ?? begin(result), isRanked: true, until: flag, ranked: { _ in },
        prepared: { _ in }, observe: observe)?.artefacts
    }
  }

  /// The finished scan, or nil where `flag` was set before.
  private func advance(
    _ state: inout State, from start: consuming NoiseScan, isRanked: Bool,
    until flag: CancellationFlag,
    ranked: (ScanResult) -> Void, prepared: (ScanArtefacts) -> Void,
    observe: (ScanProgress, Double?) -> Void
  ) -> NoiseScan? {
    // Nobody else may hold the value, or its next step would copy it.
    var scan = consume start
    state.scan = nil
    defer { state.scan = scan }
    var isRanked = isRanked
    var isPrepared = false
    let clock = ContinuousClock()
    var pace = deadline.map { ScanDeadline.Pace($0) }
    var stage: ScanStage?
    while !flag.isCancelled {
      let start = clock.now
      let progress = scan.advance()
      state.worked += clock.now - start
      observe(progress, Self.secondsLeft(worked: state.worked, share: progress.share))
      if isLarge, progress.stage != stage || !progress.completed.isEmpty {
        stage = progress.stage
        LargeMemory.returnUnused()
      }
      if !isRanked, let ranking = scan.ranking {
        isRanked = true
        if !scan.shortfall.isChoiceCut { keep(ranking.rankingAlone, as: key.rankingText) }
        ranked(ranking)
      }
      if !isPrepared, let artefacts = scan.artefacts {
        isPrepared = true
        prepared(artefacts)
      }
      if scan.result == nil, pace?.keep(&scan, after: progress) == false { return nil }
      if scan.result != nil { return scan }
    }
    return nil
  }

  private func kept(_ text: String) -> ScanResult? {
    cache?.bytes(for: text).flatMap { ScanResult(encoded: $0) }
  }

  private func keep(_ result: ScanResult, as text: String) {
    // A cache that cannot be written costs time at the next start, nothing else.
    _ = cache?.put(for: text) { take throws(JournalError) in try result.encode(take) }
  }

  private static func secondsLeft(worked: Duration, share: Double) -> Double? {
    guard share > 0.02 else { return nil }
    return worked / .seconds(1) * (1 - share) / share
  }
}
