/// A line of text being typed: a value that takes keys and draws itself.
///
/// It never holds a control character: newlines and tabs that are pasted become blanks, other
/// controls are dropped.
public struct TextField: Hashable, Sendable {
  private var before: String
  private var after = ""

  /// A field with `text` in it and the insertion point behind it.
  public init(_ text: String = "") {
    before = Self.line(of: text)
  }

  public var text: String { before + after }
  public var isEmpty: Bool { before.isEmpty && after.isEmpty }
  /// How many characters stand before the insertion point.
  public var insertionPoint: Int { before.count }

  /// Takes a key, and says whether it was one for the field. Enter, Escape, Tab, Up and Down are
  /// left to the owner.
  public mutating func press(_ key: KeyPress) -> Bool {
    switch key {
    case .character(let character): insert(String(character))
    case .paste(let text): insert(text)
    case .left: if let last = before.popLast() { after = String(last) + after }
    case .right: if !after.isEmpty { before.append(after.removeFirst()) }
    case .home, .control("a"): (before, after) = ("", text)
    case .end, .control("e"): (before, after) = (text, "")
    case .backspace: _ = before.popLast()
    case .delete, .control("d"): if !after.isEmpty { after.removeFirst() }
    case .control("k"): after = ""
    case .control("u"): before = ""
    case .control("w"):
      while before.last?.isWhitespace == true { before.removeLast() }
      while let last = before.last, !last.isWhitespace { before.removeLast() }
    default: return false
    }
    return true
  }

  /// Puts `text` in at the insertion point.
  public mutating func insert(_ text: String) {
    before += Self.line(of: text)
  }

  /// Draws the field into `columns` columns, scrolled so that the insertion point shows, and sets
  /// the frame's cursor on it.
  public func draw(
    in frame: inout Frame, column: Int, row: Int, columns: Int, role: ThemeRole = .input
  ) {
    guard columns > 0 else { return }
    frame.fill(Rect(column: column, row: row, columns: columns, rows: 1), role: role)
    let clusters = frame.display.clusters(of: text)
    let place = clusters.prefix { $0.source.lowerBound < before.utf8.count }.columns
    // A cursor behind the text needs a column of its own.
    var hidden = 0
    var first = 0
    while place - hidden > columns - 1, first < clusters.count {
      hidden += clusters[first].columns
      first += 1
    }
    var end = column
    for cluster in clusters[first...] {
      guard end - column + cluster.columns <= columns else { break }
      end += frame.write(cluster.text, column: end, row: row, role: role)
    }
    let cursor = column + place - hidden
    if (0..<frame.size.columns).contains(cursor), (0..<frame.size.rows).contains(row) {
      frame.cursor = (cursor, row)
    }
  }

  private static func line(of text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n", "\t": scalars.append(" ")
      case _ where scalar.properties.generalCategory == .control: continue
      default: scalars.append(scalar)
      }
    }
    return String(scalars)
  }
}

extension Sequence<DisplayText.Cluster> {
  fileprivate var columns: Int { reduce(0) { $0 + $1.columns } }
}
