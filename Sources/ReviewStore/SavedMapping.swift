import Foundation
public import PreferenceData

/// What a person has said of a data set's fields, kept in the folder of its review as `mapping.json`.
///
/// The file has the words of the command line, so that a person can read and write it: `fields` as
/// `--fields` takes it, `label_values` as `--label-values` does.
public enum SavedMapping {
  /// Why the file is of no use.
  public enum Failure: Error, Hashable, Sendable {
    /// It is there and is no mapping.
    case notUnderstood(path: String)
    case notReadable(path: String)
    case notWritable(path: String)
  }

  private struct Content: Codable {
    var fields: String?
    var labelValues: String?

    enum CodingKeys: String, CodingKey {
      case fields
      case labelValues = "label_values"
    }
  }

  private static let name = "mapping.json"
  /// A mapping is a few words; a larger file is something else.
  private static let sizeLimit = 1 << 16

  /// Where the mapping of the reviewed data is kept, if it is: the first place that has one.
  public static func path(in places: SessionPlaces) -> String? {
    places.candidates.lazy.map { $0.path + "/" + name }.first(where: FileSystem.exists)
  }

  /// The mapping in the file at `path`.
  public static func read(at path: String) throws(Failure) -> FieldMapping {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw .notReadable(path: path)
    }
    guard data.count <= sizeLimit, let mapping = mapping(in: data) else {
      throw .notUnderstood(path: path)
    }
    return mapping
  }

  /// Keeps `mapping` in `folder`, instead of what was kept there: the old file or the new one, never half.
  public static func write(_ mapping: FieldMapping, to folder: SessionFolder) throws(Failure) {
    let path = folder.path + "/" + name
    let content = Content(
      fields: mapping.fieldsText, labelValues: mapping.labelValues?.description)
    do {
      try Data(encodedJSON(content) + [0x0a])
        .write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw .notWritable(path: path)
    }
  }

  private static func mapping(in data: Data) -> FieldMapping? {
    let content: Content
    do {
      content = try JSONDecoder().decode(Content.self, from: data)
    } catch {
      return nil
    }
    var mapping = FieldMapping()
    if let text = content.fields {
      guard let fields = FieldMapping(fields: text) else { return nil }
      mapping = fields
    }
    if let text = content.labelValues {
      guard let values = LabelValues(text) else { return nil }
      mapping.labelValues = values
    }
    if case .named = mapping.sides, mapping.labelValues != nil { return nil }
    return mapping == FieldMapping() ? nil : mapping
  }
}
