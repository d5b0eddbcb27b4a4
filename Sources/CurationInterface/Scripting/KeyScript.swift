public import TerminalSurface

/// What a person would do at the screen, written down: keys, and what has to be seen after them.
///
/// One step a line. A line of keys spells them as the help does, with blanks between them (`j j Enter
/// a`); keys of one character may stand together (`jja`). A line that begins with a colon and a letter
/// is a command, one that begins with `#` and a blank a remark.
public struct KeyScript: Hashable, Sendable {
  public enum Step: Hashable, Sendable {
    case press([KeyPress])
    /// Until nothing is read, scanned, saved or searched any more.
    case waitUntilIdle
    /// The text has to stand, or must not stand, in a line of the screen.
    case expect(String, isThere: Bool)
    case resize(Size)
    /// The screen as text into a file; `-` is standard output.
    case dumpScreen(path: String)
  }

  public struct Line: Hashable, Sendable {
    /// From 1.
    public let number: Int
    public let step: Step
  }

  public let lines: [Line]

  /// Reads a script.
  /// - Throws: Where it stops making sense.
  public init(_ text: String) throws(KeyScriptError) {
    var lines: [Line] = []
    for (index, text) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let trimmed = text.drop(while: \.isWhitespace).trimmingBlanksAtEnd
      guard !trimmed.isEmpty, !trimmed.hasPrefix("# ") else { continue }
      do throws(KeyScriptError.Problem) {
        lines.append(Line(number: index + 1, step: try Step(trimmed)))
      } catch {
        throw KeyScriptError(line: index + 1, problem: error)
      }
    }
    self.lines = lines
  }

  /// The script that presses `keys` once everything is there, and shows the screen that comes of it.
  public init(keys: String) throws(KeyScriptError) {
    do throws(KeyScriptError.Problem) {
      let steps: [Step] = [
        .waitUntilIdle, .press(try Step.keys(of: keys[...])), .waitUntilIdle,
        .dumpScreen(path: "-"),
      ]
      lines = steps.map { Line(number: 1, step: $0) }
    } catch {
      throw KeyScriptError(line: 1, problem: error)
    }
  }
}

/// Why a line of a script makes no sense.
public struct KeyScriptError: Error, Hashable {
  public enum Problem: Error, Hashable, Sendable {
    case unknownCommand(String)
    case missingArgument(command: String)
    /// A word that looks like the name of a key and is none.
    case unknownKey(String)
    case noSize(String)
    /// What can be waited for is `idle`.
    case unknownWait(String)
  }

  public let line: Int
  public let problem: Problem
}

extension Size {
  /// The size that `text` spells as columns and rows: `80x24`. Nil for anything else, and for what no
  /// terminal has.
  public init?(_ text: String) {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let columns = parts[0], let rows = parts[1],
      (1...1000).contains(columns), (1...1000).contains(rows)
    else { return nil }
    self.init(columns: columns, rows: rows)
  }
}

extension KeyScript.Step {
  fileprivate init(_ line: Substring) throws(KeyScriptError.Problem) {
    guard line.first == ":", let second = line.dropFirst().first, second.isLetter else {
      self = .press(try Self.keys(of: line))
      return
    }
    let command = String(line.prefix { !$0.isWhitespace })
    let argument = String(line.dropFirst(command.count).drop(while: \.isWhitespace))
    guard [":wait", ":expect", ":refuse", ":type", ":resize", ":dump-screen"].contains(command)
    else { throw .unknownCommand(command) }
    guard !argument.isEmpty else { throw .missingArgument(command: command) }
    switch command {
    case ":wait":
      guard argument == "idle" else { throw .unknownWait(argument) }
      self = .waitUntilIdle
    case ":expect": self = .expect(argument, isThere: true)
    case ":refuse": self = .expect(argument, isThere: false)
    case ":type": self = .press(argument.map(KeyPress.character))
    case ":resize":
      guard let size = Size(argument) else { throw .noSize(argument) }
      self = .resize(size)
    default: self = .dumpScreen(path: argument)
    }
  }

  /// The keys that `line` spells.
  fileprivate static func keys(of line: Substring) throws(KeyScriptError.Problem) -> [KeyPress] {
    var keys: [KeyPress] = []
    for word in line.split(whereSeparator: \.isWhitespace).map(String.init) {
      guard let sequence = KeySequence(word) else { continue }
      if sequence.keys.count > 1, looksLikeName(word) { throw .unknownKey(word) }
      keys += sequence.keys
    }
    return keys
  }

  /// Whether `word` is a misspelt name rather than keys: `Entr` would decide with each of its letters.
  private static func looksLikeName(_ word: String) -> Bool {
    if ["Ctrl-", "Shift-", "Alt-"].contains(where: word.hasPrefix) { return true }
    return word.count > 2 && word.first?.isUppercase == true
      && word.dropFirst().allSatisfy(\.isLowercase)
  }
}

extension Substring {
  fileprivate var trimmingBlanksAtEnd: Substring {
    var text = self
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
