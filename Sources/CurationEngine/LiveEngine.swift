public import DatasetFiles
public import PreferenceData
public import PreferenceScoring
import ReviewStore

import Synchronization

/// The work behind a screen, on threads of its own: opening, scanning, saving, searching, exporting.
///
/// Every method returns at once; what comes of it is reported, from whatever thread did it. Only
/// the journal's thread waits for the disk, and nothing else runs there.
public final class LiveEngine: Sendable {
  /// What the engine has to say.
  public enum Report: Sendable {
    /// Once for the first rows of a long file, once for all of it.
    case opened(Dataset, isWhole: Bool)
    case openFailed(any Error)
    /// What is on disk of the review, and where its annotator was last.
    case reviewOpened(Review, ReviewLedger, place: RowID?, seed: UInt64)
    case reviewFailed(any Error)
    case indexing(share: Double)
    case indexed(RowIndex)
    case scanning(ScanProgress, secondsLeft: Double?)
    case scanned(ScanResult, scanID: String)
    case scanCancelled
    case scanFailed(any Error)
    case explained(position: Int, Explanation?)
    case recorded(ReviewEvent)
    case recordFailed(any Error)
    case searching(share: Double)
    case searched(text: String, match: Int?)
    case exportPlanned(CleaningPlan, path: String)
    case exporting(share: Double)
    case exported(CleaningReport)
    case exportFailed(any Error)
  }

  private struct State {
    var shown: Dataset?
    var review: Review?
    var cache: ScoreCache?
    var opened: IndexedDataset?
    var runner: ScanRunner?
    var scan: ScanResult?
  }

  private let input: DatasetInput
  private let mapping: FieldMapping?
  private let readSettings: DatasetReadSettings
  private let request: @Sendable (Dataset) throws -> ReviewRequest
  private let settings: ScanSettings
  private let jobs: Int
  private let report: @Sendable (Report) -> Void

  private let state = Mutex(State())
  private let background = WorkerThread(name: "engine", niceness: 10)
  private let journalThread = WorkerThread(name: "journal")
  private let searchThread = WorkerThread(name: "search", niceness: 5)
  private let exportThread = WorkerThread(name: "export", niceness: 5)
  private let scanning = JobSlot()
  private let searching = JobSlot()
  private let exporting = JobSlot()
  private let opening = CancellationFlag()

  /// - Parameters:
  ///   - input: The data set.
  ///   - mapping: The fields that the person named, if any.
  ///   - readSettings: Bounds on reading it.
  ///   - settings: The scan's settings.
  ///   - jobs: How many threads a scan may use.
  ///   - request: Where the review of the opened data set is.
  ///   - report: Told everything, from any thread.
  public init(
    input: DatasetInput, mapping: FieldMapping?, readSettings: DatasetReadSettings,
    settings: ScanSettings, jobs: Int,
    request: @escaping @Sendable (Dataset) throws -> ReviewRequest,
    report: @escaping @Sendable (Report) -> Void
  ) {
    self.input = input
    self.mapping = mapping
    self.readSettings = readSettings
    self.request = request
    self.settings = settings
    self.jobs = jobs
    self.report = report
  }

  /// Opens the data set, learns its rows, and begins the first scan.
  public func start() {
    background.submit { [self] in
      do {
        let dataset = try Dataset.open(
          input, mapping: mapping, settings: readSettings,
          observe: { [opening] _ in !opening.isCancelled },
          firstRows: { [self] first in
            show(first, isWhole: false)
            // The review of a stream is found by its content, which is not known yet.
            if first.path != nil { openReview(of: first) }
          })
        show(dataset, isWhole: true)
        openReview(of: dataset)
        var throttle = Throttle()
        let indexed = IndexedDataset(dataset) { share in
          if throttle.isDue() { report(.indexing(share: share)) }
          return !opening.isCancelled
        }
        guard let indexed else { return }
        state.withLock { $0.opened = indexed }
        report(.indexed(indexed.index))
        if !opening.isCancelled { startScan() }
      } catch {
        report(.openFailed(error))
      }
    }
  }

  private func show(_ dataset: Dataset, isWhole: Bool) {
    state.withLock { $0.shown = dataset }
    report(.opened(dataset, isWhole: isWhole))
  }

  /// Opens the review, once.
  private func openReview(of dataset: Dataset) {
    guard state.withLock({ $0.review }) == nil else { return }
    do {
      let request = try request(dataset)
      let review = try Review.edit(request)
      let ledger = try review.journal.ledger()
      let place = try review.journal.place(of: review.annotator)
      let seed = try review.journal.seed() ?? 0
      state.withLock { state in
        state.review = review
        state.cache = request.scoreCache
      }
      report(.reviewOpened(review, ledger, place: place, seed: seed))
    } catch {
      report(.reviewFailed(error))
    }
  }

  /// What happened to the data set's file since it was opened.
  public func datasetChange() -> FileChange? {
    // A file that cannot be looked at is as good as gone.
    state.withLock { $0.opened }.flatMap { opened in
      do { return try opened.dataset.change() } catch { return .removed }
    }
  }

