/// A way in which public data sets write a preference row as a JSON object.
///
/// A format is a value: it reads a row, and it says which bytes a swap of the label has to
/// exchange. Adding one is a file here and a line in `RowFormats.all`.
public protocol RowFormat: Sendable {
  /// The stable name that `demur check` prints, such as `trl-standard-explicit`.
  var name: String { get }

  /// What tells this format from every other that reads the same rows in another way; its name, unless it
  /// can be told where to look.
  var identity: String { get }

  /// How the format is described to a person, in a few words.
  var summary: String { get }

  /// Whether the keys and value types of `root` are those of this format.
  ///
  /// Judged by shape alone and narrowly: where two formats recognise the same row, Demur has to ask
  /// which is meant. A recognised row may still be a problem.
  func recognises(_ root: JSONView) -> Bool

  /// The row that `root` holds, or why it holds none.
  func row(from root: JSONView) -> Result<PreferenceRow, RowProblem.Reason>

  /// The edits of the row's bytes after which the file says that the side at `better` is better than
  /// the one at `worse`: none where it says so already, nil where the format cannot say it.
  ///
  /// In a format with fields for the chosen and the rejected side, the sides change places; elsewhere
  /// they stay, and the label changes. Turning a preference round twice gives the first bytes again.
  /// Only meaningful for a row that `row(from:)` reads, and two different sides of it.
  func edits(preferring better: Int, to worse: Int, in root: JSONView) -> [LabelEdit]?

  /// The edits after which each side of a ranking has the place that the side at the position in
  /// `sources` has now; nil where the format cannot say it.
  ///
  /// Several sides may take one side's place where `holdsEqualRanks`.
  func edits(assigning sources: [Int], in root: JSONView) -> [LabelEdit]?

  /// Whether a ranking in this format can have two sides in one place that had two.
  var holdsEqualRanks: Bool { get }

  /// Whether what it reads for texts are numbers of tokens.
  var holdsTokens: Bool { get }
}

extension RowFormat {
  public var identity: String { name }
  public var holdsTokens: Bool { false }

  /// The edits that make the other one of a row's two sides the preferred one; nil where the row has
  /// no such sides, or no preference.
  public func swapEdits(in root: JSONView) -> [LabelEdit]? {
    guard case .success(let row) = row(from: root), let sides = row.chosenAndRejected else {
      return nil
    }
    return edits(preferring: sides.rejected, to: sides.chosen, in: root)
  }

  /// The edits that make the side at `position` better than every other one; nil where the format
  /// cannot say it.
  ///
  /// In a ranking the side changes places with the one that was best.
  public func edits(preferring position: Int, in root: JSONView) -> [LabelEdit]? {
    guard case .success(let row) = row(from: root), row.sides.count > 1,
      row.sides.indices.contains(position)
    else { return nil }
    if let best = row.label.preferred {
      return best == position ? [] : edits(preferring: position, to: best, in: root)
    }
    // With several sides tied for the best place, no exchange of two makes one the best of all.
    guard row.sides.count == 2 else { return nil }
    return edits(preferring: position, to: 1 - position, in: root)
  }
}

/// One change of a row's bytes.
public enum LabelEdit: Hashable, Sendable {
  /// Two values change places; the spans do not overlap.
  case exchange(Range<Int>, Range<Int>)
  /// A value that repeats one of two exchanged values, byte for byte, comes to repeat the other one.
  /// Where it repeats neither, it stays.
  case follow(Range<Int>, first: Range<Int>, second: Range<Int>)
  /// A value is spelled anew.
  case replace(Range<Int>, with: [UInt8])
}
