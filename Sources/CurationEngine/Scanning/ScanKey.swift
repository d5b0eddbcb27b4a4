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
  ///   - columns: The columns to which the person gave a meaning.
  ///   - scores: What identifies each score file.
  ///   - settings: The scan's settings.
  public init(
    contentDigest: String, format: String, mapping: FieldMapping?,
    columns: NamedColumns = NamedColumns(), scores: [String] = [], settings: ScanSettings
  ) {
    let fields = mapping?.description
    // A name may hold whatever keeps two names apart: each stands in a line of its own.
    let rewards = columns.rewards.map { "reward \($0.first)\t\($0.second)" }
    let names = [("group", columns.group), ("annotator", columns.annotator)]
      .compactMap { name, path in path.map { "\(name) \($0)" } }
    func spelling(_ settings: ScanSettings) -> String {
      let own = [
        "scan \(ScanResult.engineVersion)", contentDigest, format, fields ?? "-",
        Self.spelled(settings),
      ]
      return (own + rewards + names + scores.map { "scores \($0)" }).joined(separator: "\n")
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
  /// the person named, if any, and `scores` what identifies each score file.
  ///
  /// - Complexity: Reads the whole file.
  public func scanKey(
    mapping: FieldMapping?, scores: [String] = [], settings: ScanSettings
  ) throws -> ScanKey {
    ScanKey(
      contentDigest: try contentDigest(), format: format.identity, mapping: mapping,
      columns: columns, scores: scores, settings: settings)
  }
}
