import CurationEngine
import CurationInterface
import PreferenceData
import TerminalDriver

/// Carries out what the session asks for: hands work to the engine, and answers at once what can be
/// answered at once.
@MainActor
struct CommandRunner {
  let engine: LiveEngine
  /// Nil where keys come from a script.
  let terminal: (any ReviewScreen)?
  let viewer: Viewer
  let clipboard: Clipboard

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
    case .planBulk(let plan, let positions, let number):
      engine.plan(plan, positions: positions, number: number)
    case .cancelBulk: engine.cancelPlan()
    case .saveQueries(let library): engine.save(library)
    case .surveyBiases: engine.surveyBiases()
    case .cancelBiasSurvey: engine.cancelBiasSurvey()
    case .surveyReview: engine.surveyReview()
    case .surveyFile: engine.surveyFile()
    case .cancelFileSurvey: engine.cancelFileSurvey()
    case .planExport(let request):
      engine.planExport(Self.job(request), changeLimit: ExportPreview.changeLimit)
    case .export(let request): engine.export(Self.job(request), version: Version.current)
    case .cancelExport: engine.cancelExport()
    case .keepTheme(let name):
      let file = Configuration.ofRun.file
      do {
        try file.say(.theme, name)
        return [.themeKept(file.path)]
      } catch {
        return [.themeNotKept(error.problem)]
      }
    case .edit(let text): return [NoteEditor(terminal: terminal).edit(text)]
    case .copy(let text): if terminal != nil { clipboard.copy(text) }
    case .lookAtPictures(let places):
      let facts = places.map { ($0, viewer.facts(of: $0)) }
      return [.picturesSeen(Dictionary(facts, uniquingKeysWith: { first, _ in first }))]
    case .view(let place): return view(place)
    case .redraw: terminal?.redraw()
    case .suspend:
      guard let terminal else { return [] }
      terminal.suspend()
      return [.resized(terminal.size)]
    case .quit: break
    }
    return []
  }

  private static func job(_ request: ExportRequest) -> LiveEngine.ExportJob {
    let (scope, selection): (CleaningPlan.Scope, RowSelection?) =
      switch request.rows {
      case .all: (.all, nil)
      case .reviewed: (.reviewed, nil)
      case .listed(let rows, let title): (.all, RowSelection(name: title, rows: Set(rows)))
      }
    let ties: CleaningPlan.Ties =
      switch request.ties {
      case .drop: .drop
      case .keep: .keep
      case .both: .both
      }
    return LiveEngine.ExportJob(
      path: expanded(request.path), scope: scope, selection: selection, ties: ties,
      target: TargetFormats.all.first { $0.name == request.form })
  }

  private func view(_ place: String) -> [Message] {
    guard let terminal else { return [] }
    do throws(Viewer.Refusal) {
      try viewer.show(place, in: terminal)
      return [.resized(terminal.size)]
    } catch {
      return [.resized(terminal.size), .viewFailed(error.problem)]
    }
  }

  /// `~/` at the beginning of a path as a shell would read it.
  private static func expanded(_ path: String) -> String {
    path.hasPrefix("~/") ? HomeFolder.path + path.dropFirst() : path
  }
}
