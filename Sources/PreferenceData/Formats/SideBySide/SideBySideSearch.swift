/// Looks for sides in columns of their own, and for the label that goes with them.
struct SideBySideSearch {
  enum Finding {
    case nothing
    case format(SideBySide)
    /// The columns are clear, and what their label means is not.
    case ambiguous(LabelAmbiguity)
  }

  private let roots: [(row: Int, root: JSONView)]
  private let keys: [String]
  private let mapping: FieldMapping

  /// Names of label fields, the more telling before the less; a name also fits one that ends with it.
  private static let labelNames = [
    "winner", "overall_preference", "overall_pref", "preference_strength", "better_response_id",
    "preferred_response", "preferred_index", "preferred", "better", "best", "acceptedIndex",
    "preference", "choice", "label", "labels", "gold", "verdict", "selected", "vote",
    "safer_response_id", "pref",
  ]
  static let voteListNames = [
    "individual_preference", "all_preferences_unprocessed", "votes", "annotations", "judgments",
    "judgements",
  ]
  static let voteNames = [
    "overall_pref", "overall_preference", "preference", "score", "strength", "vote", "label",
    "winner", "choice",
  ]
  static let annotatorNames = [
    "annotator", "annotator_id", "evaluator", "worker", "worker_id", "user_hash", "user",
    "user_id", "judge", "rater", "completed_by",
  ]

  /// - Parameters:
  ///   - sample: Rows, each with its number.
  ///   - mapping: What a person has said of the fields.
  init(_ sample: [(row: Int, root: JSONView)], mapping: FieldMapping) {
    roots = sample
    self.mapping = mapping
    var keys: [String] = []
    var known: Set<String> = []
    for (_, root) in sample {
      for value in root.children where known.count < 256 && known.insert(value.key).inserted {
        keys.append(value.key)
      }
    }
    self.keys = keys
  }

  func find() -> Finding {
    guard let layout else { return .nothing }
    let votes = votes(layout)
    var others: [FieldPath] = []
    let encoding: any LabelEncoding
    var readings = scalarLabels(layout)
    if mapping.label == nil, let flags = oneHot(layout) {
      encoding = flags
    } else if let active = readings.first {
      readings.removeFirst()
      others = readings.map(\.field)
      if let ambiguity = active.ambiguity { return .ambiguous(ambiguity) }
      encoding = active.encodings[0]
    } else if mapping.label == nil, let scores = scores(layout) {
      encoding = scores
    } else if mapping.label == nil, let ambiguity = votes.ambiguity {
      return .ambiguous(ambiguity)
    } else if mapping.label == nil, !votes.fields.isEmpty, layout.names.count == 2 {
      encoding = MajorityLabel(votes: votes.fields)
    } else {
      return .nothing
    }
    return .format(format(layout, encoding, votes.fields, others))
  }

  private var layout: SideLayout? {
    guard case .listed(let paths) = mapping.sides else {
      return SideLayout(keys: keys, roots: roots)
    }
    let names = paths.map { $0.steps.last ?? "" }
    let families = ColumnFamily.all(among: keys)
    let family =
      families.first { $0.names == names }
      ?? ColumnFamily(names: names, markers: names.indices.map { LabelValues.letter($0) }, stem: "")
    return SideLayout(family: family, families: families, keys: keys)
  }

  private func format(
    _ layout: SideLayout, _ label: any LabelEncoding, _ votes: [VoteFields], _ others: [FieldPath]
  ) -> SideBySide {
    func paths(_ words: [String]) -> [FieldPath] {
      (layout.companions(words, except: label.fields.map(\.description)) ?? [])
        .map { FieldPath(key: $0) }
    }
    let sides: [FieldPath]
    if case .listed(let paths) = mapping.sides {
      sides = paths
    } else {
      sides = layout.names.map { FieldPath(key: $0) }
    }
    return SideBySide(
      context: mapping.prompt.map { ContextFields(fields: [$0]) }
        ?? ContextFields(among: keys, except: layout.names + label.fields.map(\.description)),
      sides: sides, label: label, votes: votes,
      authors: paths(["model", "generator", "policy", "author", "source"]),
      ratings: paths(["score", "rating", "reward"]),
      judgedRound: keys.contains("turn") ? FieldPath(key: "turn") : nil, otherLabels: others,
      holdsTokens: roots.contains { _, root in
        sides.contains { root[path: $0]?.isTokenList ?? false }
      })
  }

