/// How the values of one label field may be understood.
struct LabelReadings {
  let field: FieldPath
  /// The encodings that fit, the likelier first. One is a clear label, none no label at all.
  private(set) var encodings: [any ScalarLabel] = []
  /// By encoding: how a person would say it. Empty where it is clear.
  private(set) var values: [LabelValues] = []
  let survey: ColumnSurvey

  /// Field names whose whole numbers count the sides from 0.
  private static let indexWords = [
    "choice", "index", "idx", "id", "best", "better", "chosen", "winner", "safer", "preferred",
  ]
  /// Fields whose numbers are above 0 where the second response is better (HelpSteer2: NVIDIA 2024,
  /// arXiv:2410.01257; HelpSteer3: arXiv:2505.11475).
  private static let secondAboveZero = [
    "overall_preference", "preference_strength", "individual_preference",
  ]

  /// How the label in `field` may be understood, by the values that a sample of rows has in it, and in
  /// `columns` where every annotator has a column of such labels.
  init(
    _ field: FieldPath, and columns: [FieldPath] = [], in roots: [(row: Int, root: JSONView)],
    layout: SideLayout
  ) {
    self.field = field
    survey = ColumnSurvey([field] + columns, in: roots)
    guard survey.presentCount > 0, survey.otherCount * 20 <= survey.presentCount else { return }
    let name = field.steps.last ?? ""
    if let words = namedWords(layout) {
      encodings = [WordLabel(field: field, words: words)]
    } else if survey.isNumeric,
      Self.secondAboveZero.contains(name) || layout.isVoteOfHelpSteer(field)
    {
      encodings = [StrengthLabel(field: field, positive: 1)]
    } else if survey.isNumeric, survey.numbers.contains(where: { $0 < 0 }) {
      offerStrengths(layout)
    } else if layout.isAlpacaEval(name),
      survey.numbers.allSatisfy({ $0 == 0 || (1...2).contains($0) })
    {
      encodings = [ScaleLabel(field: field)]
    } else {
      readNumbers(name, layout)
    }
  }

  /// The one reading that a person has spelled out.
  init(_ field: FieldPath, meaning values: LabelValues) {
    self.field = field
    survey = ColumnSurvey([], in: [])
    encodings = [Self.encoding(of: values, in: field)]
  }

  /// The words of the table, where nearly all values are among them; those that the file has come
  /// first.
  private func namedWords(_ layout: SideLayout) -> LabelWords? {
    let words = LabelWords.common(markers: layout.markers, names: layout.names)
    let seen = survey.values.map(\.text)
    // Words that name no side are not enough.
    guard seen.contains(where: words.namesSide),
      survey.share(of: seen.filter { words.label(of: $0) != nil }) >= 0.95
    else { return nil }
    return words.preferring(seen)
  }

  private mutating func offerStrengths(_ layout: SideLayout) {
    guard layout.names.count == 2 else { return }
    let (negative, positive) = (LabelValues.negative, LabelValues.positive)
    offer([
      [.init(negative, .side(0)), .init(positive, .side(1)), .init("0", .tie)],
      [.init(positive, .side(0)), .init(negative, .side(1)), .init("0", .tie)],
    ])
  }

  /// Whole numbers from 0: an index, a number from 1, or 1 for the first side. Those readings are
  /// offered whose values hold all that the file has; and where some of them let every side win in
  /// some row, only those.
  private mutating func readNumbers(_ name: String, _ layout: SideLayout) {
    let sides = layout.names.indices
    let count = sides.count
    let nameWords = name.lowercased().split { !$0.isLetter }.map(String.init)
    let isIndex =
      name.hasSuffix("Index")
      || !nameWords.contains("is")
        && nameWords.contains(where: Self.indexWords.contains)
    func entries(_ value: (Int) -> Int) -> [LabelValues.Entry] {
      sides.map { LabelValues.Entry(String(value($0)), .side($0)) }
    }
    let index = entries { $0 } + [.init(String(count), .tie)]
    let number = entries { $0 + 1 } + [.init("0", .tie)]
    let flag = [LabelValues.Entry("1", .side(0)), .init("0", .side(1))]
    let truth = [LabelValues.Entry("true", .side(0)), .init("false", .side(1))]
    let capitals = [LabelValues.Entry("True", .side(0)), .init("False", .side(1))]
    var offered: [[LabelValues.Entry]]
    if layout.hasFlagOfFirst(name) {
      offered = [flag, truth, capitals]
    } else if isIndex {
      // Where the columns are numbered themselves, the number is theirs.
      switch layout.markers.first {
      case "0": offered = [index]
      case "1": offered = [number]
      default:
        let startsAtZero = survey.contains("0") && !survey.contains(String(count))
        offered = startsAtZero ? [index] : [index, number]
      }
    } else if layout.isAutoJ(name) {
      offered = [index]
    } else if layout.isPandaLM(name) {
      offered = [number]
    } else {
      offered = [index, number] + (count == 2 ? [flag] : [])
      for reading in count == 2 ? [truth, capitals] : [] {
        offered += [
          reading, [.init(reading[1].value, .side(0)), .init(reading[0].value, .side(1))],
        ]
      }
    }
    offered = offered.filter { survey.share(of: $0.map(\.value)) >= 0.95 }
    let complete = offered.filter { entries in
      entries.allSatisfy { entry in
        if case .side = entry.meaning { survey.contains(entry.value) } else { true }
      }
    }
    offer(complete.isEmpty ? offered : complete)
  }

  private mutating func offer(_ readings: [[LabelValues.Entry]]) {
    values = readings.map { LabelValues($0) }
    encodings = values.map { Self.encoding(of: $0, in: field) }
  }

  /// The encoding that a person has spelled out.
  static func encoding(of values: LabelValues, in field: FieldPath) -> any ScalarLabel {
    let above = values.entries.first { $0.value == LabelValues.positive }
    let below = values.entries.first { $0.value == LabelValues.negative }
    if let above, below != nil, case .side(let positive) = above.meaning, positive < 2 {
      return StrengthLabel(field: field, positive: positive)
    }
    return WordLabel(field: field, words: LabelWords(values))
  }

  /// The question to ask; nil where the label is clear, or none.
  var ambiguity: LabelAmbiguity? {
    guard encodings.count > 1 else { return nil }
    return LabelAmbiguity(
      field: field, readings: values.map { .init(values: $0) }, examples: survey.examples)
  }
}