  /// The rows at `positions`, read now. Rows beyond the part of the file that is known are left out.
  public func rows(
    at positions: [Int]
  ) -> [Int: Result<PreferenceRow, RowProblem>] {
    guard let dataset = state.withLock({ $0.shown }) else { return [:] }
    return Dictionary(
      positions.filter { (0..<dataset.rowCount).contains($0) }.map { ($0, dataset.row(at: $0)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Begins a scan, or goes on with the one that was stopped. Does nothing while one runs.
  public func startScan() {
    guard let opened = state.withLock({ $0.opened }), let flag = scanning.beginIfIdle() else {
      return
    }
    background.submit { [self] in
      defer { scanning.end(flag) }
      do {
        let runner = try scanRunner(for: opened)
        var throttle = Throttle()
        let result = runner.run(until: flag) { progress, secondsLeft in
          if throttle.isDue() { report(.scanning(progress, secondsLeft: secondsLeft)) }
        }
        guard let result else { return report(.scanCancelled) }
        state.withLock { $0.scan = result }
        report(.scanned(result, scanID: runner.key.scanID))
      } catch {
        report(.scanFailed(error))
      }
    }
  }

  public func cancelScan() { scanning.cancel() }

  private func scanRunner(for opened: IndexedDataset) throws -> ScanRunner {
    if let runner = state.withLock({ $0.runner }) { return runner }
    let runner = ScanRunner(
      source: opened.dataset, settings: settings, jobs: jobs,
      key: try opened.dataset.scanKey(mapping: mapping, settings: settings),
      cache: state.withLock { $0.cache })
    state.withLock { $0.runner = runner }
    return runner
  }

  /// Says why the row at `position` stands where it stands.
  public func explain(position: Int, limit: Int) {
    let (dataset, scan) = state.withLock { ($0.opened?.dataset, $0.scan) }
    searchThread.submit { [self] in
      guard let dataset, let scan, case .success(let row) = dataset.row(at: position) else {
        return report(.explained(position: position, nil))
      }
      report(
        .explained(position: position, scan.explanation(of: row, at: position, limit: limit)))
    }
  }

  /// Saves `event`; it is reported once it is on disk, or once it is known that it is not.
  public func record(_ event: ReviewEvent) {
    guard let review = state.withLock({ $0.review }) else {
      preconditionFailure("recorded before the review was open")
    }
    journalThread.submit { [self] in
      do {
        report(.recorded(try review.journal.append(event)))
      } catch {
        report(.recordFailed(error))
      }
    }
  }

  /// Remembers the row to come back to.
  public func savePlace(_ row: RowID) {
    guard let review = state.withLock({ $0.review }), review.hindrance == nil else { return }
    journalThread.submit {
      // A place that is not kept costs a jump at the next start; decisions report their failures.
      try? review.journal.setPlace(of: review.annotator, to: row)
    }
  }

  /// Looks for `text` in the rows at `positions`, in that order; ends an older search.
  public func search(_ text: String, positions: [Int]) {
    guard let dataset = state.withLock({ $0.shown }) else { return }
    let flag = searching.begin()
    searchThread.submit { [self] in
      defer { searching.end(flag) }
      let search = TextSearch(text)
      var throttle = Throttle()
      for (count, position) in positions.enumerated() {
        if flag.isCancelled { return }
        if count > 0, throttle.isDue() {
          report(.searching(share: Double(count) / Double(positions.count)))
        }
        if case .success(let row) = dataset.row(at: position), search.matches(row) {
          return report(.searched(text: text, match: position))
        }
      }
      report(.searched(text: text, match: nil))
    }
  }

  public func cancelSearch() { searching.cancel() }

  /// Says what an export to `path` would write.
  public func planExport(to path: String) {
    export { [self] opened, _ in
      report(.exportPlanned(try cleaning(of: opened).plan, path: path))
    }
  }

  /// Writes the cleaned data set, its review and its manifest.
  public func export(to path: String, version: String) {
    export { [self] opened, flag in
      var throttle = Throttle()
      let written = try cleaning(of: opened).write(to: path, version: version) { share in
        if throttle.isDue() { report(.exporting(share: share)) }
        return !flag.isCancelled
      }
      report(.exported(written))
    }
  }

  public func cancelExport() { exporting.cancel() }

  private func export(
    _ work: @escaping @Sendable (IndexedDataset, CancellationFlag) throws -> Void
  ) {
    guard let opened = state.withLock({ $0.opened }) else { return }
    let flag = exporting.begin()
    exportThread.submit { [self] in
      defer { exporting.end(flag) }
      do {
        try work(opened, flag)
      } catch {
        report(.exportFailed(error))
      }
    }
  }

  private func cleaning(of opened: IndexedDataset) throws -> Cleaning {
    let ledger = try state.withLock { $0.review }?.journal.ledger() ?? ReviewLedger()
    return Cleaning(
      of: opened, ledger: ledger, annotator: nil, scope: .all, ties: .drop)
  }

  /// Asks everything that runs to stop, and waits until it has: decisions that were given are saved,
  /// a scan ends its step, an export leaves the old file.
  ///
  /// The process may only end after this. OpenBLAS gives its buffers back when a process exits, and
  /// a scan that still ran on them would crash it.
  public func stop() {
    opening.cancel()
    scanning.cancel()
    searching.cancel()
    exporting.cancel()
    for thread in [journalThread, background, searchThread, exportThread] {
      thread.waitUntilIdle()
    }
  }
}
