import PreferenceData
public import TerminalSurface

/// Tells what happens in a session line by line, for those who hear the screen instead of seeing it: each
/// event once, whole, and in words; nothing is ever drawn again.
public struct LinearReader: Sendable {
  /// Wide enough for every screen; what a screen says comes as its lines.
  public static let size = Size(columns: 100, rows: 60)

  /// What was told last, so that it is not told again.
  private var pair: PairKey?
  private var queueRow: Int?
  private var screen: Screen?
  private var notice: String?
  private var asked: String?
  private var shown: Set<String> = []

  private struct PairKey: Hashable {
    var texts: PairLayout.Key.Texts
    var showsLabel: Bool
    var isSkippedOrDecided: Bool
  }

  public init() {}

  /// What has changed since the last call, as lines without control characters.
  public mutating func lines(for session: Session) -> [String] {
    var lines: [String] = []
    let text = session.notice?.text ?? session.review.failure.map { "NOT SAVED: \($0)" }
    if text != notice, let text { lines.append(text) }
    notice = text
    lines += body(of: session)
    lines += question(of: session)
    return lines.map { session.display.truncated($0, to: .max) }
  }

  private mutating func body(of session: Session) -> [String] {
    defer { screen = session.screen }
    switch session.overlay {
    case .help, .filter, .export, .themes, .whichKey, .reason, .criteria, .guidelines:
      return changedLines(of: session)
    case .question, .prompt, nil: break
    }
    switch session.screen {
    case .queue: return queueLines(of: session)
    case .pair: return pairLines(of: session)
    default: return changedLines(of: session)
    }
  }

  private mutating func question(of session: Session) -> [String] {
    let text: String? =
      switch session.overlay {
      case .question(let question): question.text
      case .prompt(let prompt): prompt.title + prompt.field.text
      default: nil
      }
    defer { asked = text }
    return text.map { $0 == asked ? [] : [$0] } ?? []
  }

  /// The row under the cursor, when that has moved.
  private mutating func queueLines(of session: Session) -> [String] {
    shown = []
    pair = nil
    let position = session.queue.position
    let isNew = screen != .queue
    guard isNew || position != queueRow else { return [] }
    queueRow = position
    var lines: [String] = []
    if isNew {
      lines.append("Queue of \(session.dataset.name). \(Self.text(session.queueStatus))")
    }
    guard let position else { return lines + ["The queue is empty."] }
    let place = "\(session.queue.cursor + 1) of \(session.queue.order.count)"
    switch session.rows[position] {
    case .pair(let row):
      let state =
        session.standing(at: position)
        .map { Phrases.verdict($0.decision, of: row, order: row.order) } ?? "open"
      lines.append("\(place), row \(position), \(state): \(row.summary)")
    case .problem(let problem): lines.append("\(place): \(Phrases.problem(problem))")
    case nil: queueRow = nil
    }
    return lines
  }

  /// The pair in view, when it is another one, or when more of it may be told.
  private mutating func pairLines(of session: Session) -> [String] {
    shown = []
    queueRow = nil
    guard let state = session.pair, let row = session.loadedPair, let layout = session.layout else {
      return []
    }
    let key = PairKey(
      texts: layout.key.texts, showsLabel: session.showsLabel(at: state.position),
      isSkippedOrDecided: session.standing(at: state.position) != nil)
    guard key != pair || screen != .pair else { return [] }
    let isSamePair = pair?.texts == key.texts && screen == .pair
    pair = key
    let status = Self.text(session.pairStatus)
    if isSamePair { return [status] }
    let texts = PairTexts(row, order: session.sideOrder(of: row), rendering: session.pairRendering)
    var lines = [Self.text(session.pairTitle)]
    for (name, pane) in [("Prompt", PairState.Pane.prompt), ("A", .a), ("B", .b)] {
      let rendered = texts.rendered(
        pane, comparison: .off, columns: 0, display: session.display)
      lines.append("\(name)\(session.labelText(of: pane, row)):")
      lines += Self.text(rendered.runs).split(separator: "\n").map(String.init)
    }
    return lines + [status, choices(in: session)]
  }

  /// What can be decided, with its keys: of several keys the last one, which is a digit where there is
  /// one and easier to tell from the sides.
  private func choices(in session: Session) -> String {
    let decisions: [(Action, String)] = [
      (.preferAMuch, "A much better"), (.preferA, "A better"), (.tie, "tie"),
      (.preferB, "B better"), (.preferBMuch, "B much better"), (.bothBad, "both bad"),
    ]
    let others: [(Action, String)] = [
      (.drop, "drop"), (.skip, "skip"), (.undo, "undo"), (.nextPair, "next"), (.evidence, "why"),
      (.help, "help"),
    ]
    let keys = decisions.map { action, name in
      let last = session.keymap.bindings(in: .pair).first { $0.action == action }?.sequences.last
      return "\(last?.description ?? action.rawValue) \(name)"
    }
    return (keys + others.map { "\(session.keyName($0)) \($1)" }).joined(separator: ", ")
  }

  /// The lines of a screen that the one before did not have.
  private mutating func changedLines(of session: Session) -> [String] {
    queueRow = nil
    pair = nil
    if screen != session.screen { shown = [] }
    let lines = session.frame().lines.dropLast(2).map { line in
      line.split { $0 == " " || Self.isDrawn($0) }.joined(separator: " ")
    }.filter { line in line.contains { $0.isLetter || $0.isNumber } }
    let new = lines.filter { !shown.contains($0) }
    shown = Set(lines)
    return new
  }

  /// Whether a character only draws: boxes and gauges (Unicode blocks Box Drawing and Block Elements).
  private static func isDrawn(_ character: Character) -> Bool {
    character.unicodeScalars.allSatisfy { (0x2500...0x259F).contains($0.value) }
  }

  private static func text(_ runs: [StyledRun]) -> String { runs.map(\.text).joined() }
}
