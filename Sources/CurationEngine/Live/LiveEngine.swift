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
    /// The file is not the one that was reviewed last: how many decisions have lost their row.
    case changedSinceReview(lostDecisions: Int)
    case indexing(share: Double)
    case indexed(RowIndex)
    case scanning(ScanProgress, secondsLeft: Double?)
    /// The ranking; the further signals may still be on their way.
    case scanned(ScanResult, scanID: String)
    /// The same ranking with all signals that were asked for.
    case compared(ScanResult, scanID: String)
    /// What the decisions up to now make of the ranking.
    case rescored(ScanResult)
    case scanCancelled
    case scanFailed(any Error)
    /// At once, and again when more is known; nil for a row that cannot be read. `pair` as it was asked
    /// for.
    case explained(position: Int, pair: RankedPair?, PairEvidence?)
    case recorded(ReviewEvent)
    case recordFailed(any Error)
    case surveyingBiases(share: Double)
    case biasesSurveyed(BiasTable)
    case reviewSurveyed([ReviewedRow])
    case loopSurveyed(LoopFigures)
    case surveyingFile(share: Double)
    case fileSurveyed(FirstLook)
    case searching(share: Double)
    case searched(text: String, match: Int?)
    case querying(number: Int, share: Double, found: Int)
    case queried(number: Int, QueryAnswer)
    case valuesCounted(QueryValues)
    /// What a decision would do to many rows, as `plan` was asked.
    case bulkPlanned(number: Int, BulkPlan)
    /// The queries that were used in this review before.
    case queriesLoaded(QueryLibrary)
    case exportPlanned(ExportPlan)
    case exporting(share: Double)
    case exported(CleaningReport)
    case exportFailed(any Error)
  }

  struct State {
    var shown: Dataset?
    var review: Review?
    /// What the journal holds.
    var ledger = ReviewLedger()
    var cache: ScoreCache?
    /// Decides, with the annotator's name, which side stands as A.
    var seed: UInt64 = 0
    /// What is counted of the texts, once a query has asked for it.
    var measures: RowMeasures?
    var opened: IndexedDataset?
    var runner: ScanRunner?
    var scan: ScanResult?
    /// Of the signals under these labels; nil until they have been compared.
    var correlations: (changes: LabelChanges, of: SignalCorrelations)?
    var evidenceRequest: EvidenceRequest?
    /// What questions about the pairs are answered from: of the file, and of the newest refit to the
    /// decisions.
    var fileArtefacts: ScanArtefacts?
    var artefacts: ScanArtefacts?
    /// The further signals as they followed the decisions last.
    var followed: FollowedSignals?
    /// What the confirmed pairs said when it was last worked out.
    var loop: [SignalID: SignalValues] = [:]
    var biases: BiasTable?
    var firstLook: FirstLook?
  }

  let input: DatasetInput
  let mapping: FieldMapping?
  let described: (any RowFormat)?
  let columns: NamedColumns
  let scores: [ScoreFile]
  let readSettings: DatasetReadSettings
  let request: @Sendable (Dataset) throws -> ReviewRequest
  let settings: ScanSettings
  let jobs: Int
  let report: @Sendable (Report) -> Void

  let state = Mutex(State())
  let background = WorkerThread(name: "engine", niceness: 10)
  let journalThread = WorkerThread(name: "journal")
  let searchThread = WorkerThread(name: "search", niceness: 5)
  let queryThread = WorkerThread(name: "query", niceness: 5)
  /// Evidence is looked at while a search may run on.
  let evidenceThread = WorkerThread(name: "evidence")
  /// Follows the decisions with the ranking.
  let rescoringThread = WorkerThread(name: "rescoring", niceness: 10)
  let exportThread = WorkerThread(name: "export", niceness: 5)
  let scanning = JobSlot()
  let surveying = JobSlot()
  let looking = JobSlot()
  let searching = JobSlot()
  let querying = JobSlot()
  let planning = JobSlot()
  let exporting = JobSlot()
  let opening = CancellationFlag()
  let decisions = DecisionFeed()

  /// - Parameters:
  ///   - input: The data set.
  ///   - mapping: The fields that the person named, if any.
  ///   - described: The format that a description beside the data set gives, if any.
  ///   - columns: The columns to which the person gave a meaning.
  ///   - scores: What reward models from elsewhere say of the rows.
  ///   - readSettings: Bounds on reading it.
  ///   - settings: The scan's settings.
  ///   - jobs: How many threads a scan may use.
  ///   - request: Where the review of the opened data set is.
  ///   - report: Told everything, from any thread.
  public init(
    input: DatasetInput, mapping: FieldMapping?, described: (any RowFormat)? = nil,
    columns: NamedColumns = NamedColumns(),
    scores: [ScoreFile] = [], readSettings: DatasetReadSettings,
    settings: ScanSettings, jobs: Int,
    request: @escaping @Sendable (Dataset) throws -> ReviewRequest,
    report: @escaping @Sendable (Report) -> Void
  ) {
    self.input = input
    self.mapping = mapping
    self.described = described
    self.columns = columns
    self.scores = scores
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
          input, mapping: mapping, columns: columns, described: described, settings: readSettings,
          observe: { [opening] _ in !opening.isCancelled },
          firstRows: { [self] first in
            show(first, isWhole: false)
            // The review of a stream is found by its content, which is not known yet.
            if first.path != nil { openReview(of: first) }
          })
        show(dataset, isWhole: true)
        openReview(of: dataset)
        var throttle = Throttle()
        let indexed = IndexedDataset(dataset, jobs: jobs) { share in
          if throttle.isDue() { report(.indexing(share: share)) }
          return !opening.isCancelled
        }
        guard var indexed else { return }
        for file in scores { indexed = try indexed.scored(by: file).scored }
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
        state.ledger = ledger
        state.seed = seed
        state.cache = request.scoreCache
      }
      report(.reviewOpened(review, ledger, place: place, seed: seed))
      loadQueries(of: review)
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

  /// Asks everything that runs to stop, and waits until it has: decisions that were given are saved,
  /// a scan ends its step, an export leaves the old file.
  ///
  /// The process may only end after this. OpenBLAS gives its buffers back when a process exits, and
  /// a scan that still ran on them would crash it.
  public func stop() {
    opening.cancel()
    scanning.cancel()
    surveying.cancel()
    looking.cancel()
    searching.cancel()
    querying.cancel()
    planning.cancel()
    exporting.cancel()
    decisions.close()
    waitUntilIdle()
  }

  /// Waits until everything that was asked for has been done, and reported.
  public func waitUntilIdle() {
    // Work goes from a thread to those behind it, never back.
    let threads = [
      background, journalThread, searchThread, queryThread, rescoringThread, evidenceThread,
      exportThread,
    ]
    decisions.withoutPauses {
      for thread in threads { thread.waitUntilIdle() }
    }
  }

  /// Waits until every event that was given is on disk, or is known not to be.
  public func waitUntilSaved() { journalThread.waitUntilIdle() }
}
