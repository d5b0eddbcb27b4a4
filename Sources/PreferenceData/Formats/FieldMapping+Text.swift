extension FieldMapping {
  /// The mapping that `text` spells: `prompt=a.b,chosen=c,rejected=d`, or `prompt=a.b,a=c,b=d,label=e`,
  /// the sides in file order and the field that says which is better. What is not named is looked for.
  /// Nil where a part is not understood, or nothing is named.
  public init?(fields text: String) {
    var paths: [Substring: FieldPath] = [:]
    for part in text.split(separator: ",") {
      let sides = part.split(separator: "=", maxSplits: 1)
      guard sides.count == 2, paths[sides[0]] == nil, let path = FieldPath(String(sides[1]))
      else { return nil }
      paths[sides[0]] = path
    }
    var sides: Sides?
    if let chosen = paths.removeValue(forKey: "chosen") {
      guard let rejected = paths.removeValue(forKey: "rejected") else { return nil }
      sides = .named(chosen: chosen, rejected: rejected)
    } else if let first = paths.removeValue(forKey: "a") {
      var listed = [first]
      while let next = paths.removeValue(forKey: Self.sideLetters[listed.count]) {
        listed.append(next)
      }
      guard listed.count > 1 else { return nil }
      sides = .listed(listed)
    }
    self.init(
      prompt: paths.removeValue(forKey: "prompt"), sides: sides,
      label: paths.removeValue(forKey: "label"))
    guard paths.isEmpty, self != FieldMapping() else { return nil }
    if case .named = self.sides, label != nil { return nil }
  }

  private static let sideLetters = "abcdefghijklmnopqrstuvwxyz_".map { Substring(String($0)) }

  /// The fields as `init(fields:)` reads them, without what the label's values mean; nil where none is
  /// named.
  public var fieldsText: String? {
    var fields = self
    fields.labelValues = nil
    return fields == FieldMapping() ? nil : fields.description
  }
}
