import CurationEngine
import CurationInterface
import DatasetFiles
import Foundation
import TerminalDriver

/// The screen loop: waits for keys, signals and the engine, lets the session take them in, carries
/// out what it asks for, and draws once.
///
/// It runs on the main thread and blocks in `wait` and nowhere else; with nothing to do it uses no
/// processor at all.
@MainActor
struct TerminalLoop {
  let terminal: CursesTerminal
  let mailbox: Mailbox<LiveEngine.Report>
  let engine: LiveEngine
  let file: String
  let folder: String
  var session: Session

  private let clock = ContinuousClock()
  private let start = ContinuousClock().now
  private var lastLook: ContinuousClock.Instant
  private var knownChange: FileChange?

  init(
    terminal: CursesTerminal, mailbox: Mailbox<LiveEngine.Report>, engine: LiveEngine,
    file: String, folder: String, session: Session
  ) {
    self.terminal = terminal
    self.mailbox = mailbox
    self.engine = engine
    self.file = file
    self.folder = folder
    self.session = session
    lastLook = start
  }

  /// Runs until the person or a signal ends it.
  ///
  /// - Parameter reports: What the engine said before the screen was there.
  /// - Returns: The exit status.
  /// - Throws: `Failure`, where the data set turns out to be none.
  mutating func run(_ reports: [LiveEngine.Report]) throws -> Int32 {
    guard try take(reports) else { return ExitStatus.done.rawValue }
    terminal.show(session.frame(), theme: session.theme)
    while true {
      terminal.wait(for: [mailbox.descriptor])
      guard try take(mailbox.drain()) else { return ExitStatus.done.rawValue }
      for event in terminal.readEvents() {
        switch event {
        case .key(let key):
          let milliseconds = Int64((clock.now - start) / .milliseconds(1))
          guard receive(.pressed(key, milliseconds: milliseconds)) else {
            return ExitStatus.done.rawValue
          }
        case .resized(let size): _ = receive(.resized(size))
        case .continued: _ = receive(.resized(terminal.size))
        case .stopRequested:
          terminal.suspend()
          _ = receive(.resized(terminal.size))
        case .quit(let signal): return 128 + signal
        }
      }
      lookAtFile()
      terminal.show(session.frame(), theme: session.theme)
    }
  }

  /// Lets the session take in what the engine says. False ends the program.
  private mutating func take(_ reports: [LiveEngine.Report]) throws -> Bool {
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
  private mutating func receive(_ message: Message) -> Bool {
    var waiting = [.clock(millisecondsSince1970: WallClock.millisecondsSince1970), message]
    while !waiting.isEmpty {
      let commands = session.receive(waiting.removeFirst())
      let runner = CommandRunner(engine: engine, terminal: terminal)
      for command in commands {
        if command == .quit { return false }
        waiting += runner.run(command)
      }
    }
    return true
  }

  /// Says so when the data set has changed under the review. Only looked for when something
  /// happens anyway, so that an idle program stays idle.
  private mutating func lookAtFile() {
    let now = clock.now
    guard now - lastLook > .seconds(2) else { return }
    lastLook = now
    guard let change = engine.datasetChange(), change != knownChange else { return }
    knownChange = change
    _ = receive(
      .datasetChanged("the file was \(change.text) while it is open: open it again to export"))
  }
}
