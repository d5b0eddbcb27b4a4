import CurationEngine
import DatasetFiles
import Foundation
import PreferenceData
import PreferenceScoring
import ReviewStore

extension ScanOptions {
  /// The pairs that `--influence-on` means in `opened`.
  func influenceTarget(
    in opened: IndexedDataset, _ options: FileOptions
  ) throws -> InfluenceTarget {
    guard let influenceOn else { return .allPairs }
    switch influenceOn {
    case "all": return .allPairs
    case "shorter": return .shorterChosen
    case "gold": return try confirmedRows(of: opened, options)
    default:
      if influenceOn.hasPrefix("group=") { return .group(String(influenceOn.dropFirst(6))) }
      return try listedRows(of: opened, path: influenceOn)
    }
  }

  private func confirmedRows(
    of opened: IndexedDataset, _ options: FileOptions
  ) throws -> InfluenceTarget {
    let request = try options.reviewRequest(for: opened.dataset)
    let ledger: ReviewLedger
    do {
      ledger = try Review.read(request).journal.ledger()
    } catch {
      throw Failure(
        describing: error, file: options.file, folder: request.places.candidates[0].path)
    }
    let rows = opened.confirmedRows(under: ledger)
    guard rows != .rows(kept: [], swapped: []) else {
      throw Failure(
        .no, what: "there are no gold rows", why: "no decision keeps or swaps a label yet",
        remedy: "decide some pairs first, or name the rows in a file")
    }
    return rows
  }

  private func listedRows(of opened: IndexedDataset, path: String) throws -> InfluenceTarget {
    let text: String
    do {
      text = try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8)
    } catch {
      throw Failure(
        .file, what: "the rows of --influence-on cannot be read from \(path)",
        why: error.localizedDescription,
        remedy: "give all, gold, shorter, group=NAME, or a file that names a row a line")
    }
    let rows = try text.split(whereSeparator: \.isNewline).enumerated().map { number, line in
      let name = Int(line).map { "row:\($0)" } ?? String(line)
      guard case .found(let row) = opened.position(named: name) else {
        throw Failure(
          .badData, what: "the file \(path) does not fit",
          why: "line \(number + 1) names no row of this data set, or several",
          remedy: "a row is named by its id, or by its number counted from 0")
      }
      return row
    }
    return .rows(kept: Set(rows).sorted(), swapped: [])
  }
}
