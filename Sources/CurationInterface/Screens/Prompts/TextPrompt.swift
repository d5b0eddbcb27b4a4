import PreferenceData
import TerminalSurface

/// A line of text that the person is asked for. While it is open no other key is live.
struct TextPrompt: Sendable {
  enum Purpose: Hashable, Sendable {
    case search, note, tags, bulkTags, row, id

    /// What Enter does, in a word.
    var acceptance: String {
      switch self {
      case .search: "search"
      case .note, .tags: "keep"
      case .bulkTags: "count"
      case .row, .id: "go there"
      }
    }

    /// Whether `character` may be part of what is asked for: keys meant for the view below are not to
    /// pile up in the line.
    func takes(_ character: Character) -> Bool {
      switch self {
      case .row: character.isASCII && character.isNumber || character == "," || character == " "
      case .id: character.isASCII && (character.isHexDigit || character == "." || character == " ")
      case .search, .note, .tags, .bulkTags: true
      }
    }
  }

  let purpose: Purpose
  var field: TextField
  /// Nil where Tab completes nothing.
  var completion: TagCompletion?

  init(_ purpose: Purpose, _ text: String = "", completion: TagCompletion? = nil) {
    self.purpose = purpose
    self.completion = completion
    field = TextField(text)
  }

  var title: String {
    switch purpose {
    case .search: "/"
    case .note: "note: "
    case .tags: "tags: "
    case .bulkTags: "tags for all of them: "
    case .row: "row (from 0): "
    case .id: "id: "
    }
  }
}

extension Session {
  mutating func press(_ key: KeyPress, in prompt: TextPrompt) {
    var prompt = prompt
    switch key {
    case .escape: overlay = nil
    case .enter:
      overlay = nil
      accept(prompt.field.text, for: prompt.purpose)
    case .tab:
      if let text = prompt.completion?.complete(prompt.field.text) {
        prompt.field = TextField(text)
      }
      overlay = .prompt(prompt)
    case .control("x") where prompt.purpose == .note: writeNoteInEditor(prompt.field.text)
    case .character(let character) where !prompt.purpose.takes(character): break
    default:
      prompt.completion?.begin()
      _ = prompt.field.press(key)
      overlay = .prompt(prompt)
    }
  }

  private mutating func accept(_ text: String, for purpose: TextPrompt.Purpose) {
    switch purpose {
    case .search: startSearch(text)
    case .note: setNote(text)
    case .tags: setTags(text)
    case .bulkTags: tagBulk(text)
    case .row: goToRow(text)
    case .id: goToID(text)
    }
  }

  mutating func editNote() {
    guard let (_, draft) = draft() else { return }
    overlay = .prompt(TextPrompt(.note, draft.note))
  }

  mutating func editTags() {
    guard let (_, draft) = draft() else { return }
    let text = draft.tags.map { "\($0) " }.joined()
    overlay = .prompt(TextPrompt(.tags, text, completion: TagCompletion(known: knownTags())))
  }

  private mutating func setNote(_ text: String) {
    guard let (id, standing) = draft() else { return }
    var draft = standing
    // One line stands for the lines of a note from an editor until it is changed.
    if text == TextField(draft.note).text { return }
    draft.note = text
    keep(draft, on: id)
  }

  /// `Ctrl-X` in a note: goes on in the person's editor.
  private mutating func writeNoteInEditor(_ line: String) {
    guard let (_, draft) = draft() else { return }
    overlay = nil
    commands.append(.edit(line == TextField(draft.note).text ? draft.note : line))
  }

  mutating func updateNote(_ message: Message) {
    switch message {
    case .edited(let text):
      guard let (id, standing) = draft() else { return }
      var draft = standing
      draft.note = text
      keep(draft, on: id)
    case .editFailed(let problem): notice = Notice(problem.description, .statusWarning)
    default: break
    }
  }

  private mutating func setTags(_ text: String) {
    guard let (id, standing) = draft() else { return }
    var draft = standing
    draft.tags = Self.tags(in: text)
    remember(tags: draft.tags)
    keep(draft, on: id)
  }

  /// The note and tags of the pair in view as they stand, or nil where it may not have any.
  private mutating func draft() -> (RowID, ReviewState.Draft)? {
    guard let pair, let (id, _) = decidablePair() else { return nil }
    let standing = standing(at: pair.position)?.decision
    return (
      id,
      review.drafts[id]
        ?? ReviewState.Draft(note: standing?.note ?? "", tags: standing?.tags ?? [])
    )
  }

  /// On a decided row notes and tags are a new event with the same verdict; before the decision
  /// they wait for it.
  private mutating func keep(_ draft: ReviewState.Draft, on id: RowID) {
    guard let pair, let standing = standing(at: pair.position) else {
      review.drafts[id] = draft.isEmpty ? nil : draft
      notice = Notice(
        draft.isEmpty ? "taken away" : "kept; it is saved together with your decision")
      return
    }
    var decision = standing.decision
    decision.note = draft.note
    decision.tags = draft.tags
    guard decision != standing.decision else { return }
    review.editedRow = id
    record(.decided([RowDecision(row: id, decision: decision, serving: standing.serving)]))
  }

  private mutating func goToRow(_ text: String) {
    guard let position = Int(text.filter { $0 != "," && !$0.isWhitespace }),
      (0..<dataset.rowCount).contains(position)
    else {
      notice = Notice("rows go from 0 to \(Numbers.grouped(dataset.rowCount - 1))")
      return
    }
    goTo(position: position, route: .search)
  }

  private mutating func goToID(_ text: String) {
    guard let index = dataset.index else { return refuseUntilIndexed() }
    let name = text.filter { !$0.isWhitespace }
    if let position = RowID(name).flatMap({ index.position(of: $0) }) {
      goTo(position: position, route: .search)
    } else {
      notice = Notice("no row of this data set has that identity")
    }
  }
}
