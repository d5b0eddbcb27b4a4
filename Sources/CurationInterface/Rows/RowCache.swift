/// The rows read last, by position, bounded in number and in bytes.
///
/// What is on screen is never thrown out, so a screen always finds its rows again.
struct RowCache: Sendable {
  private static let rowLimit = 2_000
  private static let byteLimit = 32 << 20

  private var contents: [Int: RowContent] = [:]
  /// The positions in the order in which they came in; the oldest go first.
  private var arrivals: [Int] = []
  private var byteCount = 0

  subscript(position: Int) -> RowContent? { contents[position] }

  mutating func insert(_ content: RowContent, at position: Int) {
    if let old = contents[position] {
      byteCount -= old.loaded?.byteCount ?? 0
    } else {
      arrivals.append(position)
    }
    contents[position] = content
    byteCount += content.loaded?.byteCount ?? 0
  }

  /// Throws out the oldest rows that are not in `needed` until the bounds hold.
  mutating func trim(keeping needed: [Int]) {
    guard contents.count > Self.rowLimit || byteCount > Self.byteLimit else { return }
    let protected = Set(needed)
    var kept: [Int] = []
    for position in arrivals {
      let isOver = contents.count > Self.rowLimit || byteCount > Self.byteLimit
      if isOver, !protected.contains(position) {
        byteCount -= contents[position]?.loaded?.byteCount ?? 0
        contents[position] = nil
      } else {
        kept.append(position)
      }
    }
    arrivals = kept
  }
}
