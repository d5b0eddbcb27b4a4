import CurationEngine
import CurationInterface
import Foundation
import TerminalDriver
import TerminalSurface

/// The screen loop without a screen: a script presses the keys, and looks at the frames.
///
/// The first key waits for the first screen: the rows are known and the review is open, unless something
/// is wrong with them. A line of keys ends when its decisions are saved, as a person sees it; what else goes on behind
/// them is waited for where the script says so.
@MainActor
struct ScriptLoop {
  let mailbox: Mailbox<LiveEngine.Report>
  var running: RunningSession
  /// What messages call the script.
  let name: String

  /// Does what the script says.
  ///
  /// - Parameters:
  ///   - script: The lines, in order.
  ///   - reports: What the engine said before.
  /// - Throws: `Failure`, at the first line whose expectation is not met or that comes after the end.
  mutating func run(_ script: KeyScript, _ reports: [LiveEngine.Report]) throws {
    var isOpen = try running.take(reports)
    var hasPressed = false
    for line in script.lines {
      guard isOpen else {
        throw Failure(
          .no, what: "line \(line.number) of \(name) comes too late",
          why: "the line before it left Demur")
      }
      switch line.step {
      case .press(let keys):
        if !hasPressed { isOpen = try waitUntilReady() }
        hasPressed = true
        if isOpen { isOpen = try press(keys) }
      case .waitUntilIdle: isOpen = try waitUntilIdle()
      case .resize(let size): isOpen = running.receive(.resized(size))
      case .expect(let text, let isThere):
        guard try running.take(mailbox.drain()) else { return }
        guard screen.contains(where: { $0.contains(text) }) == isThere else {
          throw Failure(
            .no, what: "line \(line.number) of \(name) is not met",
            why: "the screen \(isThere ? "does not show" : "shows") \(Table.line(text))",
            remedy: "a line ':dump-screen -' before it prints the screen")
        }
      case .dumpScreen(let path):
        guard try running.take(mailbox.drain()) else { return }
        try dump(to: path)
      }
    }
  }

  private var screen: [String] { running.session.frame().lines }

  private mutating func press(_ keys: [KeyPress]) throws -> Bool {
    for key in keys {
      // A script takes no time over a pair: what it took would be measured of nobody.
      guard running.receive(.pressed(key, milliseconds: nil)) else { return false }
    }
    while running.session.isSaving {
      running.engine.waitUntilSaved()
      guard try running.take(mailbox.drain()) else { return false }
    }
    return true
  }

  private mutating func waitUntilReady() throws -> Bool {
    while !running.session.isReady {
      mailbox.wait()
      guard try running.take(mailbox.drain()) else { return false }
    }
    return true
  }

  private mutating func waitUntilIdle() throws -> Bool {
    while true {
      running.engine.waitUntilIdle()
      let reports = mailbox.drain()
      if reports.isEmpty { return true }
      guard try running.take(reports) else { return false }
    }
  }

  private func dump(to path: String) throws {
    guard path != "-" else {
      var output = StandardOutput()
      for line in screen { try output.line(line) }
      return try output.flush()
    }
    do {
      let text = screen.map { $0 + "\n" }.joined()
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw Failure(
        .file, what: "the screen cannot be written to \(path)", why: error.localizedDescription)
    }
  }
}
