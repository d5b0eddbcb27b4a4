import CurationInterface
import TerminalDriver
import TerminalSurface

/// Where a review is shown and keys come from.
@MainActor
protocol ReviewScreen {
  var size: Size { get }
  func show(_ session: Session)
  func wait(for descriptors: [Int32])
  func readEvents() -> [TerminalEvent]
  func redraw()
  func suspend()
  func run(_ words: [String]) throws(ForegroundProgram.Problem)
  func close()
}

extension CursesTerminal: ReviewScreen {
  func show(_ session: Session) { show(session.frame(), theme: session.theme) }
  func wait(for descriptors: [Int32]) { wait(for: descriptors, timeout: nil) }
}

/// A review told line by line.
@MainActor
final class LinearScreen: ReviewScreen {
  private let terminal: LinearTerminal
  private var reader = LinearReader()
  let size = LinearReader.size

  init(_ terminal: LinearTerminal) {
    self.terminal = terminal
  }

  func show(_ session: Session) {
    for line in reader.lines(for: session) { terminal.write(line) }
  }

  func wait(for descriptors: [Int32]) { terminal.wait(for: descriptors) }
  func readEvents() -> [TerminalEvent] { terminal.readEvents() }
  func redraw() { reader = LinearReader() }
  func suspend() { terminal.suspend() }
  func run(_ words: [String]) throws(ForegroundProgram.Problem) { try terminal.run(words) }
  func close() { terminal.close() }
}
