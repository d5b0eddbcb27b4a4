import PreferenceData
import TerminalSurface
import Testing

@testable import CurationInterface
@testable import PreferenceScoring

/// A session with a world around it that answers: rows at once, events by a journal that can be
/// told to wait or to fail, and an engine that reports what the test says.
///
/// It also watches the law that no event is offered while another one is unanswered.
struct ReviewScript {
  enum Journal {
    case answers, waits
    case fails(ProblemText)
  }

  private(set) var session: Session
  let rows: [Result<PreferenceRow, RowProblem>]
  var journal = Journal.answers
  /// Every event that is on disk.
  private(set) var events: [ReviewEvent]
  private(set) var commands: [Command] = []
  private(set) var hasQuit = false
  var milliseconds: Int64 = 0
  let scan: ScanResult
  /// What the engine answers when the biases are asked for, unless it is still at work.
  let biases: BiasTable
  /// What it answers when the file is to be looked at.
  let firstLook: FirstLook
  var isSurveyWaiting = false
  /// Whether a query is still being answered.
  var isQueryWaiting = false
  /// Whether a plan of many decisions is still being worked out.
  var isPlanWaiting = false
  /// What the person leaves in an editor; nil where it has not been closed.
  var editedText: String?
  private var unanswered: ReviewEvent?

  init(
    rows: [Result<PreferenceRow, RowProblem>] = SampleRows.rows,
    size: Size = Size(columns: 80, rows: 24),
    isBlind: Bool = true, access: ReviewAccess = .write, place: RowID? = nil,
    events: [ReviewEvent] = [], isIndexed: Bool = true, isScanned: Bool = false,
    glyphs: Glyphs = .ascii, auditCount: Int? = nil, repeatShare: Double = 0,
    keymap: Keymap = .standard, themes: [Theme] = [], rubric: Rubric = Rubric(),
    batchSize: Int = 0
  ) {
    self.rows = rows
    self.events = events
    scan = SampleRows.scan(of: rows)
    biases = SampleRows.biases(of: rows)
    firstLook = SampleRows.firstLook(of: rows)
    var configuration = SessionConfiguration(
      annotator: SampleRows.annotator, seed: 7, isBlind: isBlind, fileName: "pairs.jsonl",
      size: size, display: DisplayText(glyphs: glyphs), keymap: keymap)
    configuration.auditCount = auditCount
    configuration.repeatShare = repeatShare
    configuration.themes = themes
    if let theme = themes.first { configuration.theme = theme }
    configuration.rubric = rubric
    configuration.batchSize = batchSize
    session = Session(configuration: configuration)
    send(.clock(millisecondsSince1970: 1_800_000_000_000))
    send(
      .opened(
        DatasetFacts(
          name: "pairs.jsonl", container: "jsonl", format: "trl-standard-explicit",
          rowCount: rows.count, isWhole: true)))
    if isIndexed { send(.indexed(SampleRows.index(of: rows))) }
    send(.reviewOpened(ReviewLedger(events: events), access: access, place: place))
    if isScanned { send(.scanned(scan, scanID: "scan-1")) }
  }

  var lines: [String] { session.frame().lines }
  var screen: String { lines.joined(separator: "\n") }
  var ledger: ReviewLedger { session.review.ledger }
  var position: Int? { session.pair?.position ?? session.queue.position }

  /// Presses keys spelled as in help and key files, with blanks between them: `j j Enter a u`.
  mutating func press(_ keys: String, every milliseconds: Int64 = 1_000) {
    for word in keys.split(separator: " ") {
      guard let sequence = KeySequence(String(word)) else {
        Issue.record("no key is called \(word)")
        continue
      }
      for key in sequence.keys { press(key, after: milliseconds) }
    }
  }

  mutating func press(_ key: KeyPress, after milliseconds: Int64 = 1_000) {
    self.milliseconds += milliseconds
    send(.pressed(key, milliseconds: self.milliseconds))
  }

  /// Does what `action` asks for, whatever its keys.
  mutating func perform(_ action: Action) {
    let keys = session.keymap.key(for: action, in: session.screen.scope)?.keys ?? []
    #expect(!keys.isEmpty, "\(action) has no key in this view")
    for key in keys { press(key) }
  }

  mutating func type(_ text: String) {
    for character in text { press(.character(character)) }
  }

  mutating func send(_ message: Message) {
    perform(session.receive(message))
  }

  /// The journal answers the event that has been waiting.
  mutating func answerJournal() {
    guard let event = unanswered else { return }
    unanswered = nil
    if case .fails(let problem) = journal { return send(.recordFailed(problem)) }
    var recorded = event
    recorded.sequence = (events.last?.sequence ?? 0) + 1
    events.append(recorded)
    send(.recorded(recorded))
  }

  mutating func forgetCommands() { commands = [] }

