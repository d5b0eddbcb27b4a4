public import PreferenceData
public import PreferenceScoring
public import TerminalSurface

/// Everything that can happen to the application. The loop turns key presses, resizes and the
/// engine's reports into messages; `Session.receive` is the only place where they change state.
public enum Message: Sendable {
  /// A key. `milliseconds` is a monotonic clock's reading, for the timer of the pair; nil where nobody
  /// looks at it.
  case pressed(KeyPress, milliseconds: Int64?)
  case resized(Size)
  /// The wall clock, sent before each batch of messages that may make a review event.
  case clock(millisecondsSince1970: Int64)

  /// The data set can be shown: once for its first rows, once for all of it.
  case opened(DatasetFacts)
  /// The share of the rows whose identity is known, 0...1. Until the index is whole, nothing can be
  /// decided.
  case indexing(share: Double)
  case indexed(RowIndex)
  case openFailed(ProblemText)
  /// What the journal holds, and whether this process may add to it.
  case reviewOpened(ReviewLedger, access: ReviewAccess, place: RowID?)
  /// The answer to `Command.loadRows`: every row asked for, by position.
  case rowsLoaded([Int: Result<PreferenceRow, RowProblem>])

  case scanning(ScanProgress, secondsLeft: Double?)
  /// The ranking; the further signals may still be on their way.
  case scanned(ScanResult, scanID: String)
  /// The same ranking with all signals that were asked for.
  case compared(ScanResult, scanID: String)
  /// What the decisions up to now make of the ranking.
  case rescored(ScanResult)
  case scanCancelled
  case scanFailed(ProblemText)
  /// The answer to `Command.explain`, and once more when more is known of the pair; nil where the row
  /// cannot be read.
  case explained(position: Int, pair: RankedPair?, PairEvidence?)

  /// The journal has the event on disk.
  case recorded(ReviewEvent)
  /// The journal could not take the event; nothing has changed.
  case recordFailed(ProblemText)

  /// The share of the bias table that is worked out.
  case surveyingBiases(share: Double)
  /// The answer to `Command.surveyBiases`.
  case biasesSurveyed(BiasTable)

  /// The answer to `Command.surveyReview`: the decisions, with what they mean for the file's labels.
  case reviewSurveyed([ReviewedRow])
  /// Comes after it where there are decisions: what the confirmed pairs say.
  case loopSurveyed(LoopFigures)
  /// The share of the rows at which the first look has looked.
  case surveyingFile(share: Double)
  /// The answer to `Command.surveyFile`.
  case fileSurveyed(FirstLook)

  /// The answer to `Command.search`.
  case searched(text: String, match: Int?)
  case searching(share: Double)
  /// How much of the texts has been looked at for `Command.query`, and how many rows are found.
  case querying(number: Int, share: Double, found: Int)
  /// The answer to `Command.query`.
  case queried(number: Int, QueryAnswer)
  /// The answer to `Command.countValues`.
  case valuesCounted(QueryValues)
  /// The answer to `Command.edit`: what the person left in the editor.
  case edited(String)
  case editFailed(ProblemText)
  /// The answer to `Command.planBulk`.
  case bulkPlanned(number: Int, BulkPlan)
  /// The queries that were used and saved in this review before.
  case queriesLoaded(QueryLibrary)
  /// The answer to `Command.planExport`: what would be written.
  case exportPlanned(ExportPreview)
  case exporting(share: Double)
  case exported([String])
  case exportFailed(ProblemText)
  /// The answer to `Command.lookAtPictures`, by place.
  case picturesSeen([String: PictureFacts])
  /// The answer to `Command.view` where nothing could be shown.
  case viewFailed(ProblemText)
  /// The answer to `Command.keepTheme`: the file that remembers it.
  case themeKept(String)
  /// The theme holds for this run only.
  case themeNotKept(ProblemText)
  /// The file under the review is not what it was.
  case datasetChanged(String)
}

/// What the screen says of an opened data set.
public struct DatasetFacts: Hashable, Sendable {
  /// The file's name without its folder; `(standard input)` for a stream.
  public var name: String
  public var container: String
  /// What the detection found and how sure it is, in words.
  public var format: String
  public var rowCount: Int
  /// False while only the first rows are known.
  public var isWhole: Bool
  /// Whether two responses of a ranking can come to be tied.
  public var holdsEqualRanks: Bool

  public init(
    name: String, container: String, format: String, rowCount: Int, isWhole: Bool,
    holdsEqualRanks: Bool = true
  ) {
    self.holdsEqualRanks = holdsEqualRanks
    self.name = name
    self.container = container
    self.format = format
    self.rowCount = rowCount
    self.isWhole = isWhole
  }
}

/// Whether this process may add decisions.
public enum ReviewAccess: Hashable, Sendable {
  case write
  /// Somebody else holds the review; the text says who and since when.
  case read(heldBy: String)
}

/// A failure as a person reads it: what happened, why, and what can be done.
public struct ProblemText: Hashable, Sendable, CustomStringConvertible {
  public var what: String
  public var why: String
  public var remedy: String

  public init(what: String, why: String, remedy: String) {
    self.what = what
    self.why = why
    self.remedy = remedy
  }

  /// One sentence.
  public var description: String {
    [what, why, remedy].filter { !$0.isEmpty }.joined(separator: ": ")
  }
}
