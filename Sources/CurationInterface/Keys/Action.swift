/// Something that a person can ask for with a key.
///
/// The raw value is the stable name that key files, logs and tests use; it never changes its
/// meaning.
public enum Action: String, Hashable, Sendable, CaseIterable {
  // Deciding
  case preferA = "prefer-a"
  case preferB = "prefer-b"
  case preferAMuch = "prefer-a-much"
  case preferBMuch = "prefer-b-much"
  case tie = "decide-tie"
  case bothBad = "decide-both-bad"
  case drop = "decide-drop"
  case skip = "decide-skip"
  case keepOrPageDown = "keep-or-page-down"
  case swapPreference = "swap-preference"
  case decideCopies = "decide-copies"
  case undo
  case redo
  // Notes
  case note = "edit-note"
  case tags = "edit-tags"
  case reason = "give-reason"
  case askReasons = "toggle-ask-reasons"
  case criteria = "answer-criteria"
  case askCriteria = "toggle-ask-criteria"
  // Moving
  case lineDown = "line-down"
  case lineUp = "line-up"
  case halfPageDown = "half-page-down"
  case halfPageUp = "half-page-up"
  case pageDown = "page-down"
  case pageUp = "page-up"
  case top = "go-top"
  case bottom = "go-bottom"
  case nextPane = "next-pane"
  case previousPane = "previous-pane"
  case nextPair = "next-pair"
  case previousPair = "previous-pair"
  case nextPairOfRow = "next-pair-of-row"
  case previousPairOfRow = "previous-pair-of-row"
  case nextUndecided = "next-undecided"
  case previousUndecided = "previous-undecided"
  case goToRow = "go-to-row"
  case goToID = "go-to-id"
  case lastDecided = "go-last-decided"
  // Views
  case openPair = "open-pair"
  case openQueue = "open-queue"
  case evidence = "open-evidence"
  case back
  case takeNewScores = "take-new-scores"
  case openBiases = "open-biases"
  case openCounterExamples = "open-counter-examples"
  case filter = "filter-queue"
  case openDashboard = "open-dashboard"
  case drillDown = "drill-down"
  case startReview = "start-review"
  case startAudit = "start-audit"
  case openFirstLook = "open-first-look"
  case openGuidelines = "open-guidelines"
  case openFoundRows = "open-found-rows"
  case clearFilter = "clear-filter"
  // Order
  case orderBySuspicion = "order-by-suspicion"
  case orderByMargin = "order-by-margin"
  case orderByInfluence = "order-by-influence"
  case orderByValue = "order-by-value"
  case orderByUncertainty = "order-by-uncertainty"
  case orderByLength = "order-by-length"
  case orderByRatio = "order-by-ratio"
  case orderByTime = "order-by-time"
  case orderAsInFile = "order-as-in-file"
  case reverseOrder = "reverse-order"
  // Many rows at once
  case mark = "mark-row"
  case markRange = "mark-range"
  case markAll = "mark-all"
  case clearMarks = "clear-marks"
  case keepMarked = "keep-marked"
  case swapMarked = "swap-marked"
  case tieMarked = "tie-marked"
  case bothBadMarked = "both-bad-marked"
  case dropMarked = "drop-marked"
  case skipMarked = "skip-marked"
  case tagMarked = "tag-marked"
  // Evidence
  case jump = "jump-to-related"
  case jumpBack = "jump-back"
  case jumpForward = "jump-forward"
  case nextRelated = "next-related"
  case previousRelated = "previous-related"
  case allSignals = "toggle-all-signals"
  case epochs = "toggle-epochs"
  case evidenceAfter = "toggle-evidence-after"
  case evidenceAfterBatch = "toggle-evidence-after-batch"
  case openBatch = "open-batch"
  case similar = "list-similar"
  // Searching
  case searchText = "search-text"
  case nextMatch = "next-match"
  case previousMatch = "previous-match"
  // Display
  case foldPrompt = "fold-prompt"
  case zoom = "zoom-pane"
  case wordDiff = "toggle-word-diff"
  case rawText = "toggle-raw-text"
  case foldReasoning = "fold-reasoning"
  case viewPicture = "view-picture"
  case blind = "toggle-blind"
  case turnSides = "turn-sides"
  case autoNext = "toggle-auto-next"
  case auditMix = "toggle-audit-mix"
  case chooseTheme = "choose-theme"
  case hints = "toggle-hints"
  // Copying
  case copyID = "copy-id"
  case copyPrompt = "copy-prompt"
  case copyA = "copy-a"
  case copyB = "copy-b"
  // Program
  case help
  case export
  case engine = "toggle-scan"
  case cancel
  case redraw
  case suspend
  case interrupt
  case quit
}

/// The heading under which the help lists an action.
public enum ActionGroup: String, Hashable, Sendable, CaseIterable {
  case deciding = "Deciding"
  case notes = "Notes"
  case moving = "Moving"
  case views = "Views"
  case searching = "Searching"
  case display = "Display"
  case copying = "Copying"
  case program = "Program"
}

/// Where a key is live. A view's own keys and those that are live everywhere never clash.
public enum KeyScope: String, Hashable, Sendable, CaseIterable {
  case everywhere, queue, pair, evidence, epochs, batch, bias, firstLook, dashboard
}