  private mutating func perform(_ commands: [Command]) {
    self.commands += commands
    for command in commands {
      switch command {
      case .loadRows(let positions):
        #expect(positions.allSatisfy { rows.indices.contains($0) })
        send(.rowsLoaded(Dictionary(uniqueKeysWithValues: positions.map { ($0, rows[$0]) })))
      case .record(let event):
        #expect(unanswered == nil, "an event while another one is unanswered")
        unanswered = event
        if case .waits = journal { continue }
        answerJournal()
      case .explain(let position, let pair):
        send(
          .explained(
            position: position, pair: pair,
            SampleRows.evidence(of: position, in: scan, rows: rows)))
      case .surveyBiases where isSurveyWaiting: send(.surveyingBiases(share: 0.4))
      case .surveyBiases: send(.biasesSurveyed(biases))
      case .query(_, let number, _) where isQueryWaiting:
        send(.querying(number: number, share: 0.61, found: 2))
      case .query(let query, let number, let marked):
        var subject = subject(marked)
        for name in query.anchors {
          guard let position = Int(name.dropFirst("row:".count)) else { continue }
          let related = SampleRows.evidence(of: position, in: scan, rows: rows)?.related
          subject.near[name] = [position] + (related?.rows ?? [])
        }
        var run = QueryRun(query, of: subject, jobs: 1)
        while !run.advance() {}
        if let answer = run.answer { send(.queried(number: number, answer)) }
      case .planBulk where isPlanWaiting: break
      case .planBulk(let plan, let positions, let number):
        send(.bulkPlanned(number: number, planned(plan, positions)))
      case .edit: if let editedText { send(.edited(editedText)) }
      case .countValues(let marked):
        send(.valuesCounted(QueryValues(of: subject(marked), measures: nil)))
      case .surveyReview:
        let index = SampleRows.index(of: rows)
        let seed = session.configuration.seed
        send(
          .reviewSurveyed(
            ReviewedRow.all(in: ledger, index: index, seed: seed) { rows[$0] }))
      case .surveyFile where isSurveyWaiting: send(.surveyingFile(share: 0.4))
      case .surveyFile: send(.fileSurveyed(firstLook))
      case .search(let text, let positions):
        send(.searched(text: text, match: positions.first { holds(text, at: $0) }))
      case .planExport:
        let changes: [ExportPreview.Change] = [
          .init(
            position: 3, phrase: "swapped", before: "the first\nanswer", after: "\u{1B}[2Jhostile"),
          .init(position: 7, phrase: "left out"),
        ]
        send(
          .exportPlanned(
            ExportPreview(
              lines: ["15 rows in, 15 rows out", "2 labels swapped"], changes: changes)))
      case .export: send(.exporting(share: 0.25))
      case .cancelScan: send(.scanCancelled)
      case .startScan: send(.scanning(ScanProgress(stage: .reading, share: 0.1), secondsLeft: 90))
      case .quit: hasQuit = true
      default: break
      }
    }
  }

  private func planned(_ plan: BulkPlan, _ positions: [Int]) -> BulkPlan {
    var plan = plan
    let index = SampleRows.index(of: rows)
    for position in positions {
      guard let id = index.ids[position] else { continue }
      plan.add(position, id, standing: ledger.standing(on: id, by: SampleRows.annotator)?.decision)
      {
        guard case .success(let row) = rows[position] else { return nil }
        return row
      }
    }
    return plan
  }

  /// What queries are asked of.
  private func subject(_ marked: Set<Int>) -> QuerySubject {
    QuerySubject(
      source: SampleSource(rows: rows), index: SampleRows.index(of: rows),
      scan: session.engine.latest?.result, ledger: ReviewLedger(events: events),
      annotator: SampleRows.annotator, seed: 7, marked: marked)
  }

  private func holds(_ text: String, at position: Int) -> Bool {
    guard case .success(let row) = rows[position] else { return false }
    return (row.sides.map(\.text) + [row.contextText]).contains {
      $0.lowercased().contains(text.lowercased())
    }
  }
}

extension ReviewScript {
  /// Opens the row at `position` in the pair view.
  mutating func go(to position: Int) {
    press("gn")
    type(String(position))
    press("Enter")
    if session.screen == .queue { press("Enter") }
    #expect(session.pair?.position == position)
  }

  func loaded(_ position: Int) -> LoadedRow? { session.rows[position]?.loaded }

  func standing(on position: Int) -> ReviewLedger.Standing? { session.standing(at: position) }

  func decision(on position: Int) -> Decision? { standing(on: position)?.decision }

  func outcome(on position: Int) -> Outcome? {
    guard let row = loaded(position) else { return nil }
    return decision(on: position)?.verdict.outcome(
      sides: row.sideIDs, preferred: row.row.label.preferred)
  }
}

/// The rows of a script as queries read them.
private struct SampleSource: QuerySource {
  let rows: [Result<PreferenceRow, RowProblem>]

  var rowCount: Int { rows.count }
  var rewards: [ExternalReward] { [] }
  func row(at index: Int) -> Result<PreferenceRow, RowProblem> { rows[index] }
  func readBytes(of rows: ArraySlice<Int>, _ body: (Int, Span<UInt8>) -> Void) -> Bool { false }
  func columnText(_ path: FieldPath, ofRow row: Int) -> String? { nil }
}
