import CurationInterface
import DatasetFiles

// The one place where failures of writing become sentences.

extension Failure {
  init(_ error: ExportError, path: String) {
    let what = "\(path) was not written"
    switch error {
    case .isInput:
      self.init(
        .file, what: what, why: "it is the data set itself",
        remedy: "write to another name; the data set is never changed")
    case .isFolder:
      self.init(.file, what: what, why: "it is a folder", remedy: "name a file in it")
    case .notFolder:
      self.init(
        .file, what: what, why: "the data set is a folder, and a file has this name",
        remedy: "name a new folder, or a .jsonl file for all rows in one")
    case .folderNotEmpty:
      self.init(
        .file, what: what, why: "the folder is not empty", remedy: "name a new folder")
    case .insideInput:
      self.init(
        .file, what: what,
        why: "it lies in the folder of the data set, of which it would be a part",
        remedy: "write beside the folder")
    case .cannotJoin:
      self.init(
        .usage, what: what,
        why: "only JSON lines, or tables with the same header, can be joined in one file",
        remedy: "name a folder: the files in it will have the same names")
    case .notRegularFile:
      self.init(.file, what: what, why: "a device or pipe has this name", remedy: "name a file")
    case .folderMissing:
      self.init(.file, what: what, why: "its folder is not there", remedy: "make the folder first")
    case .notPermitted:
      self.init(
        .file, what: what, why: "writing there is not permitted", remedy: "write elsewhere with -o")
    case .readOnlyFileSystem:
      self.init(
        .file, what: what, why: "the file system is read-only", remedy: "write elsewhere with -o")
    case .diskFull:
      self.init(
        .file, what: what, why: "the disk is full",
        remedy: "free some space, then try again; an older file of this name still stands")
    case .busy:
      self.init(
        .file, what: what, why: "another process is writing it", remedy: "wait until it is done")
    case .unsupportedCompression(let name):
      self.init(
        .usage, what: what, why: "\(name) is not written yet",
        remedy: "use .gz, .zst, .xz or no compression")
    case .otherContainer(let asked, let kept):
      self.init(
        .usage, what: what,
        why: "its name says \(asked), and rows that are not converted stay \(kept)",
        remedy: "name it so, or convert the rows with --format trl or another form")
    case .notWritten(let container):
      self.init(
        .usage, what: what, why: "no conversion is written as \(container)",
        remedy: "use a name in .jsonl, .json, .parquet, .csv or .tsv")
    case .nestedColumn(let name):
      self.init(
        .usage, what: what,
        why: "in this form \(name) is more than a text, and a cell holds a text",
        remedy: "use .parquet or .jsonl, or a form of plain texts (--format trl-standard)")
    case .cannotAddColumns:
      self.init(
        .usage, what: what, why: "--add puts columns into JSON rows only",
        remedy: "add --format trl or another form, or write a Parquet file's rows to a .jsonl")
    case .cannotRepeat:
      self.init(
        .usage, what: what, why: "--resample repeats rows of JSON and tables, not of Parquet",
        remedy: "write the rows to a .jsonl")
    case .columnExists(let name):
      self.init(
        .usage, what: what, why: "the rows have a column \(name) already",
        remedy: "leave it out of --add")
    case .inputChanged(let change):
      self.init(
        .file, what: what, why: "the data set was \(change.text) since it was opened",
        remedy: "open it again, then export")
    case .cannotSwap(let row):
      self.init(
        .badData, what: what, why: "row \(row) has no label that could be swapped",
        remedy: "take back the decision on it")
    case .foreignCard:
      self.init(
        .file, what: what, why: "it is a card that no export has written",
        remedy: "write OUT to a folder of its own, or leave --card out")
    case .reading(let error): self.init(error, file: "the data set")
    case .cancelled: self.init(.interrupted, what: what, why: "the export was cancelled")
    case .system(let failure):
      self.init(
        .file, what: what, why: "\(failure.operation): \(Failure.systemText(failure.code))",
        remedy: "check the disk")
    }
  }
}

extension FileChange {
  var text: String {
    switch self {
    case .appended: "appended to"
    case .truncated: "shortened"
    case .replaced: "replaced"
    case .touched: "written to"
    case .removed: "removed"
    }
  }
}
