import TerminalSurface

/// Which places of a changed text belong to which of the text that it was made of.
struct OffsetMap: Hashable, Sendable {
  /// `source` was replaced by `count` bytes.
  struct Edit: Hashable, Sendable {
    var source: Range<Int>
    var count: Int
  }

  /// In order, without overlaps.
  private(set) var edits: [Edit] = []
  /// By how much the text has grown up to behind each edit.
  private var growth: [Int] = []

  mutating func append(_ edit: Edit) {
    edits.append(edit)
    growth.append((growth.last ?? 0) + edit.count - edit.source.count)
  }

  /// Appends the edits of a part that begins at `start` of the changed text.
  mutating func append(_ edits: [Edit], at start: Int) {
    let shift = start - (growth.last ?? 0)
    for edit in edits { append(Edit(source: edit.source.shifted(by: shift), count: edit.count)) }
  }

  /// Where the source's byte `offset` stands in the changed text; of what was replaced, the beginning
  /// of what stands there instead.
  func changed(_ offset: Int) -> Int {
    let next = edits.partitionPoint { $0.source.lowerBound <= offset }
    guard next > 0 else { return offset }
    let edit = edits[next - 1]
    guard offset >= edit.source.upperBound else {
      return edit.source.lowerBound + (next > 1 ? growth[next - 2] : 0)
    }
    return offset + growth[next - 1]
  }

  /// Where the changed text's byte `offset` comes from.
  func source(_ offset: Int) -> Int {
    var low = 0
    var high = edits.count
    while low < high {
      let middle = (low + high) / 2
      let start = edits[middle].source.lowerBound + (middle > 0 ? growth[middle - 1] : 0)
      if start <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return offset }
    let edit = edits[low - 1]
    let start = edit.source.lowerBound + (low > 1 ? growth[low - 2] : 0)
    if offset < start + edit.count { return edit.source.lowerBound }
    return offset - growth[low - 1]
  }
}
