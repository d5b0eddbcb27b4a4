/// A conversation written as one text, its turns marked by `\n\nHuman:` and `\n\nAssistant:`, as
/// Anthropic publishes HH-RLHF.
enum Transcript {
  private static let breakBytes = Array("\n\n".utf8)
  private static let humanMark = Array("Human:".utf8)
  private static let assistantMark = Array("Assistant:".utf8)
  private static let fullAssistantMark = breakBytes + assistantMark
  private static let fullHumanMark = breakBytes + humanMark

  /// Whether `text` has a turn of each speaker.
  static func isTranscript(_ text: ArraySlice<UInt8>) -> Bool {
    (text.starts(with: humanMark) || text.firstEnd(of: fullHumanMark) != nil)
      && text.firstEnd(of: fullAssistantMark) != nil
  }

  /// The shared context of two transcripts, and the turns of each behind it.
  ///
  /// The cut is before the last assistant mark in the common part, so that each side begins with an
  /// assistant turn (empty where the file has nothing there); where the common part has none,
  /// before its last human mark; and at the start where it has no mark at all.
  static func split(
    _ first: ArraySlice<UInt8>, _ second: ArraySlice<UInt8>
  ) -> (context: [Turn], first: [Turn], second: [Turn]) {
    let common = first.prefix(SharedPrefix.length(first, second))
    let cut: Int
    if let end = common.endOfLast(fullAssistantMark) {
      cut = end - fullAssistantMark.count
    } else {
      cut = common.endOfLast(fullHumanMark).map { $0 - fullHumanMark.count } ?? 0
    }
    return (
      turns(in: common.prefix(cut)), turns(in: first.dropFirst(cut)),
      turns(in: second.dropFirst(cut))
    )
  }

  /// The turns of a transcript. Text before the first mark is the system's.
  static func turns(in text: ArraySlice<UInt8>) -> [Turn] {
    let bytes = text.span
    var turns: [Turn] = []
    var role = Role.system
    var start = 0
    var at = 0
    func close(at end: Int) {
      // A blank behind the mark belongs to the mark.
      let content = text.dropFirst(start).prefix(end - start).drop { $0 == UInt8(ascii: " ") }
      if turns.isEmpty, role == .system, content.allSatisfy(\.isJSONBlank) { return }
      turns.append(Turn(role, String(decoding: content, as: UTF8.self)))
    }
    if text.starts(with: humanMark) {
      role = .user
      at += humanMark.count
      start = at
    }
    while at + 1 < bytes.count {
      // Two line breaks begin a mark: where the second is none, neither place does.
      guard bytes[at + 1] == UInt8(ascii: "\n") else {
        at += 2
        continue
      }
      let rest = text.dropFirst(at)
      let mark: [UInt8]
      let next: Role
      if rest.starts(with: fullHumanMark) {
        (mark, next) = (fullHumanMark, .user)
      } else if rest.starts(with: fullAssistantMark) {
        (mark, next) = (fullAssistantMark, .assistant)
      } else {
        at += 1
        continue
      }
      close(at: at)
      role = next
      at += mark.count
      start = at
    }
    close(at: bytes.count)
    return turns
  }
}

extension ArraySlice<UInt8> {
  /// The distance from the start to the end of the first occurrence of `pattern`.
  fileprivate func firstEnd(of pattern: [UInt8]) -> Int? {
    guard count >= pattern.count else { return nil }
    for start in startIndex...(endIndex - pattern.count)
    where self[start] == pattern[0] && self[start..<(start + pattern.count)].elementsEqual(pattern)
    {
      return start + pattern.count - startIndex
    }
    return nil
  }
}
