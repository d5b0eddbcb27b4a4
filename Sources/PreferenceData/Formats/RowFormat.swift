/// A way in which public data sets write a preference row as a JSON object.
///
/// A format is a value: it reads a row, and it says which bytes a swap of the label has to
/// exchange. Adding one is a file here and a line in `RowFormats.all`.
public protocol RowFormat: Sendable {
  /// The stable name that `demur check` prints, such as `trl-standard-explicit`.
  var name: String { get }

  /// How the format is described to a person, in a few words.
  var summary: String { get }

  /// Whether the keys and value types of `root` are those of this format.
  ///
  /// Judged by shape alone and narrowly: where two formats recognise the same row, Demur has to ask
  /// which is meant. A recognised row may still be a problem.
  func recognises(_ root: JSONView) -> Bool

  /// The row that `root` holds, or why it holds none.
  func row(from root: JSONView) -> Result<PreferenceRow, RowProblem.Reason>

  /// The edits of the row's bytes that make the other side the preferred one.
  ///
  /// Applying them twice gives the first bytes again. Only meaningful for a row that
  /// `row(from:)` reads.
  func swapEdits(in root: JSONView) -> [LabelEdit]
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

/// Which fields hold the parts of a row, where the person says so.
public struct FieldMapping: Hashable, Sendable {
  public var prompt: FieldPath?
  public var chosen: FieldPath
  public var rejected: FieldPath

  public init(prompt: FieldPath?, chosen: FieldPath, rejected: FieldPath) {
    self.prompt = prompt
    self.chosen = chosen
    self.rejected = rejected
  }
}
