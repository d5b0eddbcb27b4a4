import PreferenceData
import PreferenceScoring
import TerminalSurface

/// The first look at the file, as far as it is worked out, and where the cursor stands in it.
struct FirstLookState: Sendable {
  enum Phase: Sendable {
    /// Nobody has asked for it, or it was cancelled.
    case none
    case working(share: Double)
    /// What is told of it, in open and in blind mode: working that out takes longer than a frame may.
    case ready(open: FirstLookStory, blind: FirstLookStory)
  }

  var phase = Phase.none
  /// The number of the line of the story under the cursor.
  var cursor = 0
  /// The row of the page in the first row of the screen.
  var top = 0

  var isRunning: Bool {
    if case .working = phase { true } else { false }
  }
}

extension Session {
  /// `gf`: what the file is, counted when it is first asked for.
  mutating func openFirstLook() {
    guard dataset.index != nil else {
      notice = Notice("the rows are still being indexed: they are counted after that")
      return
    }
    openQueue()
    screen = .firstLook
    if case .none = firstLook.phase {
      firstLook.phase = .working(share: 0)
      commands.append(.surveyFile)
    }
  }

  mutating func updateFirstLook(_ message: Message) {
    switch message {
    case .surveyingFile(let share):
      if firstLook.isRunning { firstLook.phase = .working(share: share) }
    case .fileSurveyed(let look):
      firstLook = FirstLookState(
        phase: .ready(open: story(of: look, isBlind: false), blind: story(of: look, isBlind: true)))
    default: break
    }
  }

  /// More authors than this are summed up.
  private static let authorLimit = 40

  private func story(of look: FirstLook, isBlind: Bool) -> FirstLookStory {
    FirstLookStory(
      look, index: dataset.index ?? RowIndex(), isBlind: isBlind, authorLimit: Self.authorLimit,
      container: dataset.facts?.container, format: dataset.facts?.format)
  }

  mutating func cancelFirstLook() {
    firstLook.phase = .none
    commands.append(.cancelFileSurvey)
    notice = Notice("cancelled: \(keyName(.openFirstLook)) counts anew")
    if screen == .firstLook { openQueue() }
  }

  mutating func performInFirstLook(_ action: Action) {
    if action == .openFoundRows { openFoundRows() }
    let area = firstLookArea
    if let lines = action.lines(inView: area.rows) { firstLook.cursor += lines }
    guard let page = firstLookPage() else { return }
    firstLook.cursor = min(max(0, firstLook.cursor), max(0, page.last ?? 0))
    // The whole line under the cursor is in view, its first row at least.
    let first = page.firstIndex(of: firstLook.cursor) ?? 0
    let last = page.lastIndex(of: firstLook.cursor) ?? 0
    firstLook.top = min(max(firstLook.top, last - max(1, area.rows) + 1), first)
    firstLook.top = max(0, min(firstLook.top, page.count - area.rows))
  }

  /// By row of the page, the number of the line of the story that it shows.
  private func firstLookPage() -> [Int]? {
    firstLookRows().map { $0.map(\.line) }
  }

  /// Lists the rows of which the line under the cursor speaks. None of them tells which side is chosen.
  private mutating func openFoundRows() {
    guard let lines = firstLookStory?.lines, lines.indices.contains(firstLook.cursor) else {
      return
    }
    let line = lines[firstLook.cursor]
    guard !line.rows.isEmpty else {
      notice = Notice("this line counts no rows that could be listed")
      return
    }
    screen = .queue
    setFilter(QueueFilter(title: line.phrase, positions: line.rows, tellsLabel: false))
    queue.cursor = 0
    queue.top = 0
  }
}
