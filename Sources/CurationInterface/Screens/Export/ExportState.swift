import TerminalSurface

/// The export dialog: where to write, what would be written, and how it went.
///
/// An export that runs goes on when the dialog is closed.
struct ExportState: Sendable {
  enum Phase: Hashable, Sendable {
    case editing
    case planning
    case planned([String])
    case writing(share: Double)
    case done([String])
    case failed(ProblemText)
  }

  var field: TextField
  var phase = Phase.editing
}

extension Session {
  var exportIsRunning: Bool {
    if case .writing = export?.phase { true } else { false }
  }

  mutating func openExport() {
    guard dataset.index != nil else { return refuseUntilIndexed() }
    if !exportIsRunning {
      let path = export?.field.text ?? configuration.exportPath
      export = ExportState(field: TextField(path))
    }
    overlay = .export
  }

  mutating func pressInExport(_ key: KeyPress) {
    guard var export else { return }
    switch (key, export.phase) {
    case (.escape, _): overlay = nil
    case (.enter, .editing), (.enter, .failed):
      guard !export.field.isEmpty else { return }
      export.phase = .planning
      commands.append(.planExport(path: export.field.text))
    case (.enter, .planned):
      export.phase = .writing(share: 0)
      commands.append(.export(path: export.field.text))
    case (.enter, .done): overlay = nil
    case (_, .editing), (_, .planned), (_, .failed), (_, .done):
      // Another path is another plan.
      let before = export.field.text
      if export.field.press(key), export.field.text != before { export.phase = .editing }
    default: break
    }
    self.export = export
  }

  mutating func updateExport(_ message: Message) {
    guard let phase = export?.phase else { return }
    switch message {
    case .exportPlanned(let lines): if phase == .planning { export?.phase = .planned(lines) }
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
