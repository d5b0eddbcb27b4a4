import CurationInterface
import DatasetFiles
import PreferenceData

// The one place where failures of data sets become sentences. They name fields, never texts.

extension Failure {
  init(_ error: DatasetReadError, file: String) {
    let what = "\(file) cannot be opened"
    switch error {
    case .missing:
      let command = Suggestion.nearest(to: file, among: Demur.commandNames)
      self.init(
        .file, what: "there is no file \(file)",
        remedy: command.map { "did you mean the command '\($0)'? See demur --help" }
          ?? "check the path")
    case .noDataFiles:
      self.init(
        .file, what: what, why: "the folder holds no data files",
        remedy: "name one with .jsonl, .json, .csv, .tsv, .parquet or .arrow files")
    case .inFile(let name, let error):
      self.init(error, file: file.hasSuffix("/") ? file + name : "\(file)/\(name)")
    case .notPermitted:
      self.init(.file, what: what, why: "reading it is not permitted", remedy: "check its mode")
    case .empty:
      self.init(.badData, what: what, why: "it is empty", remedy: "check where it came from")
    case .noRows:
      self.init(.badData, what: what, why: "it holds no rows", remedy: "check where it came from")
    case .gitLFSPointer:
      self.init(
        .badData, what: what, why: "it is a Git LFS pointer, not the data",
        remedy: "fetch the data with 'git lfs pull'")
    case .unsupported("arrow"):
      self.init(
        .badData, what: what, why: "Arrow is read from plain files only, not from a pipe",
        remedy: "save it as a file, then open that")
    case .unsupported("parquet"):
      self.init(
        .badData, what: what, why: "Parquet is read from plain files only, not from a pipe",
        remedy: "save it as a file, then open that")
    case .unsupported(let container):
      self.init(
        .badData, what: what, why: "\(container) is not read yet",
        remedy: "convert it to .jsonl")
    case .duckDB(let failure): self.init(failure, what: what)
    case .pyArrow(let failure): self.init(failure, what: what)
    case .notText:
      self.init(
        .badData, what: what, why: "it is neither text nor a known container",
        remedy: "name a .jsonl, .json, .csv or .tsv file, plain or as .gz, .zst or .xz")
    case .damagedCompression(let bytes):
      self.init(
        .badData, what: what, why: "its compressed data is damaged after \(bytes) bytes",
        remedy: "fetch it again")
    case .unpackingTakesMemory(let limit):
      self.init(
        .badData, what: what, why: "unpacking it takes more than \(limit >> 20) MiB of memory",
        remedy: "pack it again with less: 'zstd -d --long=31' or 'xz -d -M 0', then 'zstd'")
    case .contentBehindArray(let line):
      self.init(
        .badData, what: what, why: "something stands behind the closing bracket in line \(line)",
        remedy: "mend the file, or write one object a line")
    case .noPairs(let evidence):
      self.init(
        .badData, what: "no preference pairs were found in \(file)", why: Self.text(of: evidence),
        remedy: "say where they are with --fields prompt=...,chosen=...,rejected=...")
    case .unclearFormat(let evidence):
      if let ambiguity = evidence.ambiguity {
        self.init(
          .badData, what: "the label of \(file) can be understood in more than one way",
          why: Self.text(of: ambiguity), remedy: Self.choices(in: ambiguity))
        return
      }
      self.init(
        .badData, what: "the format of \(file) is not clear", why: Self.text(of: evidence),
        remedy: "say where the fields are with --fields prompt=...,chosen=...,rejected=...")
    case .noColumn(let name):
      self.init(
        .badData, what: "no row of \(file) that was looked at has \(name)",
        why: "rewards are numbers, groups and annotators short names",
        remedy: "check the names of the fields; a.b is the field b inside a")
    case .spoolTooLarge(let limit):
      self.init(
        .file, what: what, why: "unpacked it takes more than \(limit >> 30) GiB",
        remedy: "split it")
    case .spoolDiskFull(let folder):
      self.init(
        .file, what: what, why: "the disk of \(folder), where it is unpacked, is full",
        remedy: "free some space, or set TMPDIR to another disk")
    case .changedWhileReading:
      self.init(
        .file, what: what, why: "it changed while it was read",
        remedy: "wait until its writer is done, then try again")
    case .cancelled:
      self.init(.interrupted, what: "opening \(file) was cancelled")
    case .system(let failure):
      self.init(.file, what: what, why: "\(failure)", remedy: "check the disk")
    }
  }

  /// What the label field holds, by three rows.
  private static func text(of ambiguity: LabelAmbiguity) -> String {
    let rows = ambiguity.examples.map { "\($0.value) in row \(Numbers.grouped($0.row))" }
    return "\(ambiguity.field) is \(rows.joined(separator: ", "))"
  }

  /// The options that say which reading is meant.
  private static func choices(in ambiguity: LabelAmbiguity) -> String {
    let options = ambiguity.readings.map { "--label-values \($0.values)" }
    return "say which it is with one of: \(options.joined(separator: "  or  "))"
  }

  private init(_ failure: DuckDB.Failure, what: String) {
    let install = "install it with 'pip install duckdb-cli', or name it with --duckdb PATH"
    switch failure {
    case .missing:
      self.init(
        .file, what: what,
        why: "Parquet and Arrow are read by DuckDB, and there is no duckdb command",
        remedy: install)
    case .tooOld(let version, let oldest):
      self.init(
        .file, what: what, why: "DuckDB \(version) is too old, \(oldest) is needed",
        remedy: "renew it with 'pip install -U duckdb-cli', or name another with --duckdb PATH")
    case .notDuckDB(let path):
      self.init(.file, what: what, why: "\(path) is not DuckDB", remedy: install)
    case .failed(let reason):
      self.init(
        .badData, what: what, why: "DuckDB says: \(reason)",
        remedy: "check where the file came from")
    case .silent(let seconds):
      self.init(
        .file, what: what, why: "DuckDB has said nothing for \(seconds) seconds",
        remedy: "check the disk, then try again")
    }
  }

  private init(_ failure: PyArrow.Failure, what: String) {
    let other = "or name a Python that has it with DEMUR_PYTHON"
    switch failure {
    case .missing:
      self.init(
        .file, what: what,
        why: "Arrow is read by pyarrow, and there is no python3 command",
        remedy: "install Python, then 'pip install pyarrow', \(other)")
    case .notInstalled(let python):
      self.init(
        .file, what: what, why: "Arrow is read by pyarrow, which \(python) has not",
        remedy: "install it with '\(python) -m pip install pyarrow', \(other)")
    case .failed(let reason):
      self.init(
        .badData, what: what, why: "pyarrow says: \(reason)",
        remedy: "check where the file came from")
    case .silent(let seconds):
      self.init(
        .file, what: what, why: "pyarrow has said nothing for \(seconds) seconds",
        remedy: "check the disk, then try again")
    }
  }

  /// What a sample of rows looked like, in a few words.
  private static func text(of evidence: FormatEvidence) -> String {
    guard evidence.objectCount > 0 else {
      return "none of \(Numbers.count(evidence.rowCount, "row")) looked at is a JSON object"
    }
    let keys = evidence.keys.prefix(8).map { "\($0.name) (\($0.kind))" }
    let readings = evidence.readings.map { "\($0.format) fits \(Numbers.grouped($0.fitting))" }
    let formats = readings.isEmpty ? "no known format fits" : readings.joined(separator: ", ")
    return "of \(Numbers.count(evidence.objectCount, "row")) looked at, \(formats); "
      + "the fields are \(keys.joined(separator: ", "))"
  }
}
