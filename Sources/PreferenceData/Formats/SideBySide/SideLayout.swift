/// Which columns of a data set hold the sides of its rows, and what stands around them.
struct SideLayout {
  /// The columns of the sides by position, and their marks.
  let family: ColumnFamily
  let families: [ColumnFamily]
  let keys: [String]

  var names: [String] { family.names }
  var markers: [String] { family.markers }

  /// What columns with answers are called, the more particular before the more general.
  private static let stems = [
    "response", "completion", "answer", "output", "conversation", "messages", "human ref",
    "summary", "generation", "candidate", "argument", "reply", "translation", "sample", "story",
    "text", "image url", "image path", "image", "jpg", "url", "path", "a",
  ]

  /// The layout of rows with these keys in at least 95 % of the sampled `roots`.
  init?(keys: [String], roots: [(row: Int, root: JSONView)]) {
    let families = ColumnFamily.all(among: keys)
    for stem in Self.stems {
      for family in families where family.ends(with: stem) {
        let fitting = roots.count { _, root in
          family.names.allSatisfy { name in root[name].map(Self.isContent) ?? false }
        }
        if RowFormats.isEnough(fitting, of: roots.count) {
          self.init(family: family, families: families, keys: keys)
          return
        }
      }
    }
    return nil
  }

  init(family: ColumnFamily, families: [ColumnFamily], keys: [String]) {
    self.family = family
    self.families = families
    self.keys = keys
  }

  private static func isContent(_ value: JSONView) -> Bool {
    switch value.kind {
    case .string: true
    case .array: value.isConversation || value.children.first?.kind == .string || value.isTokenList
    case .object: value.isMessage || ContextFields.textNames.contains { value[$0]?.string != nil }
    case .null, .true, .false, .number: false
    }
  }

  /// The columns of another family for the same sides, whose stem holds one of `words`; none of them
  /// is one of `taken`.
  func companions(_ words: [String], except taken: [String] = []) -> [String]? {
    for word in words {
      let found = families.first { other in
        other.names != names && !other.names.contains(where: taken.contains)
          && other.names.count >= names.count && other.contains(word: word)
          && other.markers.prefix(names.count).map { $0.lowercased() }
            == markers.map { $0.lowercased() }
      }
      if let found { return Array(found.names.prefix(names.count)) }
    }
    return nil
  }

  // What a number means is known where the columns are those of one data set.

  /// AlpacaEval and AlpacaFarm: two outputs, and a preference from 1 to 2.
  func isAlpacaEval(_ name: String) -> Bool {
    name == "preference" && family.stem == "output" && markers == ["1", "2"]
  }

  /// Auto-J: 0 and 1 count the sides, 2 is a tie.
  func isAutoJ(_ name: String) -> Bool {
    name == "label" && names == ["response 1", "response 2"] && keys.contains("scenario")
  }

  /// PandaLM: 1 and 2 count the sides, 0 is a tie.
  func isPandaLM(_ name: String) -> Bool {
    names == ["response1", "response2"] && name.hasPrefix("annotator")
  }

  /// SHP: 1 where A is better.
  func hasFlagOfFirst(_ name: String) -> Bool { name == "labels" && family.stem == "human ref" }

  /// HelpSteer's single annotators, whose numbers are those of its label.
  func isVoteOfHelpSteer(_ field: FieldPath) -> Bool {
    ["score", "strength"].contains(field.steps.last)
      && keys.contains { ["overall_preference", "preference_strength"].contains($0) }
  }
}
