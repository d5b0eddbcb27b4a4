import CurationInterface
import DatasetFiles
import ReviewStore

// Failures of what is known of a file's fields.

extension Failure {
  init(_ error: SavedMapping.Failure) {
    switch error {
    case .notUnderstood(let path):
      self.init(
        .badData, what: "\(path) holds no mapping of fields",
        why: "it has \"fields\" as --fields takes them, or \"label_values\" as --label-values does",
        remedy: "mend it, or take it away and say the fields anew")
    case .notReadable(let path):
      self.init(
        .file, what: "\(path) cannot be read", remedy: "check its mode, or take it away")
    case .notWritable(let path):
      self.init(
        .file, what: "\(path) cannot be written", remedy: "check the disk and the folder's mode")
    }
  }

  /// The failure to open `file` with what was known of its fields: where that was not said just now, it
  /// may be what no longer fits.
  init(_ error: DatasetReadError, file: String, known: KnownFields) {
    self.init(error, file: file)
    switch error {
    case .noPairs, .unclearFormat: break
    default: return
    }
    guard case .saved(let path) = known.origin else { return }
    self.init(
      .badData, what: "the fields kept in \(path) do not fit \(file) any more",
      why: problem.why,
      remedy: "take that file away, or say the fields with --fields or --label-values")
  }
}
