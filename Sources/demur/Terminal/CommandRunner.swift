import CurationEngine
import CurationInterface
import PreferenceData
import TerminalDriver

/// Carries out what the session asks for: hands work to the engine, and answers at once what can be
/// answered at once.
@MainActor
struct CommandRunner {
  let engine: LiveEngine
  let terminal: CursesTerminal

  /// How many contributions the evidence shows before the rest is summed up.
  private static let contributionLimit = 40

  /// Carries out `command`.
  /// - Returns: What has already come of it.
  func run(_ command: Command) -> [Message] {
    switch command {
    case .loadRows(let positions): return [.rowsLoaded(engine.rows(at: positions))]
    case .record(let event): engine.record(event)
    case .savePlace(let row): engine.savePlace(row)
    case .startScan: engine.startScan()
    case .cancelScan: engine.cancelScan()
    case .explain(let position, let pair):
      engine.explain(position: position, pair: pair, limit: Self.contributionLimit)
    case .search(let text, let positions): engine.search(text, positions: positions)
    case .cancelSearch: engine.cancelSearch()
    case .query(let query, let number, let marked):
      engine.query(query, number: number, marked: marked)
    case .cancelQuery: engine.cancelQuery()
    case .countValues(let marked): engine.countValues(marked: marked)
    case .saveQueries(let library): engine.save(library)
    case .surveyBiases: engine.surveyBiases()
    case .cancelBiasSurvey: engine.cancelBiasSurvey()
    case .surveyReview: engine.surveyReview()
    case .surveyFile: engine.surveyFile()
    case .cancelFileSurvey: engine.cancelFileSurvey()
    case .planExport(let path): engine.planExport(to: Self.expanded(path))
    case .export(let path):
      engine.export(to: Self.expanded(path), version: Version.current)
    case .cancelExport: engine.cancelExport()
    case .copy(let text): Clipboard.copy(text)
    case .keepTheme(let name):
      let file = Configuration.ofRun.file
      do {
        try file.say(.theme, name)
        return [.themeKept(file.path)]
      } catch {
        return [.themeNotKept(error.problem)]
      }
    case .redraw: terminal.redraw()
    case .suspend:
      terminal.suspend()
      return [.resized(terminal.size)]
    case .quit: break
    }
    return []
  }

  /// `~/` at the beginning of a path as a shell would read it.
  private static func expanded(_ path: String) -> String {
    path.hasPrefix("~/") ? HomeFolder.path + path.dropFirst() : path
  }
}
