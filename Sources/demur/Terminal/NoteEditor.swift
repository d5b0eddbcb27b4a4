import CurationInterface
import Foundation
import TerminalDriver

/// Lets a person go on with a note in an editor of their own: `VISUAL`, else `EDITOR`.
@MainActor
struct NoteEditor {
  /// Nil where keys come from a script.
  let terminal: (any ReviewScreen)?

  /// Opens the editor with `text`, and gives what is left there when it ends.
  func edit(_ text: String) -> Message {
    guard let terminal else {
      return failed("an editor needs a terminal", why: "these keys come from a script")
    }
    guard let editor = Self.editor(ProcessInfo.processInfo.environment) else {
      return failed(
        "there is no editor to write the note in", remedy: "name one in VISUAL or EDITOR")
    }
    // A folder that only this account may enter: the note is nobody else's, at no moment.
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("demur-\(UUID().uuidString)")
    let file = folder.appendingPathComponent("note.txt")
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
      // What cannot be removed is said by nobody: the note itself is safe.
      defer { try? FileManager.default.removeItem(at: folder) }
      try Data(text.utf8).write(to: file)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
      do {
        try terminal.run(editor + [file.path])
      } catch {
        return failed("\(editor[0]) has not kept the note", why: error.text)
      }
      return .edited(Self.note(in: try Data(contentsOf: file)))
    } catch {
      return failed("the note cannot be given to an editor", why: error.localizedDescription)
    }
  }

  /// The editor's words: `EDITOR` may hold options, and is never given to a shell.
  static func editor(_ environment: [String: String]) -> [String]? {
    for name in ["VISUAL", "EDITOR"] {
      let words = (environment[name] ?? "").split(separator: " ").map(String.init)
      if !words.isEmpty { return words }
    }
    return nil
  }

  /// The text of a note: as it was written, without the ends of line behind it.
  static func note(in data: Data) -> String {
    var text = String(decoding: data, as: UTF8.self)
    while text.last?.isNewline == true { text.removeLast() }
    return text
  }

  private func failed(_ what: String, why: String = "", remedy: String = "") -> Message {
    .editFailed(ProblemText(what: what, why: why, remedy: remedy))
  }
}

extension ForegroundProgram.Problem {
  var text: String {
    switch self {
    case .notStarted(let code): "it cannot be started (\(Failure.systemText(code)))"
    case .failed(let status?): "it ended with status \(status)"
    case .failed(nil): "a signal ended it"
    }
  }
}
