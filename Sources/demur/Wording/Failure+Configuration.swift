import CurationInterface
import TerminalSurface

// The one place where problems of the configuration become sentences.

extension Failure {
  init(_ error: TOMLFile.Failure, configuration path: String) {
    let remedy = "mend it, or name another one with --config"
    switch error {
    case .tooLarge(let bytes, let limit):
      self.init(
        .usage, what: "\(Table.line(path)) is no configuration",
        why: "it has \(Numbers.grouped(bytes)) bytes, at most \(Numbers.grouped(limit)) are read",
        remedy: remedy)
    case .malformed(let line, let column, let reason):
      self.init(
        .usage, what: "\(Table.line(path)), line \(line), column \(column)",
        why: Table.line(reason), remedy: remedy)
    }
  }
}

extension SettingProblem {
  /// The sentence, with the place it is about.
  func text(in path: String) -> String {
    let origin =
      switch place {
      case .line(let line?): "\(path), line \(line)"
      case .line(nil): path
      case .variable(let name): name
      }
    return Table.line("\(origin): \(reason.text)")
  }
}

extension SettingProblem.Reason {
  fileprivate var text: String {
    switch self {
    case .unknownName(let name, let nearest): "there is no setting \(name)" + Self.meant(nearest)
    case .wrongValue(let setting, let text):
      "\(setting.rawValue) takes \(setting.kind.text), not \(text.isEmpty ? "nothing" : text)"
    case .unknownScope(let name, let nearest):
      "there is no view [keys.\(name)]" + Self.meant(nearest.map { "[keys.\($0)]" })
    case .unknownAction(let name, let scope, let nearest):
      "[keys.\(scope.rawValue)] has no action \(name)" + Self.meant(nearest)
    case .elsewhere(let action, let scope, let scopes):
      "\(action.rawValue) has no keys in [keys.\(scope.rawValue)], but in "
        + scopes.map { "[keys.\($0.rawValue)]" }.joined(separator: " and ")
    case .noKeys(let action):
      "the keys of \(action.rawValue) are a text, or a list of texts on one line"
    case .wrongKey(let action, let mistake): "\(action.rawValue): \(mistake.text)"
    case .clash(let sequence, let scope, let first, let second):
      "in \(scope.rawValue), \(sequence) asks for two things: \(first.text) and \(second.text)"
    case .hidden(let sequence, let others, let shorter, let scope, let first, let second):
      "in \(scope.rawValue), \(sequence) (\(second.text)) "
        + (others == 0 ? "is" : "and \(others) more are")
        + " never reached, since \(shorter) acts at once (\(first.text))"
    case .withoutKey(let action): "\(action.rawValue) has no key left, and nobody can do without it"
    }
  }

  private static func meant(_ name: String?) -> String {
    name.map { ": did you mean \($0)?" } ?? ""
  }
}

extension SettingProblem.Holder {
  fileprivate var text: String {
    let origin = line.map { "line \($0)" } ?? "as Demur comes"
    return "\(action.rawValue) of [keys.\(scope.rawValue)], \(origin)"
  }
}

extension KeySequence.Mistake {
  fileprivate var text: String {
    switch self {
    case .unknown(let name, let nearest):
      "no key is called '\(name)'" + (nearest.map { ": did you mean \($0)?" } ?? "")
    case .merged(let name, let key): "terminals send the same for \(name) and \(key)"
    case .cancels(let key): "\(key) behind another key cancels that one"
    case .tooLong(let name): "'\(name)' is more than three keys"
    }
  }
}

extension Setting.Kind {
  /// What the value has to be, in a few words.
  var text: String {
    switch self {
    case .text: "a text"
    case .annotator: "a name"
    case .flag: "true or false"
    case .choice(let words): "one of \(words.joined(separator: ", "))"
    case .wholeNumber(let least): "a whole number from \(least) on"
    case .number(let range, let isOpen):
      isOpen
        ? "a number between \(range.lowerBound) and \(range.upperBound)"
        : "a number from \(range.lowerBound) to \(range.upperBound)"
    case .words(let words): "some of \(words.joined(separator: ", "))"
    }
  }
}

extension Settings.Source {
  /// Where a value came from, in a few words.
  var text: String {
    switch self {
    case .standard: "as Demur comes"
    case .file(let line?): "file, line \(line)"
    case .file(nil): "file"
    case .environment(let name): name
    }
  }
}
