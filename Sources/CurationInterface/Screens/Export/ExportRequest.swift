/// What the export dialog asks for.
public struct ExportRequest: Hashable, Sendable {
  /// Which rows are written.
  public enum Rows: Hashable, Sendable {
    case all
    /// Only those that a decision keeps or swaps.
    case reviewed
    /// The rows that the queue lists, and what they have in common.
    case listed([Int], title: String)
  }

  /// What becomes of rows judged a tie.
  public enum Ties: String, Hashable, Sendable, CaseIterable {
    case drop, keep
    /// They are written in both orders, which only a conversion does.
    case both
  }

  public var path: String
  public var rows: Rows
  public var ties: Ties
  /// The name of the form into which rows are converted; nil where they stay as they are.
  public var form: String?

  public init(path: String, rows: Rows = .all, ties: Ties = .drop, form: String? = nil) {
    self.path = path
    self.rows = rows
    self.ties = ties
    self.form = form
  }
}

/// What an export would write.
public struct ExportPreview: Hashable, Sendable {
  /// A row that a decision changes or leaves out.
  public struct Change: Hashable, Sendable {
    public let position: Int
    /// What becomes of it, in a few words.
    public let phrase: String
    /// The texts of the preferred side before and after, where that changes.
    public let before: String?
    public let after: String?

    public init(position: Int, phrase: String, before: String? = nil, after: String? = nil) {
      self.position = position
      self.phrase = phrase
      self.before = before
      self.after = after
    }
  }

  /// So many changes are shown.
  public static let changeLimit = 20

  /// The counts, a line each.
  public let lines: [String]
  /// The first of them, in file order.
  public let changes: [Change]

  public init(lines: [String], changes: [Change] = []) {
    self.lines = lines
    self.changes = changes
  }
}
