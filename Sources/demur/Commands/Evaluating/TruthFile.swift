import Foundation

/// A file that says which labels are wrong: one JSON object a row.
enum TruthFile {
  private struct Line: Decodable {
    var line: Int?
    var row: Int?
    var noisy: Bool?
    var flipped: Bool?
  }

  /// By row, whether its label is wrong; a row that the file does not name is right.
  static func read(_ path: String, rowCount: Int) throws -> [Bool] {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw Failure(
        .file, what: "the truth file \(path) cannot be read", why: error.localizedDescription)
    }
    var isWrong = [Bool](repeating: false, count: rowCount)
    for (number, text) in data.split(separator: UInt8(ascii: "\n")).enumerated() {
      guard let entry = try? JSONDecoder().decode(Line.self, from: Data(text)),
        let row = entry.line ?? entry.row, isWrong.indices.contains(row),
        let noisy = entry.noisy ?? entry.flipped
      else {
        throw Failure(
          .badData, what: "the truth file \(path) does not fit",
          why: "line \(number + 1) has no line (or row) of this data set, or no noisy (or flipped)",
          remedy: "one JSON object a row, such as {\"line\":0,\"noisy\":false}")
      }
      isWrong[row] = noisy
    }
    return isWrong
  }
}
