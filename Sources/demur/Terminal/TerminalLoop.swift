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
  let terminal: any ReviewScreen
  let mailbox: Mailbox<LiveEngine.Report>
  var running: RunningSession

  private let clock = ContinuousClock()
  private let start = ContinuousClock().now
  private var lastLook: ContinuousClock.Instant
  private var knownChange: FileChange?

  init(
    terminal: any ReviewScreen, mailbox: Mailbox<LiveEngine.Report>, running: RunningSession
  ) {
    self.terminal = terminal
    self.mailbox = mailbox
    self.running = running
    lastLook = start
  }

  /// Runs until the person or a signal ends it.
  ///
  /// - Parameter reports: What the engine said before the screen was there.
  /// - Returns: The exit status.
  /// - Throws: `Failure`, where the data set turns out to be none.
  mutating func run(_ reports: [LiveEngine.Report]) throws -> Int32 {
    guard try running.take(reports) else { return ExitStatus.done.rawValue }
    terminal.show(running.session)
    while true {
      terminal.wait(for: [mailbox.descriptor])
      guard try running.take(mailbox.drain()) else { return ExitStatus.done.rawValue }
      for event in terminal.readEvents() {
        switch event {
        case .key(let key):
          let milliseconds = Int64((clock.now - start) / .milliseconds(1))
          guard running.receive(.pressed(key, milliseconds: milliseconds)) else {
            return ExitStatus.done.rawValue
          }
        case .resized(let size): _ = running.receive(.resized(size))
        case .continued: _ = running.receive(.resized(terminal.size))
        case .stopRequested:
          terminal.suspend()
          _ = running.receive(.resized(terminal.size))
        case .quit(let signal): return 128 + signal
        }
      }
      lookAtFile()
      terminal.show(running.session)
    }
  }

  /// Says so when the data set has changed under the review. Only looked for when something
  /// happens anyway, so that an idle program stays idle.
  private mutating func lookAtFile() {
    let now = clock.now
    guard now - lastLook > .seconds(2) else { return }
    lastLook = now
    guard let change = running.engine.datasetChange(), change != knownChange else { return }
    knownChange = change
    _ = running.receive(
      .datasetChanged("the file was \(change.text) while it is open: open it again to export"))
  }
}