  /// The fields with one value that is a label, in the order of their names.
  private func scalarLabels(_ layout: SideLayout) -> [LabelReadings] {
    if let values = mapping.labelValues {
      let field =
        mapping.label
        ?? labelFields(layout).first { field in
          ColumnSurvey([field], in: roots).share(of: values.entries.map(\.value)) >= 0.5
            || values.entries.contains { $0.value == LabelValues.positive }
        }
      return field.map { [LabelReadings($0, meaning: values)] } ?? []
    }
    let fields = mapping.label.map { [$0] } ?? labelFields(layout)
    return fields.map { LabelReadings($0, in: roots, layout: layout) }
      .filter { !$0.encodings.isEmpty }
  }

  private func labelFields(_ layout: SideLayout) -> [FieldPath] {
    let inFamilies = Set(layout.families.flatMap(\.names))
    let free = keys.filter { !layout.names.contains($0) && !inFamilies.contains($0) }
    var found: [String] = []
    for name in Self.labelNames {
      for key in free where (key == name || key.hasSuffix("_" + name)) && !found.contains(key) {
        found.append(key)
      }
    }
    return found.map { FieldPath(key: $0) }
  }

  /// Flags of the better side: `winner_model_a`, `is_response_0_better`; labels of 1 and 0.
  private func oneHot(_ layout: SideLayout) -> ScoreLabel? {
    for words in [["winner"], ["better"], ["best"], ["preferred"], ["label"]] {
      guard let names = layout.companions(words) else { continue }
      let fields = names.map { FieldPath(key: $0) }
      let survey = ColumnSurvey(fields, in: roots)
      guard survey.share(of: ["0", "1", "0.5", "true", "false", "True", "False"]) >= 0.95 else {
        continue
      }
      let tie = keys.first { $0 == "winner_tie" || $0 == "tie" }
      return ScoreLabel(
        scores: fields, isHighestBest: true, tie: tie.map { FieldPath(key: $0) },
        sum: tie == nil ? sum(of: fields) : nil)
    }
    return nil
  }

  /// Ratings or ranks of the sides.
  private func scores(_ layout: SideLayout) -> ScoreLabel? {
    for (word, isHighestBest) in [
      ("score", true), ("rating", true), ("reward", true), ("rank", false),
    ] {
      guard let names = layout.companions([word]) else { continue }
      let fields = names.map { FieldPath(key: $0) }
      guard ColumnSurvey(fields, in: roots).isNumeric else { continue }
      return ScoreLabel(
        scores: fields, isHighestBest: isHighestBest, tie: nil,
        sum: isHighestBest ? sum(of: fields) : nil)
    }
    return nil
  }

  /// What the numbers of every row add up to, where that is 0 or 1 in all of them.
  private func sum(of fields: [FieldPath]) -> Double? {
    guard fields.count == 2 else { return nil }
    var sums: Set<Double> = []
    for (_, root) in roots {
      let numbers = fields.compactMap { root[path: $0]?.numberOrSpelled }
      if numbers.count == 2 { sums.insert(numbers[0] + numbers[1]) }
    }
    guard sums.count == 1, let sum = sums.first, sum == 0 || sum == 1 else { return nil }
    return sum
  }

  /// The votes of single annotators, and the question to ask where their values are not clear.
  private func votes(
    _ layout: SideLayout
  ) -> (fields: [VoteFields], ambiguity: LabelAmbiguity?) {
    var found: [VoteFields] = []
    var ambiguity: LabelAmbiguity?
    func take(_ readings: LabelReadings, _ make: (any ScalarLabel) -> VoteFields) {
      if let values = mapping.labelValues, readings.ambiguity != nil {
        found.append(make(LabelReadings.encoding(of: values, in: readings.field)))
      } else if let question = readings.ambiguity {
        ambiguity = ambiguity ?? question
      } else if let encoding = readings.encodings.first {
        found.append(make(encoding))
      }
    }
    for key in keys
    where Self.voteListNames.contains(key) || key.hasSuffix("_annotations")
      || key.hasSuffix("_votes")
    {
      let list = FieldPath(key: key)
      let ballots = roots.flatMap { row, root in
        (root[path: list]?.children ?? []).filter { $0.kind == .object }.map {
          (row: row, root: $0)
        }
      }
      guard
        let name = Self.voteNames.first(where: { name in ballots.contains { $0.root[name] != nil } }
        )
      else { continue }
      let annotator = Self.annotatorNames.first { name in ballots.contains { $0.root[name] != nil }
      }
      take(LabelReadings(FieldPath(key: name), in: ballots, layout: layout)) {
        .nested(list: list, vote: $0, annotator: annotator)
      }
    }
    for family in layout.families
    where ["annotator", "rater", "judge", "worker", "vote"].contains(family.stem) {
      let fields = family.names.map { FieldPath(key: $0) }
      take(LabelReadings(fields[0], and: Array(fields.dropFirst()), in: roots, layout: layout)) {
        vote in
        .wide(
          fields.map { field in
            var other = vote
            other.field = field
            return other
          })
      }
    }
    return (found, ambiguity)
  }
}
