import ArgumentParser
import CurationEngine
import DatasetFiles
import Foundation
import PreferenceData
import ReviewStore

/// What a shell may offer behind an option: words of the file that the command line names, and of
/// this account. Whatever fails offers nothing; the command itself then says why.
enum CompletionWords {
  typealias Source = @Sendable (_ words: [String], _ index: Int, _ prefix: String) -> [String]

  /// A longer file is not read just to offer words.
  private static let byteLimit = 32 << 20
  /// More than a person would look through.
  private static let wordLimit = 200

  static let themes: Source = { _, _, _ in
    ThemeLibrary(environment: ProcessInfo.processInfo.environment).names
  }

  /// The names of rows.
  static let rows: Source = { words, index, prefix in
    guard let file = file(in: words, before: index),
      let dataset = try? Dataset.open(.file(file), settings: FileOptions.readSettings()),
      let opened = IndexedDataset(dataset)
    else { return [] }
    let names = (0..<dataset.rowCount).lazy.map { opened.name(of: $0) }
    return Array(names.filter { $0.hasPrefix(prefix) }.prefix(wordLimit))
  }

  /// The tags that the review of the file has.
  static let tags: Source = { words, index, _ in
    guard let file = file(in: words, before: index), let ledger = try? ledger(of: file) else {
      return []
    }
    let tags = ledger.decidedRows.flatMap { ledger.standing(on: $0) }.flatMap { $0.decision.tags }
    return Array(Set(tags).sorted().prefix(wordLimit))
  }

  /// The fields of the first row, where the file is plain JSON lines.
  static let fields: Source = { words, index, _ in
    guard let file = file(in: words, before: index),
      let bytes = try? Data(contentsOf: URL(fileURLWithPath: file), options: .mappedIfSafe),
      let line = bytes.split(separator: 0x0A, maxSplits: 1).first,
      let row = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
    else { return [] }
    return row.keys.sorted()
  }

  /// The data set that the command line names.
  private static func file(in words: [String], before index: Int) -> String? {
    words.prefix(max(0, index)).dropFirst().first { word in
      guard !word.hasPrefix("-"),
        let attributes = try? FileManager.default.attributesOfItem(atPath: word),
        attributes[.type] as? FileAttributeType == .typeRegular
      else { return false }
      return (attributes[.size] as? NSNumber)?.intValue ?? .max <= byteLimit
    }
  }

  private static func ledger(of file: String) throws -> ReviewLedger? {
    let options = try FileOptions.parse([file])
    guard let places = options.filePlaces, places.existing != nil else { return nil }
    let request = ReviewRequest(
      places: places,
      holder: LockHolder(
        annotator: try options.chosenAnnotator, host: ProcessInfo.processInfo.hostName,
        processID: ProcessInfo.processInfo.processIdentifier, sinceMillisecondsSince1970: 0))
    return try Review.read(request).journal.ledger()
  }
}
