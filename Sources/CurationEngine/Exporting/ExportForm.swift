public import DatasetFiles
public import PreferenceData

/// In which form the rows of a cleaned data set are written.
public struct ExportForm: Sendable {
  /// The form into which rows are converted; nil where they stay as they are.
  public var target: (any TargetFormat)?
  /// Columns that every row gets.
  public var additions: [AddedColumn]
  /// The share of wrong labels among the undecided rows, as random audit rows have measured it; nil
  /// where nothing has.
  public var remainingNoise: Double?
  /// Where DuckDB is, which writes the tables of conversions.
  public var tools: DatasetReadSettings

  public init(
    target: (any TargetFormat)? = nil, additions: [AddedColumn] = [],
    remainingNoise: Double? = nil, tools: DatasetReadSettings = DatasetReadSettings()
  ) {
    self.tools = tools
    self.target = target
    self.additions = additions
    self.remainingNoise = remainingNoise
  }

  /// The rows as they are, and nothing more.
  public static let same = ExportForm()

  /// The name that `demur export --format` takes.
  public var name: String { target?.name ?? Self.sameName }

  public static let sameName = "same"
}
