import PreferenceData
import TerminalSurface

/// The export dialog: where to write, which rows and in what form, what that comes to, and how it
/// went.
///
/// An export that runs goes on when the dialog is closed.
struct ExportState: Sendable {
  enum Phase: Hashable, Sendable {
    case editing
    case planning
    case planned(ExportPreview)
    case writing(share: Double)
    case done([String])
    case failed(ProblemText)
  }

  /// What the keys change, from the top down.
  enum Part: CaseIterable, Sendable {
    case path, rows, ties, form
  }

  var field: TextField
  var rows = ExportRequest.Rows.all
  var ties = ExportRequest.Ties.drop
  var form: String?
  var part = Part.path
  var phase = Phase.editing
  /// How many lines of the changes stand above the window.
  var scrolled = 0

  var request: ExportRequest {
    ExportRequest(path: field.text, rows: rows, ties: ties, form: form)
  }

  /// What can become of ties in the form that is chosen.
  var possibleTies: [ExportRequest.Ties] { form == nil ? [.drop, .keep] : [.drop, .keep, .both] }

  /// The forms in the order of the dialog, the one in which rows stay as they are first.
  static let forms: [String?] = [nil] + TargetFormats.all.map(\.name)
}

extension Session {
  var exportIsRunning: Bool {
    if case .writing = export?.phase { true } else { false }
  }

  /// What may be written: the listed rows only where the queue lists some of them.
  var exportableRows: [ExportRequest.Rows] {
    [.all, .reviewed]
      + (queue.filter.map { [.listed($0.positions.sorted(), title: $0.title)] } ?? [])
  }

  /// Whether the filter lists other rows by now than those that the dialog was told to write.
  func hasOutdatedRows(_ export: ExportState) -> Bool {
    guard case .listed = export.rows else { return false }
    return !exportableRows.contains(export.rows)
  }

  mutating func openExport() {
    guard dataset.index != nil else { return refuseUntilIndexed() }
    if !exportIsRunning {
      var opened = ExportState(field: TextField(export?.field.text ?? configuration.exportPath))
      opened.form = export?.form
      opened.ties = export?.ties ?? .drop
      export = opened
    }
    overlay = .export
  }

  mutating func pressInExport(_ key: KeyPress) {
    guard var export else { return }
    switch (key, export.phase) {
    case (.escape, _): overlay = nil
    case (.enter, .planned) where hasOutdatedRows(export), (.enter, .editing), (.enter, .failed):
      guard !export.field.isEmpty else { return }
      // Rows that the filter lists no more are not written without having been counted.
      if hasOutdatedRows(export) { export.rows = exportableRows.dropFirst(2).first ?? .all }
      export.scrolled = 0
      export.phase = .planning
      commands.append(.planExport(export.request))
    case (.enter, .planned):
      export.phase = .writing(share: 0)
      commands.append(.export(export.request))
    case (.enter, .done): overlay = nil
    case (.down, .planned(let preview)):
      export.scrolled = min(export.scrolled + 1, max(0, preview.changes.count - 1))
    case (.up, .planned): export.scrolled = max(0, export.scrolled - 1)
    case (_, .editing), (_, .planned), (_, .failed), (_, .done):
      // Another request is another plan.
      let before = export.request
      change(&export, by: key)
      if export.request != before {
        export.phase = .editing
        export.scrolled = 0
      }
    default: break
    }
    self.export = export
  }

  /// Tab goes from part to part; in the path keys are text, elsewhere they choose.
  private func change(_ export: inout ExportState, by key: KeyPress) {
    switch (key, export.part) {
    case (.tab, _), (.down, _):
      export.part = Self.stepped(export.part, in: ExportState.Part.allCases, by: 1)
    case (.backTab, _), (.up, _):
      export.part = Self.stepped(export.part, in: ExportState.Part.allCases, by: -1)
    case (_, .path): _ = export.field.press(key)
    case (.character(" "), .rows), (.right, .rows):
      export.rows = Self.stepped(export.rows, in: exportableRows, by: 1)
    case (.left, .rows): export.rows = Self.stepped(export.rows, in: exportableRows, by: -1)
    case (.character(" "), .ties), (.right, .ties):
      export.ties = Self.stepped(export.ties, in: export.possibleTies, by: 1)
    case (.left, .ties): export.ties = Self.stepped(export.ties, in: export.possibleTies, by: -1)
    case (.character(" "), .form), (.right, .form):
      export.form = Self.stepped(export.form, in: ExportState.forms, by: 1)
    case (.left, .form): export.form = Self.stepped(export.form, in: ExportState.forms, by: -1)
    default: break
    }
    if !export.possibleTies.contains(export.ties) { export.ties = .drop }
  }

  private static func stepped<Choice: Equatable>(
    _ current: Choice, in choices: [Choice], by step: Int
  ) -> Choice {
    let place = choices.firstIndex(of: current) ?? 0
    return choices[(place + step + choices.count) % choices.count]
  }

  mutating func updateExport(_ message: Message) {
    guard let phase = export?.phase else { return }
    switch message {
    case .exportPlanned(let preview): if phase == .planning { export?.phase = .planned(preview) }
    case .exporting(let share): if exportIsRunning { export?.phase = .writing(share: share) }
    case .exported(let lines):
      export?.phase = .done(lines)
      sayIfClosed(Notice(lines.first ?? "the export is written", .statusOK))
    case .exportFailed(let problem):
      export?.phase = .failed(problem)
      sayIfClosed(Notice(problem.description, .statusError))
    default: break
    }
  }

  private mutating func sayIfClosed(_ outcome: Notice) {
    if case .export = overlay { return }
    notice = outcome
  }
}
