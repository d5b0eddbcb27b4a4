import PreferenceData
import PreferenceScoring
import TerminalSurface

/// The whole application without a terminal: what it knows, what a message changes, what it shows.
///
/// `receive` is the only place where anything changes, and it is synchronous and total; `frame()`
/// only reads. Whatever has to happen in the world comes back as commands, and their outcomes come
/// in as messages.
public struct Session: Sendable {
  let configuration: SessionConfiguration
  var size: Size
  var clock: Int64 = 0
  /// The monotonic reading of the last key.
  var lastKey: Int64?
  var hasKeyBeenPressed = false

  var dataset = DatasetState()
  var rows = RowCache()
  var review = ReviewState()
  var engine = EngineState()
  /// By position; nil where the evidence was asked for and has not come yet.
  var explanations: [Int: PairEvidence?] = [:]

  var isBlind: Bool
  var goesOnAfterDeciding = true
  var chosenTheme: Theme
  var asksCriteria: Bool
  var showsEvidenceAfterDeciding = false
  /// Whether the last row names the usual keys, or the help alone.
  var showsHints: Bool
  /// The number of the query for the pairs near the one in view, until the next key.
  var similarAsked: Int?
  var marksWords = true
  var rendering = RenderingChoice()

  var screen = Screen.queue
  var queue = QueueState()
  var pair: PairState?
  var evidence = EvidenceState()
  var biases = BiasState()
  var firstLook = FirstLookState()
  var epochs = EpochsState()
  var batch = BatchState()
  var pictures = PictureState()
  var dashboard = DashboardState()
  var audit = AuditState()
  var jumps = JumpHistory()
  var layout: PairLayout?
  var overlay: Overlay?
  var export: ExportState?
  var search: SearchState?
  var queries = QueryState()
  var bulk = BulkState()
  var reasons = ReasonState()
  var notice: Notice?
  var commands: [Command] = []
  var requestedRows: Set<Int> = []

  public init(configuration: SessionConfiguration) {
    self.configuration = configuration
    size = configuration.size
    isBlind = configuration.isBlind
    showsHints = configuration.showsHints
    chosenTheme = configuration.theme
    asksCriteria = configuration.rubric.asks && !configuration.rubric.criteria.isEmpty
    batch.size = configuration.batchSize
    dataset.name = configuration.fileName
  }

  /// Whether a decision is on its way to the disk.
  public var isSaving: Bool { review.pending != nil }

  /// Whether everything is there that the first decision needs, or something keeps it from coming.
  public var isReady: Bool {
    dataset.failure != nil || (dataset.index != nil && review.access != nil)
  }

  var annotator: AnnotatorName { configuration.annotator }
  var display: DisplayText { configuration.display }
  var keymap: Keymap { configuration.keymap }

  /// Takes in what happened, and gives what is to be done about it.
  public mutating func receive(_ message: Message) -> [Command] {
    update(message)
    switch message {
    case .pressed, .resized, .clock, .rowsLoaded: break
    default: refreshDashboard()
    }
    settle()
    defer { commands = [] }
    return commands
  }

  private mutating func update(_ message: Message) {
    switch message {
    case .pressed(let key, let milliseconds): receive(key, at: milliseconds)
    case .resized(let size): self.size = size
    case .clock(let milliseconds): clock = milliseconds
    case .opened, .indexing, .indexed, .openFailed, .datasetChanged, .rowsLoaded:
      updateDataset(message)
    case .reviewOpened, .recorded, .recordFailed: updateReview(message)
    case .scanning, .scanned, .compared, .rescored, .scanCancelled, .scanFailed, .explained:
      updateEngine(message)
    case .surveyingBiases, .biasesSurveyed: updateBiases(message)
    case .reviewSurveyed(let rows): dashboard.reviewed = rows
    case .loopSurveyed(let figures): dashboard.loop = figures
    case .surveyingFile, .fileSurveyed: updateFirstLook(message)
    case .searched, .searching: updateSearch(message)
    case .querying, .queried, .valuesCounted, .queriesLoaded: updateFilter(message)
    case .bulkPlanned: updateBulk(message)
    case .edited, .editFailed: updateNote(message)
    case .picturesSeen(let facts): take(facts)
    case .viewFailed(let problem): notice = Notice(problem.description, .statusWarning)
    case .exportPlanned, .exporting, .exported, .exportFailed: updateExport(message)
    case .themeKept, .themeNotKept: updateTheme(message)
    }
  }

  /// Brings what is derived up to date: the rows that are needed, and the layout of the pair.
  private mutating func settle() {
    hideWhatIsBlind()
    clampCursor()
    requestRows()
    layOutPair()
    requestExplanation()
    requestPictures()
  }
}

/// The view that fills the screen.
enum Screen: Hashable, Sendable {
  case queue, pair, evidence, epochs, batch, bias, firstLook, dashboard

  var scope: KeyScope {
    switch self {
    case .queue: .queue
    case .pair: .pair
    case .evidence: .evidence
    case .bias: .bias
    case .firstLook: .firstLook
    case .epochs: .epochs
    case .batch: .batch
    case .dashboard: .dashboard
    }
  }
}

/// What lies over the view and takes the keys.
enum Overlay: Sendable {
  case whichKey([KeyPress])
  case question(Question)
  case prompt(TextPrompt)
  case help(HelpState)
  case filter(FilterState)
  case export
  case themes(ThemeChoice)
  case reason(ReasonQuestion)
  case criteria(CriteriaQuestion)
  case guidelines(GuidelinesState)
}

/// The message line: what was done last, or why something cannot be done.
struct Notice: Hashable, Sendable {
  var text: String
  var role: ThemeRole

  init(_ text: String, _ role: ThemeRole = .text) {
    self.text = text
    self.role = role
  }
}
