import CurationInterface
import Foundation
import PreferenceData
import TerminalSurface
import Themes

/// Where themes come from: a path, the person's own folder, or the binary.
struct ThemeLibrary {
  let ownFolder: String

  init(environment: [String: String]) {
    ownFolder = ConfigurationFolder.path(environment) + "/Themes"
  }

  /// The names that can be asked for: the person's own first, then those of the binary.
  var names: [String] {
    let own = (try? FileManager.default.contentsOfDirectory(atPath: ownFolder)) ?? []
    let ownNames = own.filter { $0.hasSuffix(".theme") }.map { String($0.dropLast(6)) }.sorted()
    return ownNames + BuiltInThemes.names.filter { !ownNames.contains($0) }
  }

  /// The theme with this name or in this file.
  func theme(_ nameOrPath: String) throws -> (theme: Theme, warnings: [ThemeWarning]) {
    guard let source = try source(nameOrPath) else {
      let nearest = Suggestion.nearest(to: nameOrPath, among: names)
      throw Failure(
        .file, what: "there is no theme \(nameOrPath)",
        remedy: nearest.map { "did you mean \($0)?" } ?? "see 'demur theme list'")
    }
    do {
      let name = URL(fileURLWithPath: nameOrPath).deletingPathExtension().lastPathComponent
      return try Theme.read(source, name: name) { parent in
        // An inherited theme that cannot be read is as good as one that is not there.
        try? self.source(parent)
      }
    } catch {
      throw Failure(
        .badData, what: "the theme \(nameOrPath) cannot be used", why: error.text,
        remedy: "mend it; 'demur theme check' says more")
    }
  }

  /// The themes that can be chosen on screen: all that can be read, and `current` where it is none of
  /// them. What cannot be read is left out there; `demur theme check` says why.
  func choices(with current: Theme) -> [Theme] {
    let themes = names.compactMap { try? theme($0).theme }
    return themes.contains(current) ? themes : [current] + themes
  }

  private func source(_ nameOrPath: String) throws -> String? {
    let isPath = nameOrPath.contains("/") || nameOrPath.hasSuffix(".theme")
    let path = isPath ? nameOrPath : "\(ownFolder)/\(nameOrPath).theme"
    guard FileManager.default.fileExists(atPath: path) else {
      return isPath ? nil : BuiltInThemes.source(named: nameOrPath)
    }
    do {
      return String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    } catch {
      throw Failure(.file, what: "\(path) cannot be read", why: error.localizedDescription)
    }
  }
}

extension ThemeError {
  fileprivate var text: String {
    switch self {
    case .tooLarge(let bytes, let limit):
      "it has \(Numbers.grouped(bytes)) bytes, a theme has at most \(Numbers.grouped(limit))"
    case .malformed(let theme, let line, let column, let reason):
      "\(theme), line \(line), column \(column): \(Table.line(reason))"
    case .unknownParent(let theme, let parent):
      "\(theme) inherits \(Table.line(parent)), which is not there"
    case .inheritanceCycle(let names):
      "it inherits itself (\(Table.line(names.joined(separator: " -> "))))"
    }
  }
}

extension ThemeWarning {
  var text: String {
    let place = line.map { "\(theme), line \($0)" } ?? theme
    let what =
      switch problem {
      case .unknownSection(let name): "unknown section \(name)"
      case .unknownRole(let name): "unknown role \(name)"
      case .unknownColour(let name): "unknown colour \(name)"
      case .unknownAttribute(let name): "unknown attribute \(name)"
      case .unknownVariant(let name): "unknown variant \(name)"
      case .notText(let key): "\(key) is no text"
      }
    return Table.line("\(place): \(what)")
  }
}
