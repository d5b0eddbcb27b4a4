/// What a theme file says, before names are looked up.
struct ThemeFile {
  /// The sections with roles, and the depth that each is about.
  static let sections: [(name: String, depth: ColourDepth)] = [
    ("roles", .direct), ("roles-256", .twoFiftySix), ("roles-16", .sixteen), ("roles-mono", .mono),
  ]

  /// The name under which the file was found: what warnings and errors call it.
  let origin: String
  var name: String
  var variant: Theme.Variant?
  /// The theme it builds on; "" for none.
  var inherits = ""
  var palette: [String: String] = [:]
  var roles: [ColourDepth: [ThemeRole: Specification]] = [:]
  var warnings: [ThemeWarning] = []

  /// One role's value as it was written, and where.
  struct Specification {
    var text: String
    var theme: String
    var line: Int?
  }

  /// Reads `source`. `name` stands in for the file's own where it gives none.
  init(_ source: String, name: String) throws(ThemeError) {
    origin = name
    self.name = name
    let file: TOMLFile
    do throws(TOMLFile.Failure) {
      file = try TOMLFile(source)
    } catch {
      switch error {
      case .tooLarge(let bytes, let limit): throw .tooLarge(bytes: bytes, limit: limit)
      case .malformed(let line, let column, let reason):
        throw .malformed(theme: name, line: line, column: column, reason: reason)
      }
    }
    for entry in file.entries { read(entry) }
  }

  private mutating func read(_ entry: TOMLFile.Entry) {
    let (key, line) = (entry.key, entry.line)
    guard case .text(let text) = entry.value else {
      return warn(.notText(key: key.joined(separator: ".")), line)
    }
    let rest = key.dropFirst().joined(separator: ".")
    switch key[0] {
    case "name" where key.count == 1: name = text
    case "inherits" where key.count == 1: inherits = text
    case "variant" where key.count == 1:
      variant = Theme.Variant(rawValue: text)
      if variant == nil { warn(.unknownVariant(text), line) }
    case "palette" where key.count > 1: palette[rest] = text
    case let section where key.count > 1:
      guard let depth = Self.sections.first(where: { $0.name == section })?.depth else {
        return warn(.unknownSection(section), line)
      }
      guard let role = ThemeRole(rawValue: rest) else { return warn(.unknownRole(rest), line) }
      roles[depth, default: [:]][role] = Specification(text: text, theme: origin, line: line)
    case let key: warn(.unknownSection(key), line)
    }
  }

  private mutating func warn(_ problem: ThemeWarning.Problem, _ line: Int?) {
    warnings.append(ThemeWarning(theme: origin, line: line, problem: problem))
  }
}
