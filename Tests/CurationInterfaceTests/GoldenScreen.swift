import Foundation
import TerminalSurface
import Testing

@testable import CurationInterface

/// A screen kept as a file: the grid as text, a rule, then the roles of each row.
///
/// The files name roles and no colours, so no theme breaks them. `UPDATE_SCREENS=1` writes them
/// anew; what changed is then reviewed as a difference of text.
enum GoldenScreen {
  static func check(
    _ frame: Frame, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try check(
      text(of: frame), file: "\(name).\(frame.size.columns)x\(frame.size.rows).txt",
      sourceLocation: sourceLocation)
  }

  /// Compares `drawn` with what is kept under `name`.
  static func check(
    _ drawn: String, file name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Screens/\(name)")
    if ProcessInfo.processInfo.environment["UPDATE_SCREENS"] == "1" {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(drawn.utf8).write(to: file)
      return
    }
    let kept = try String(decoding: Data(contentsOf: file), as: UTF8.self)
    guard kept != drawn else { return }
    let lines = zip(
      kept.split(separator: "\n", omittingEmptySubsequences: false),
      drawn.split(separator: "\n", omittingEmptySubsequences: false))
    let difference = lines.first { $0 != $1 }.map { "kept:  \($0)\ndrawn: \($1)" } ?? "in length"
    Issue.record("\(name) differs\n\(difference)", sourceLocation: sourceLocation)
  }

  private static func text(of frame: Frame) -> String {
    var text = frame.lines.map(trimmed).joined(separator: "\n") + "\n"
    text += String(repeating: "=", count: frame.size.columns) + "\n"
    for row in 0..<frame.size.rows {
      let roles = (0..<frame.size.columns).map { frame[$0, row].role }
      var runs: [(role: ThemeRole, columns: Int)] = []
      for role in roles {
        if runs.last?.role == role {
          runs[runs.count - 1].columns += 1
        } else {
          runs.append((role, 1))
        }
      }
      guard runs.contains(where: { $0.role != .text }) else { continue }
      text +=
        "\(row): " + runs.map { "\($0.role.rawValue) \($0.columns)" }.joined(separator: ", ") + "\n"
    }
    if let cursor = frame.cursor { text += "cursor: \(cursor.column), \(cursor.row)\n" }
    return text
  }

  private static func trimmed(_ line: String) -> String {
    String(line.reversed().drop { $0 == " " }.reversed())
  }
}
