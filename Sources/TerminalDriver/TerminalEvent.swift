public import TerminalSurface

/// What a terminal reports.
public enum TerminalEvent: Hashable, Sendable {
  case key(KeyPress)
  case resized(Size)
  /// SIGTERM, SIGHUP or SIGINT came from outside, or the terminal has gone, which counts as SIGHUP.
  case quit(signal: Int32)
  /// SIGTSTP came from outside: `suspend()` when it suits.
  case stopRequested
  /// The process was continued by somebody else's doing and the screen must be drawn anew.
  case continued
}
