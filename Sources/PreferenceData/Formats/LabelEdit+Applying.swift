extension LabelEdit {
  /// The bytes of `row` after all of `edits`; everything outside their spans stays as it is.
  ///
  /// - Precondition: The spans of the edits lie within the row and do not overlap.
  /// - Complexity: O(bytes + e log e) for e edits.
  public static func apply(_ edits: [LabelEdit], to row: [UInt8]) -> [UInt8] {
    var changes: [(span: Range<Int>, new: ArraySlice<UInt8>)] = []
    for edit in edits {
      switch edit {
      case .exchange(let first, let second):
        changes.append((first, row[second]))
        changes.append((second, row[first]))
      case .follow(let span, let first, let second):
        if row[span] == row[first] {
          changes.append((span, row[second]))
        } else if row[span] == row[second] {
          changes.append((span, row[first]))
        }
      case .replace(let span, let new):
        changes.append((span, new[...]))
      }
    }
    changes.sort { $0.span.lowerBound < $1.span.lowerBound }
    var result: [UInt8] = []
    result.reserveCapacity(row.count)
    var done = 0
    for change in changes {
      precondition(
        change.span.lowerBound >= done,
        "label edits do not overlap: one ends at \(done), the next begins at "
          + "\(change.span.lowerBound)")
      result += row[done..<change.span.lowerBound]
      result += change.new
      done = change.span.upperBound
    }
    return result + row[done...]
  }
}
