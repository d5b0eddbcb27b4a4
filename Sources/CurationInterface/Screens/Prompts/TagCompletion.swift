import PreferenceData
import TerminalSurface

/// The tags that a line of tags may go on with.
struct TagCompletion: Hashable, Sendable {
  /// The tags of this review, the most used first.
  let known: [String]
  /// What stood there when Tab was first pressed, and which candidate stands there now.
  private var begun: Begun?

  private struct Begun: Hashable, Sendable {
    var text: String
    var place: Int
  }

  init(known: [String]) { self.known = known }

  /// The known tags that the last word of `text` may become, without those that stand there already.
  func candidates(for text: String) -> [String] {
    let (given, beginning) = Self.split(begun?.text ?? text)
    let words = given.split(whereSeparator: { $0.isWhitespace || $0 == "," }).map(String.init)
    return known.filter { $0.hasPrefix(beginning) && !words.contains($0) }
  }

  /// The line with its last word completed: the first candidate, and each further time the next one.
  /// Nil where there is none.
  mutating func complete(_ text: String) -> String? {
    let candidates = candidates(for: text)
    guard !candidates.isEmpty else { return nil }
    let place = begun.map { ($0.place + 1) % candidates.count } ?? 0
    let typed = begun?.text ?? text
    begun = Begun(text: typed, place: place)
    return Self.split(typed).given + candidates[place]
  }

  /// The next completion begins with what stands there then.
  mutating func begin() { begun = nil }

  private static func split(_ text: String) -> (given: String, beginning: String) {
    let beginning = text.reversed().prefix { !$0.isWhitespace && $0 != "," }
    return (String(text.dropLast(beginning.count)), String(beginning.reversed()))
  }
}

extension Session {
  /// The tags of this review, the most used first; then those of the configuration that nobody has used.
  ///
  /// - Complexity: O(decided rows) the first time, then O(1).
  mutating func knownTags() -> [String] {
    if let known = review.knownTags { return known }
    var counts: [String: Int] = [:]
    for row in review.ledger.decidedRows {
      for standing in review.ledger.standing(on: row) {
        for tag in standing.decision.tags { counts[tag, default: 0] += 1 }
      }
    }
    let used = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    let known = used + configuration.rubric.tags.filter { counts[$0] == nil }
    review.knownTags = known
    return known
  }

  /// Remembers tags that were given just now.
  mutating func remember(tags: [String]) {
    for tag in tags where review.knownTags?.contains(tag) == false {
      review.knownTags?.append(tag)
    }
  }

  mutating func openBulkTags() {
    guard mayRecord() else { return }
    overlay = .prompt(TextPrompt(.bulkTags, completion: TagCompletion(known: knownTags())))
  }

  mutating func tagBulk(_ text: String) {
    let tags = Self.tags(in: text)
    guard !tags.isEmpty else {
      notice = Notice("no tag, so nothing is done")
      return
    }
    remember(tags: tags)
    proposeBulk(nil, tags: tags)
  }

  /// What Tab would make of the line of tags, in the last row.
  func drawCompletion(_ prompt: TextPrompt, in frame: inout Frame) {
    guard let candidates = prompt.completion?.candidates(for: prompt.field.text) else { return }
    let row = size.rows - 1
    frame.fill(Rect(column: 0, row: row, columns: size.columns, rows: 1), role: .text)
    let text =
      candidates.isEmpty ? "no tag of this review begins so" : candidates.joined(separator: "  ")
    frame.write(
      [
        StyledRun(" Tab ", .hintKey),
        StyledRun(display.truncated(text, to: size.columns - 7), .hintText),
      ], column: 0, row: row, limit: size.columns - 1)
  }
}
