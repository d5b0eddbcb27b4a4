/// How stored text becomes text that may be drawn: which clusters, and how wide each is.
///
/// Data must never drive the terminal. Controls, ESC, bidirectional overrides and zero-width tricks
/// become visible marks (`^[`, `<U+202E>`); emoji sequences fall apart into their base emoji, a flag
/// into `[DE]`, since terminals do not agree on their width; combining marks stay, at most four on a
/// base. A scalar that is unassigned, or on whose width utf8proc and the C library disagree, is
/// shown as a mark too. The stored text stays as it is.
public struct DisplayText: Hashable, Sendable {
  public var glyphs: Glyphs
  /// The scalars to which the C library gives another width than utf8proc does. They are found once
  /// at the start; none, where only utf8proc is asked.
  public var doubtful: ScalarRanges

  public init(glyphs: Glyphs = .ascii, doubtful: ScalarRanges = ScalarRanges()) {
    self.glyphs = glyphs
    self.doubtful = doubtful
  }

  /// One unit of drawn text: a cell's content, or a visible mark of several columns in ASCII.
  public struct Cluster: Hashable, Sendable {
    public var text: String
    public var columns: Int
    /// Where it stands in the source, in UTF-8 code units.
    public var source: Range<Int>
  }

  /// The clusters of `text` on one line, as far as the first that reaches over `columns`: a newline
  /// counts as a blank, a tab as one to four.
  public func clusters(of text: some StringProtocol, columns: Int = .max) -> [Cluster] {
    var reader = ClusterReader(Array(text.utf8), doubtful: doubtful)
    var clusters: [Cluster] = []
    var used = 0
    while used < columns, let piece = reader.next() {
      var cluster = Cluster(
        text: reader.text(of: piece), columns: piece.columns, source: piece.range)
      if case .newline = piece.form { (cluster.text, cluster.columns) = (" ", 1) }
      clusters.append(cluster)
      used += cluster.columns
    }
    return clusters
  }

  /// The columns that `text` takes on one line.
  public func columns(of text: some StringProtocol) -> Int {
    var reader = ClusterReader(Array(text.utf8), doubtful: doubtful)
    var columns = 0
    while let piece = reader.next() {
      if case .newline = piece.form { columns += 1 } else { columns += piece.columns }
    }
    return columns
  }

  /// `text` as it is drawn if it fits `columns`, else its beginning and an ellipsis.
  ///
  /// - Complexity: O(`columns`) beyond the copy of the text's bytes.
  public func truncated(_ text: some StringProtocol, to columns: Int) -> String {
    truncated(text, to: columns, ellipsis: glyphs.ellipsis)
  }

  /// `text` as it is drawn if it fits `columns`, else its beginning and `ellipsis`, which is left
  /// out where it would not fit.
  public func truncated(
    _ text: some StringProtocol, to columns: Int, ellipsis: String
  ) -> String {
    let columns = max(0, columns)
    let clusters = clusters(of: text, columns: columns == .max ? columns : columns + 1)
    guard clusters.reduce(0, { $0 + $1.columns }) > columns else {
      return clusters.map(\.text).joined()
    }
    let ellipsisColumns = self.columns(of: ellipsis)
    let ending = ellipsisColumns <= columns ? ellipsis : ""
    let room = columns - (ending.isEmpty ? 0 : ellipsisColumns)
    var used = 0
    let beginning = clusters.prefix { cluster in
      used += cluster.columns
      return used <= room
    }
    return beginning.map(\.text).joined() + ending
  }

  /// `text` as it is drawn, cut or filled with blanks to exactly `columns`.
  public func padded(
    _ text: some StringProtocol, to columns: Int, alignedRight: Bool = false
  ) -> String {
    let cut = truncated(text, to: max(0, columns))
    let fill = String(repeating: " ", count: max(0, columns - self.columns(of: cut)))
    return alignedRight ? fill + cut : cut + fill
  }
}
