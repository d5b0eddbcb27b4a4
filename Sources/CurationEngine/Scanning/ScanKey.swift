public import DatasetFiles
import Foundation
public import PreferenceData
public import PreferenceScoring

/// Everything on which the result of a scan depends: the bytes of the file, how they are read, the
/// settings, and the version of the numbers. Equal keys have equal results, byte for byte.
public struct ScanKey: Hashable, Sendable {
  public let text: String
  /// The same of a scan that works out the ranking and no further signal.
  public let rankingText: String

  /// - Parameters:
  ///   - contentDigest: The SHA-256 of the data set's bytes.
  ///   - format: The name of the format in which the rows are read.
  ///   - mapping: The fields that the person named, if any.
  ///   - settings: The scan's settings.
  public init(
    contentDigest: String, format: String, mapping: FieldMapping?, settings: ScanSettings
  ) {
    let fields = mapping.map { "\($0.prompt?.description ?? "-"),\($0.chosen),\($0.rejected)" }
    func spelling(_ settings: ScanSettings) -> String {
      [
        "scan \(ScanResult.engineVersion)", contentDigest, format, fields ?? "-",
        Self.spelled(settings),
      ].joined(separator: "\n")
    }
    text = spelling(settings)
    rankingText = spelling(settings.ranking)
  }

  private static func spelled(_ settings: ScanSettings) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    // Settings are numbers and words: they always encode.
    guard let spelled = try? encoder.encode(settings) else {
      preconditionFailure("scan settings encode as JSON")
    }
    return String(decoding: spelled, as: UTF8.self)
  }

  /// The short name of the ranking that events record, whatever signals stand beside it: 12
  /// hexadecimal digits.
  public var scanID: String { String(StableHash(rankingText).description.prefix(12)) }
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
