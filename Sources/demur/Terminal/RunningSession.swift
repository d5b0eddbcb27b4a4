import CurationEngine
import CurationInterface

/// A session with the engine behind it: what the engine says goes in, what the session asks for is
/// carried out.
@MainActor
struct RunningSession {
  let engine: LiveEngine
  /// Nil where keys come from a script.
  let terminal: (any ReviewScreen)?
  let file: String
  let folder: String
  var session: Session
  private let viewer: Viewer
  private let clipboard: Clipboard

  init(
    engine: LiveEngine, terminal: (any ReviewScreen)?, file: String, folder: String,
    session: Session, environment: [String: String]
  ) {
    self.engine = engine
    self.terminal = terminal
    self.file = file
    self.folder = folder
    self.session = session
    viewer = Viewer(file: file, environment: environment)
    clipboard = Clipboard(environment: environment)
  }

  /// Lets the session take in what the engine says. False ends the program.
  /// - Throws: `Failure`, where the data set turns out to be none.
  mutating func take(_ reports: [LiveEngine.Report]) throws -> Bool {
    for report in reports {
      switch report {
      case .openFailed(let error), .reviewFailed(let error):
        throw Failure(describing: error, file: file, folder: folder)
      default: break
      }
      if let message = Message(report, file: file, folder: folder), !receive(message) {
        return false
      }
    }
    return true
  }

  /// Lets the session take in `message` and all that follows at once. False ends the program.
  mutating func receive(_ message: Message) -> Bool {
    var waiting = [.clock(millisecondsSince1970: WallClock.millisecondsSince1970), message]
    while !waiting.isEmpty {
      let commands = session.receive(waiting.removeFirst())
      let runner = CommandRunner(
        engine: engine, terminal: terminal, viewer: viewer, clipboard: clipboard)
      for command in commands {
        if command == .quit { return false }
        waiting += runner.run(command)
      }
    }
    return true
  }
}
