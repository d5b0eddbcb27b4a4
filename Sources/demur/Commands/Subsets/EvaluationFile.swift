import DatasetFiles
import PreferenceData

extension FileOptions {
  /// Opens an evaluation file; where it holds no pairs, all its texts count.
  func openTexts(_ path: String) throws(Failure) -> Dataset {
    do throws(DatasetReadError) {
      do throws(DatasetReadError) {
        return try Dataset.open(.file(path), settings: readSettings)
      } catch {
        switch error {
        case .noPairs, .unclearFormat:
          return try Dataset.open(
            .file(path), format: RowFormats.anyTexts, settings: readSettings)
        default: throw error
        }
      }
    } catch {
      throw Failure(error, file: path)
    }
  }
}
