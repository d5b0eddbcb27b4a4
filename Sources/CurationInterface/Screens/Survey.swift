import TerminalSurface

// What stands on a screen about the whole file before that is read.

extension Session {
  func drawNothingYet(_ text: String, in frame: inout Frame) {
    frame.write(display.truncated(text, to: size.columns - 2), column: 1, row: 2)
  }

  /// How far a job over all rows is; one that waits for the scan says so.
  func drawSurvey(_ work: String, share: Double, in frame: inout Frame) {
    var text = "\(work): \(Numbers.percent(share))  \(keyName(.cancel)) cancels"
    if share == 0, case .scanning = engine.activity {
      text = "the scan goes first; this follows  \(keyName(.cancel)) cancels"
    }
    drawNothingYet(text, in: &frame)
    frame.gauge(share, column: 1, row: 4, columns: min(60, size.columns - 2))
  }
}
