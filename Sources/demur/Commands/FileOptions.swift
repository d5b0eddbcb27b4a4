import ArgumentParser
import CurationEngine
import CurationInterface
import DatasetFiles
import Foundation
import PreferenceData
import ReviewStore

/// What every command about a data set takes.
struct FileOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "The data set: .jsonl, .json, .csv, .tsv (plain or .gz, .zst, .xz), .parquet or .arrow, or a "
        + "folder of them; '-' reads standard input."),
    completion: .file())
  var file: String

  @Option(
    help: ArgumentHelp(
      "Where the fields are, instead of looking for them: prompt=a.b,chosen=c,rejected=d, or "
        + "prompt=a.b,a=c,b=d,label=e for sides that only a label tells apart.", valueName: "map"))
  var fields: FieldMapping?

  @Option(
    help: ArgumentHelp(
      "The field that says which side is better, where there are several.", valueName: "field"),
    completion: .custom(CompletionWords.fields))
  var labelField: FieldPath?

  @Option(
    help: ArgumentHelp(
      "What the label's values mean: a=1,b=2,tie=0 (also both-bad=..., none=..., and "
        + "a=negative,b=positive for the sign of a number).", valueName: "map"))
  var labelValues: LabelValues?

  @Flag(
    help: ArgumentHelp(
      "Remember --fields, --label-field and --label-values in the review's folder (mapping.json) for "
        + "every later command on this file."))
  var saveMapping = false

  @Option(
    help: ArgumentHelp(
      "The folder of the review, instead of FILE.demur beside the data set.", valueName: "dir"),
    completion: .directory)
  var session: String?

  @Option(
    help: ArgumentHelp(
      "The DuckDB command that reads Parquet, instead of DEMUR_DUCKDB or duckdb on the PATH.",
      valueName: "path"),
    completion: .file())
  var duckdb: String?

  @Option(help: ArgumentHelp("Whose decisions these are; your login name if not given."))
  var annotator: AnnotatorName?

  @OptionGroup var configurationOption: ConfigurationOption

  /// All that the command line says of the fields; nil where it says nothing.
  var mapping: FieldMapping? {
    guard fields != nil || labelField != nil || labelValues != nil else { return nil }
    var mapping = fields ?? FieldMapping()
    if let labelField { mapping.label = labelField }
    mapping.labelValues = labelValues
    return mapping
  }

  func validate() throws {
    if case .named = fields?.sides, labelField != nil || labelValues != nil {
      throw ValidationError(
        "--fields names the chosen side, so there is no label to describe with --label-field or "
          + "--label-values")
    }
    if saveMapping, mapping == nil {
      throw ValidationError("--save-mapping goes with --fields, --label-field or --label-values")
    }
    if saveMapping, file == "-" {
      throw ValidationError("--save-mapping needs a file: standard input has no folder of its own")
    }
  }

  var input: DatasetInput { file == "-" ? .standardInput() : .file(file) }

  var readSettings: DatasetReadSettings { Self.readSettings(duckDB: duckdb) }

  /// Bounds on reading: what is unpacked goes where the environment wants temporary files; and where
  /// DuckDB and Python are.
  static func readSettings(duckDB: String? = nil) -> DatasetReadSettings {
    let environment = ProcessInfo.processInfo.environment
    var settings = DatasetReadSettings()
    if let folder = environment["TMPDIR"], !folder.isEmpty { settings.spoolFolder = folder }
    settings.searchPath = environment["PATH"] ?? ""
    if let named = duckDB ?? Settings.ofRun.text(.duckdb), !named.isEmpty {
      settings.duckDB = named
    }
    if let named = Settings.ofRun.text(.python), !named.isEmpty { settings.python = named }
    return settings
  }

  /// The data set, opened with a line of progress on standard error.
  func open(columns: NamedColumns = NamedColumns()) throws -> Dataset {
    let known = try knownFields()
    var line = ProgressLine()
    do {
      let dataset = try Dataset.open(
        input, mapping: known.mapping, columns: columns, described: known.described,
        settings: readSettings,
        observe: { progress in
          line.show("reading", share: progress.share)
          return true
        })
      line.clear()
      if let sentence = known.sentence(on: dataset) { StandardError.line(sentence) }
      if saveMapping { try keep(mapping) }
      return dataset
    } catch let error as DatasetReadError {
      line.clear()
      throw Failure(error, file: file, known: known)
    }
  }

  /// The data set with all its rows known, and what `rewards` names beside their texts.
  func openIndexed(with rewards: RewardOptions? = nil) throws -> IndexedDataset {
    try indexed(open(columns: rewards?.columns ?? NamedColumns()), with: rewards)
  }

  /// `dataset` with all its rows known, and what `rewards` names beside their texts.
  func indexed(_ dataset: Dataset, with rewards: RewardOptions? = nil) throws -> IndexedDataset {
    var line = ProgressLine()
    let jobs = ProcessInfo.processInfo.activeProcessorCount
    let opened = IndexedDataset(dataset, jobs: jobs) { share in
      line.show("learning rows", share: share)
      return true
    }
    line.clear()
    guard let opened else { preconditionFailure("nobody ended the indexing") }
    return try rewards?.scored(opened) ?? opened
  }

  /// The review that belongs to `dataset`.
  func reviewRequest(for dataset: Dataset) throws -> ReviewRequest {
    let places =
      try filePlaces
      ?? self.places(of: .stream(name: "stdin-\(try dataset.contentDigest().prefix(16))"))
    return ReviewRequest(
      places: places,
      holder: LockHolder(
        annotator: try chosenAnnotator, host: ProcessInfo.processInfo.hostName,
        processID: ProcessInfo.processInfo.processIdentifier,
        sinceMillisecondsSince1970: WallClock.millisecondsSince1970))
  }

  /// Where the review of the file may be; nil for standard input, whose place its content decides.
  var filePlaces: SessionPlaces? {
    guard file != "-" else { return nil }
    return places(of: .file(path: URL(fileURLWithPath: file).resolvingSymlinksInPath().path))
  }

  private func places(of data: ReviewedData) -> SessionPlaces {
    SessionPlaces(
      of: data, named: session, environment: ProcessInfo.processInfo.environment,
      home: HomeFolder.path)
  }

  var chosenAnnotator: AnnotatorName {
    get throws {
      if let annotator { return annotator }
      let environment = ProcessInfo.processInfo.environment
      for candidate in [Settings.ofRun.text(.annotator), NSUserName(), environment["USER"]] {
        if let candidate, let name = AnnotatorName(candidate) { return name }
      }
      throw Failure(
        .usage, what: "there is no name to keep decisions under",
        why: "this account has no login name", remedy: "give one with --annotator NAME")
    }
  }
}

/// The time of day, as events record it.
enum WallClock {
  static var millisecondsSince1970: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }
}
