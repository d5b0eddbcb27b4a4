extension Action {
  /// By how many lines this action moves a cursor or a text of which `rows` lines are in view; down
  /// is above 0, further than any text is long means to its end. Nil for an action that moves nothing.
  func lines(inView rows: Int) -> Int? {
    switch self {
    case .lineDown: 1
    case .lineUp: -1
    case .halfPageDown: max(1, rows / 2)
    case .halfPageUp: -max(1, rows / 2)
    case .pageDown: max(1, rows - 1)
    case .pageUp: -max(1, rows - 1)
    case .top: -.max / 2
    case .bottom: .max / 2
    default: nil
    }
  }
}
