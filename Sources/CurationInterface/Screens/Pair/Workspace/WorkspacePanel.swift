import PreferenceData
import TerminalSurface

/// What stands below the workspace on a large screen.
enum WorkspacePanel: Hashable, Sendable, CaseIterable {
  case history, rubric, note, guidelines

  /// With fewer rows than this the texts need all of them.
  private static let leastRows = 40
  private static let manyRows = 60

  static func fit(in size: Size) -> Bool {
    PairShape(size: size) == .workspace && size.rows >= leastRows
  }

  /// How many rows they take, the title line included.
  static func rows(in size: Size) -> Int {
    guard fit(in: size) else { return 0 }
    return size.rows < manyRows ? 4 : 7
  }

  /// The line over the workspace: which rows the queue lists, and what the rubric asks.
  static func headRows(in size: Size) -> Int { fit(in: size) ? 1 : 0 }
}

extension Session {
  /// The line over the workspace, and the panels below it.
  func drawWorkspacePanels(_ layout: PairLayout, in frame: inout Frame) {
    guard !layout.geometry.panels.isEmpty else { return }
    drawWorkspaceHead(in: &frame)
    for panel in WorkspacePanel.allCases {
      guard let area = layout.geometry.panels[panel] else { continue }
      let parts = area.split(top: 1)
      let (title, way) = heading(of: panel)
      frame.rule(
        column: area.column, row: area.row, columns: area.columns,
        title: [StyledRun(title, .title)], note: way.isEmpty ? [] : [StyledRun(" ")] + way)
      let inside = Rect(
        column: parts.rest.column + 1, row: parts.rest.row, columns: parts.rest.columns - 2,
        rows: parts.rest.rows)
      switch panel {
      case .history: drawHistory(in: inside, of: &frame)
      case .rubric: drawRubric(in: inside, of: &frame)
      case .note: drawNote(in: inside, of: &frame)
      case .guidelines: drawGuidelines(in: inside, of: &frame)
      }
    }
  }

  /// Its title, and the key that does what the panel is about.
  private func heading(of panel: WorkspacePanel) -> (title: String, way: [StyledRun]) {
    let (title, word, action): (String, String, Action) =
      switch panel {
      case .history: ("HISTORY", "takes back", .undo)
      case .rubric: ("RUBRIC", "answers", .criteria)
      case .note: ("NOTE", "writes", .note)
      case .guidelines: ("GUIDELINES", "reads", .openGuidelines)
      }
    let isOfUse: Bool =
      switch panel {
      case .history: review.ledger.undoCount(of: annotator) > 0
      case .rubric: !configuration.rubric.criteria.isEmpty
      case .note: true
      case .guidelines: !configuration.rubric.guidelines.isEmpty
      }
    guard isOfUse else { return (title, []) }
    return (title, [StyledRun(keyName(action), .hintKey), StyledRun(" \(word) ", .hintText)])
  }

  private func drawWorkspaceHead(in frame: inout Frame) {
    if let filter = queue.filter { return drawFilter(filter, in: &frame) }
    let row = 1
    let used = frame.write(queueOrderPhrase, column: 1, row: row, role: .textMuted)
    let rubric = configuration.rubric
    guard !rubric.criteria.isEmpty else { return }
    let names = rubric.criteria.map(\.name).joined(separator: "/")
    let text = "rubric: \(names)  scale 1..\(rubric.scale)"
    let room = size.columns - used - 4
    frame.write(
      [StyledRun(display.truncated(text, to: room), .textMuted)], endingAt: size.columns - 1,
      row: row)
  }
}
