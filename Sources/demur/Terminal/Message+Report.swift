import CurationEngine
import CurationInterface
import DatasetFiles
import PreferenceData
import ReviewStore

extension Message {
  /// What the session is told of an engine's report; nil where the loop deals with it.
  init?(_ report: LiveEngine.Report, file: String, folder: String) {
    func problem(_ error: any Error) -> ProblemText {
      Failure(describing: error, file: file, folder: folder).problem
    }
    switch report {
    case .opened(let dataset, let isWhole):
      self = .opened(
        DatasetFacts(
          name: dataset.name, container: dataset.containerSummary,
          format: dataset.formatSummary, rowCount: dataset.rowCount, isWhole: isWhole,
          holdsEqualRanks: dataset.format.holdsEqualRanks))
    case .openFailed, .reviewFailed: return nil
    case .reviewOpened(let review, let ledger, let place, _):
      let access = review.hindrance.map { ReviewAccess.read(heldBy: $0.text) } ?? .write
      self = .reviewOpened(ledger, access: access, place: place)
    case .changedSinceReview(let lost):
      let what = "the file is not the one that was reviewed last"
      self = .datasetChanged(
        lost == 0 ? what : "\(what): \(Numbers.count(lost, "decision")) lost their row (demur log)")
    case .indexing(let share): self = .indexing(share: share)
    case .indexed(let index): self = .indexed(index)
    case .scanning(let progress, let left): self = .scanning(progress, secondsLeft: left)
    case .scanned(let result, let scanID): self = .scanned(result, scanID: scanID)
    case .compared(let result, let scanID): self = .compared(result, scanID: scanID)
    case .rescored(let result): self = .rescored(result)
    case .scanCancelled: self = .scanCancelled
    case .scanFailed(let error): self = .scanFailed(problem(error))
    case .explained(let position, let pair, let evidence):
      self = .explained(position: position, pair: pair, evidence)
    case .recorded(let event): self = .recorded(event)
    case .recordFailed(let error): self = .recordFailed(problem(error))
    case .surveyingBiases(let share): self = .surveyingBiases(share: share)
    case .biasesSurveyed(let table): self = .biasesSurveyed(table)
    case .reviewSurveyed(let rows): self = .reviewSurveyed(rows)
    case .loopSurveyed(let figures): self = .loopSurveyed(figures)
    case .surveyingFile(let share): self = .surveyingFile(share: share)
    case .fileSurveyed(let look): self = .fileSurveyed(look)
    case .searching(let share): self = .searching(share: share)
    case .searched(let text, let match): self = .searched(text: text, match: match)
    case .querying(let number, let share, let found):
      self = .querying(number: number, share: share, found: found)
    case .queried(let number, let answer): self = .queried(number: number, answer)
    case .valuesCounted(let values): self = .valuesCounted(values)
    case .bulkPlanned(let number, let plan): self = .bulkPlanned(number: number, plan)
    case .queriesLoaded(let library): self = .queriesLoaded(library)
    case .exportPlanned(let plan): self = .exportPlanned(ExportPreview(plan))
    case .exporting(let share): self = .exporting(share: share)
    case .exported(let report): self = .exported(report.lines)
    case .exportFailed(let error): self = .exportFailed(problem(error))
    }
  }
}

extension Review.Hindrance {
  /// Who or what keeps this process from writing, in a few words.
  fileprivate var text: String {
    switch self {
    case .notWanted: "this process"
    case .held(let holder): Failure.text(of: holder)
    case .notWritable(let path): "nobody, but \(path) cannot be written"
    }
  }
}
