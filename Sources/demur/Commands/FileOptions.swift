import ArgumentParser
import CurationEngine
import DatasetFiles
import Foundation
import PreferenceData
import ReviewStore

/// What every command about a data set takes.
struct FileOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "The data set: .jsonl, .json, .csv, .tsv (plain or .gz, .zst, .xz) or .parquet, or a folder "
        + "of them; '-' reads standard input."),
    completion: .file())
  var file: String

  @Option(
    help: ArgumentHelp(
      "Where the fields are, instead of looking for them: prompt=a.b,chosen=c,rejected=d.",
      valueName: "map"))
  var fields: FieldMapping?

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

  var input: DatasetInput { file == "-" ? .standardInput() : .file(file) }

  /// Bounds on reading: what is unpacked goes where the environment wants temporary files; and where
  /// DuckDB is.
  var readSettings: DatasetReadSettings {
    let environment = ProcessInfo.processInfo.environment
    var settings = DatasetReadSettings()
    if let folder = environment["TMPDIR"], !folder.isEmpty { settings.spoolFolder = folder }
    settings.searchPath = environment["PATH"] ?? ""
    if let named = duckdb ?? environment["DEMUR_DUCKDB"], !named.isEmpty { settings.duckDB = named }
    return settings
  }

  /// The data set, opened with a line of progress on standard error.
  func open() throws -> Dataset {
    var line = ProgressLine()
    do {
      let dataset = try Dataset.open(
        input, mapping: fields, settings: readSettings,
        observe: { progress in
          line.show("reading", share: progress.share)
          return true
        })
      line.clear()
      return dataset
    } catch {
      line.clear()
      throw Failure(error, file: file)
    }
  }

  /// The data set with all its rows known.
  func openIndexed() throws -> IndexedDataset {
    let dataset = try open()
    var line = ProgressLine()
    defer { line.clear() }
    let opened = IndexedDataset(dataset) { share in
      line.show("learning rows", share: share)
      return true
    }
    guard let opened else { preconditionFailure("nobody ended the indexing") }
    return opened
  }

  /// The review that belongs to `dataset`.
  func reviewRequest(for dataset: Dataset) throws -> ReviewRequest {
    let data: ReviewedData =
      file == "-"
      ? .stream(name: "stdin-\(try dataset.contentDigest().prefix(16))")
      : .file(path: URL(fileURLWithPath: file).resolvingSymlinksInPath().path)
    return ReviewRequest(
      places: SessionPlaces(
        of: data, named: session, environment: ProcessInfo.processInfo.environment,
        home: HomeFolder.path),
      holder: LockHolder(
        annotator: try chosenAnnotator, host: ProcessInfo.processInfo.hostName,
        processID: ProcessInfo.processInfo.processIdentifier,
        sinceMillisecondsSince1970: WallClock.millisecondsSince1970))
  }

  var chosenAnnotator: AnnotatorName {
    get throws {
      if let annotator { return annotator }
      let environment = ProcessInfo.processInfo.environment
      for candidate in [environment["DEMUR_ANNOTATOR"], NSUserName(), environment["USER"]] {
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
