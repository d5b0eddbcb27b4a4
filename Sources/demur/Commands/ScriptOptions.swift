import ArgumentParser
import CurationInterface
import Foundation
import TerminalSurface

/// Keys that come from the command line or a file instead of a keyboard.
struct ScriptOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Press these keys once everything is ready, print the screen, and leave: \"a f ? Esc u\".",
      valueName: "keys"))
  var keys: String?
  @Option(
    help: ArgumentHelp(
      "Do what a file says without a terminal: lines of keys, ':wait idle', ':expect TEXT', "
        + "':refuse TEXT', ':type TEXT', ':resize 80x24', ':dump-screen FILE'. The first key waits "
        + "until the rows are indexed, ':wait idle' also for the scan. Exit status 1 where an "
        + "expectation is not met.", valueName: "file"),
    completion: .file())
  var script: String?
  @Option(
    help: ArgumentHelp("The size of the screen for --keys and --script.", valueName: "size"))
  var size = ScreenSize()

  func validate() throws {
    if keys != nil, script != nil {
      throw ValidationError("--keys and --script exclude each other")
    }
  }

  var isGiven: Bool { keys != nil || script != nil }

  /// What to do instead of asking a person; nil where a person is to be asked.
  func read() throws -> (script: KeyScript, name: String)? {
    let name = script ?? "--keys"
    do {
      if let keys { return (try KeyScript(keys: keys), name) }
      guard let script else { return nil }
      let bytes = try Data(contentsOf: URL(fileURLWithPath: script))
      return (try KeyScript(String(decoding: bytes, as: UTF8.self)), name)
    } catch let error as KeyScriptError {
      throw Failure(
        .usage, what: "line \(error.line) of \(name) makes no sense", why: error.problem.text)
    } catch {
      throw Failure(.file, what: "\(name) cannot be read", why: error.localizedDescription)
    }
  }
}

/// A size as a person writes it: `80x24`.
struct ScreenSize: ExpressibleByArgument {
  var size = Size(columns: 80, rows: 24)

  init() {}

  init?(argument: String) {
    guard let size = Size(argument) else { return nil }
    self.size = size
  }

  var defaultValueDescription: String { "\(size.columns)x\(size.rows)" }
}

extension KeyScriptError.Problem {
  fileprivate var text: String {
    switch self {
    case .unknownCommand(let name): "there is no command \(Table.line(name))"
    case .missingArgument(let command): "\(command) says nothing behind it"
    case .unknownKey(let word):
      "no key is called \(Table.line(word)); keys one after another have blanks between them"
    case .noSize(let text): "\(Table.line(text)) is no size such as 80x24"
    case .unknownWait(let text): "only 'idle' can be waited for, not \(Table.line(text))"
    }
  }
}
