import CurationInterface
import TerminalDriver

// The one place where failures of the terminal become sentences.

extension Failure {
  init(_ error: TerminalError) {
    let what = "the UI cannot start"
    let remedy = "or use a subcommand, such as 'demur ls FILE'"
    switch error {
    case .notATerminal:
      self.init(
        .usage, what: what, why: "there is no terminal for keys and screen",
        remedy: "use a subcommand, such as 'demur ls FILE'; see demur --help")
    case .noType:
      self.init(
        .usage, what: what, why: "TERM is not set, so nobody knows what this terminal understands",
        remedy: "set it (TERM=xterm-256color for most), \(remedy)")
    case .unknownType(let type):
      self.init(
        .usage, what: what, why: "the terminal type '\(Table.line(type))' is not known here",
        remedy: "install ncurses-term or set TERM=xterm-256color, \(remedy)")
    case .unusableType(let type):
      self.init(
        .usage, what: what, why: "a terminal of type '\(Table.line(type))' cannot place the cursor",
        remedy: "set TERM to what your terminal is, \(remedy)")
    case .inBackground:
      self.init(
        .usage, what: what, why: "Demur runs in the background of this terminal",
        remedy: "bring it to the foreground with fg")
    case .system(let code):
      self.init(.file, what: what, why: Failure.systemText(code))
    }
  }

  /// The value of `body`, or its failure as a sentence.
  static func wrapping<Value>(_ body: () throws(TerminalError) -> Value) throws -> Value {
    do throws(TerminalError) {
      return try body()
    } catch {
      throw Failure(error)
    }
  }
}
