public import DatasetFiles
import Foundation
public import PreferenceData
public import PreferenceScoring

/// Everything on which the result of a scan depends: the bytes of the file, how they are read, the
/// settings, and the version of the numbers. Equal keys have equal results, byte for byte.
public struct ScanKey: Hashable, Sendable {
  public let text: String

  /// - Parameters:
  ///   - contentDigest: The SHA-256 of the data set's bytes.
  ///   - format: The name of the format in which the rows are read.
  ///   - mapping: The fields that the person named, if any.
  ///   - settings: The scan's settings.
  public init(
    contentDigest: String, format: String, mapping: FieldMapping?, settings: ScanSettings
  ) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    // Settings are numbers and words: they always encode.
    let spelled = (try? encoder.encode(settings)).map { String(decoding: $0, as: UTF8.self) }
    precondition(spelled != nil, "scan settings encode as JSON")
    let fields = mapping?.description
    text = [
      "scan \(ScanResult.engineVersion)", contentDigest, format, fields ?? "-", spelled ?? "",
    ].joined(separator: "\n")
  }

  /// The short name of the scan that events record: 12 hexadecimal digits.
  public var scanID: String { String(StableHash(text).description.prefix(12)) }
}

extension Dataset {
  /// The key of a scan of this data set with these settings, where `mapping` holds the fields that
  /// the person named, if any.
  ///
  /// - Complexity: Reads the whole file.
  public func scanKey(mapping: FieldMapping?, settings: ScanSettings) throws -> ScanKey {
    ScanKey(
      contentDigest: try contentDigest(), format: format.name, mapping: mapping,
      settings: settings)
  }
}
