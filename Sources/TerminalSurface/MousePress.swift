/// What a person does with the mouse, at a place counted from 0 at the top left.
public struct MousePress: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case click, wheelUp, wheelDown
  }

  public var kind: Kind
  public var column: Int
  public var row: Int

  public init(_ kind: Kind, column: Int, row: Int) {
    self.kind = kind
    self.column = column
    self.row = row
  }

  /// The longest report that is looked at.
  public static let longestReport = 24

  /// Reads a report in SGR form without its introducer: `0;12;5M` is a press of the left button in
  /// column 12 and row 5, counted from 1. Nil for everything that Demur has no use for: releases, moves,
  /// other buttons, and reports with a modifier held, which terminals use for their own selection.
  ///
  /// Source: "XTerm Control Sequences", Mouse Tracking, Extended coordinates.
  public init?(report: String) {
    guard report.last == "M" else { return nil }
    let numbers = report.dropLast().split(separator: ";", omittingEmptySubsequences: false)
      .map { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int($0) : nil }
    guard numbers.count == 3, let button = numbers[0], let column = numbers[1],
      let row = numbers[2], column > 0, row > 0
    else { return nil }
    switch button {
    case 0: self.init(.click, column: column - 1, row: row - 1)
    case 64: self.init(.wheelUp, column: column - 1, row: row - 1)
    case 65: self.init(.wheelDown, column: column - 1, row: row - 1)
    default: return nil
    }
  }
}
