import PreferenceData

/// What is being looked for in prompts and responses.
struct SearchState: Hashable, Sendable {
  var text: String
  var isRunning = false
  /// How much of the data set has been looked through.
  var share = 0.0
}

extension Session {
  mutating func openSearch() {
    overlay = .prompt(TextPrompt(.search, search?.text ?? ""))
  }

  mutating func startSearch(_ text: String) {
    guard !text.isEmpty else {
      search = nil
      return
    }
    search = SearchState(text: text)
    findMatch(forward: true)
  }

  /// Has the rows after the cursor, or before it, looked through, and round to the cursor again.
  mutating func findMatch(forward: Bool) {
    guard search != nil else {
      notice = Notice("nothing has been searched for: \(keyName(.searchText)) searches")
      return
    }
    let positions =
      forward
      ? queue.order.positions(after: queue.cursor) : queue.order.positions(before: queue.cursor)
    search?.isRunning = true
    search?.share = 0
    commands.append(.search(text: search?.text ?? "", positions: positions))
  }

  mutating func updateSearch(_ message: Message) {
    guard search?.isRunning == true else { return }
    switch message {
    case .searching(let share): search?.share = share
    case .searched(let text, let match):
      // A newer search has been started meanwhile: this answer is nobody's.
      guard text == search?.text else { return }
      search?.isRunning = false
      guard let match else {
        notice = Notice("no row holds the text searched for")
        return
      }
      let isSameRow = queue.position == match
      goTo(position: match, route: .search)
      if isSameRow { notice = Notice("no other row holds the text searched for") }
    default: break
    }
  }
}
