import DatasetFiles
import Foundation
import PreferenceData
import ReviewStore

/// What is known of a file's fields before it is read, and who says so.
struct KnownFields {
  enum Origin: Hashable {
    case commandLine
    /// The file in which an earlier command kept it.
    case saved(path: String)
    /// The entry of this name in the `dataset_info.json` beside the file.
    case datasetInfo(name: String)
  }

  var mapping: FieldMapping?
  /// The format that a description gives, which may not fit.
  var described: (any RowFormat)?
  /// Nil where nothing is known: the format is then looked for.
  var origin: Origin?

  /// What is said on standard error of a data set that was opened with it, where the command line did
  /// not say it itself.
  func sentence(on dataset: Dataset) -> String? {
    switch origin {
    case .saved(let path):
      "reading the fields as kept in \(path): \(mapping?.description ?? "") "
        + "(--fields and --label-values go before it)"
    case .datasetInfo(let name) where dataset.format.identity != described?.identity:
      "dataset_info.json does not fit this file under \(Table.line(name)): its format was looked for"
    case .datasetInfo(let name):
      "reading the fields as dataset_info.json has them under \(Table.line(name)) "
        + "(--fields goes before it)"
    case .commandLine, nil: nil
    }
  }
}

extension FileOptions {
  /// What is known of the fields: from the command line, else as an earlier command kept it, else from
  /// what lies beside the file.
  func knownFields() throws -> KnownFields {
    if let mapping { return KnownFields(mapping: mapping, origin: .commandLine) }
    guard let places = filePlaces else { return KnownFields() }
    if let path = SavedMapping.path(in: places) {
      do throws(SavedMapping.Failure) {
        return KnownFields(mapping: try SavedMapping.read(at: path), origin: .saved(path: path))
      } catch {
        throw Failure(error)
      }
    }
    do throws(DatasetReadError) {
      guard let entry = try Companions.llamaFactoryEntry(for: file) else { return KnownFields() }
      return KnownFields(described: entry.format, origin: .datasetInfo(name: entry.name))
    } catch {
      throw Failure(error, file: file)
    }
  }

  /// Keeps `mapping` in the folder of the file's review, for later commands.
  func keep(_ mapping: FieldMapping?) throws {
    guard let mapping, let places = filePlaces else { return }
    do {
      let folder = try places.writable()
      try SavedMapping.write(mapping, to: folder)
    } catch let error as SessionFolderError {
      throw Failure(error)
    } catch let error as SavedMapping.Failure {
      throw Failure(error)
    }
  }
}
