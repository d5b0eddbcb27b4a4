public import PreferenceData
public import PreferenceScoring

/// A first look in lines, as the command and the screen show it. What has nothing to say is left out.
///
/// In blind mode the lines are the same for a data set and the one with every label exchanged.
public struct FirstLookStory: Sendable {
  /// One line: what it is about, and what is said of it.
  public struct Line: Hashable, Sendable {
    /// Empty where the line goes on with the subject of the one before.
    public var title: String
    public var text: String
    /// Whether somebody should look at it before trusting the labels.
    public var isWarning = false
    /// The rows of which the line speaks, where they can be listed, and what they have in common.
    var rows: [Int] = []
    var phrase = ""
  }

  public private(set) var lines: [Line] = []
  private let look: FirstLook
  private let index: RowIndex
  private let isBlind: Bool
  private let authorLimit: Int

  /// - Parameters:
  ///   - look: What was counted.
  ///   - index: Who the rows are.
  ///   - isBlind: Whether to leave out which side is preferred.
  ///   - authorLimit: How many authors are named before the rest is summed up.
  ///   - container: The container in words, where it is to be told first.
  ///   - format: The format in words.
  public init(
    _ look: FirstLook, index: RowIndex, isBlind: Bool = false, authorLimit: Int = 6,
    container: String? = nil, format: String? = nil
  ) {
    self.look = look
    self.index = index
    self.isBlind = isBlind
    self.authorLimit = authorLimit
    if let container { add("container", container) }
    if let format { add("format", format) }
    addRows()
    addLabels()
    addCopies()
    addFindings()
    addVotes()
    addAuthors()
    addTexts()
    addTroubles()
    addOverlap()
  }

  private mutating func add(_ title: String, _ text: String, warning: Bool = false) {
    lines.append(Line(title: title, text: text, isWarning: warning))
  }

  /// Adds a line about `rows` that can be listed, if there are any.
  private mutating func add(_ title: String, _ rows: [Int], _ phrase: String) {
    guard !rows.isEmpty else { return }
    let goesOn = lines.last?.rows.isEmpty == false && subject == title
    subject = title
    lines.append(
      Line(
        title: goesOn ? "" : title, text: "\(Numbers.count(rows.count, "row")): \(phrase)",
        isWarning: true, rows: rows, phrase: phrase))
  }

  /// What the newest line with rows is about.
  private var subject = ""

  private mutating func addRows() {
    add("rows", "\(Numbers.grouped(index.rowCount)), \(readable)")
    guard index.problems.count > ProblemGroup.listed else {
      return add("problems", index.problems.map(\.row), "cannot be read")
    }
    for group in ProblemGroup.all(of: index.problems) {
      add("problems", group.problems.map(\.row), group.phrase)
      lines[lines.count - 1].text += " (\(group.places))"
    }
  }

  private var readable: String {
    index.problems.isEmpty
      ? "all of which can be read" : "\(Numbers.grouped(index.readableCount)) can be read"
  }

  private mutating func addLabels() {
    let labels = look.labels
    let counts = [
      (labels.first + labels.second, "prefer a side"), (labels.ranked, "ranked"),
      (labels.tied, "tied"), (labels.bothBad, "both bad"),
      (labels.desirable + labels.undesirable, "rated alone"),
      (labels.unlabelled, "without a label"),
    ]
    let said = counts.filter { $0.0 > 0 }.map { "\(Numbers.grouped($0.0)) \($0.1)" }
    if !said.isEmpty { add("labels", said.joined(separator: ", ")) }
    if !isBlind, labels.desirable + labels.undesirable > 0 {
      add(
        "",
        "of those rated alone, \(Numbers.grouped(labels.desirable)) good, "
          + "\(Numbers.grouped(labels.undesirable)) bad")
    }
    addPosition()
    addStrengths()
    addLength()
  }

  /// Which place is preferred is left out in blind mode: what a file names first is the preferred side in
  /// some formats.
  private mutating func addPosition() {
    let labels = look.labels
    guard !isBlind, let share = labels.firstShare else { return }
    switch (labels.first, labels.second) {
    case (_, 0): add("position", "the side named first, always, as where a column is called chosen")
    case (0, _): add("position", "the side named second, always")
    default: add("position", "the side named first is preferred in \(text(share))")
    }
  }

  /// More values than this are no scale that is read at a glance.
  private static let strengthLimit = 10

  private mutating func addStrengths() {
    let counts = look.labels.strengths
    guard !counts.isEmpty, counts.count <= Self.strengthLimit else { return }
    var said: [String] = []
    if isBlind {
      for strength in Set(counts.map(\.strength)).sorted() {
        let rows = counts.reduce(0) { $1.strength == strength ? $0 + $1.rows : $0 }
        said.append("\(Self.plain(strength)): \(Numbers.grouped(rows))")
      }
    } else {
      let names = ["first", "second"]
      said = counts.map {
        let side = names.indices.contains($0.side) ? names[$0.side] : "side \($0.side + 1)"
        return "\(side) by \(Self.plain($0.strength)): \(Numbers.grouped($0.rows))"
      }
    }
    add("strength", said.joined(separator: ", "))
  }

  private static func plain(_ number: Double) -> String {
    let text = Numbers.fixed(number)
    return text.hasSuffix(".00") ? String(text.dropLast(3)) : text
  }

  private mutating func addLength() {
    let longer = look.longerSide
    guard let share = longer.share else { return }
    let different = longer.wins + longer.losses
    let shown = isBlind ? Estimate(wins: max(longer.wins, longer.losses), of: different) : share
    let which = isBlind ? "one of longer and shorter" : "the longer side"
    add(
      "length",
      "\(which) is preferred in \(text(shown)) of \(Numbers.count(different, "pair"))")
  }

  private mutating func addCopies() {
    guard look.copyCount > 0 else { return }
    let exact = isBlind ? "" : ", \(Numbers.grouped(look.repeatCount)) of them just as before"
    add("copies", "\(Numbers.count(look.copyCount, "row")) of a pair seen before\(exact)")
    let contradictory = look.contradictoryPairCount
    add(
      "",
      "of \(Numbers.count(look.repeatedPairCount, "pair")) with several rows, "
        + "\(Numbers.grouped(contradictory)) with labels for either side",
      warning: contradictory > 0)
  }

  private mutating func addFindings() {
    for finding in RowFinding.allCases { add("found", look.rows(with: finding), finding.phrase) }
  }

  private mutating func addVotes() {
    guard let agreement = look.agreement else { return }
    let units = agreement.kind == .inRow ? "row" : "pair"
    add(
      "votes",
      "\(Numbers.grouped(agreement.voteCount)) on \(Numbers.count(agreement.unitCount, units)) "
        + "with two or more")
    let alpha =
      agreement.alpha.map { "\(Numbers.fixed($0))" } ?? "undefined: all votes say the same"
    add(
      "",
      "\(Numbers.nearestPercent(agreement.rawAgreement)) of their pairs agree; "
        + "Krippendorff's alpha \(alpha)")
  }

  private mutating func addAuthors() {
    for (place, author) in look.authors.prefix(authorLimit).enumerated() {
      var text = "\(author.name): "
      if isBlind {
        text += "\(Numbers.count(author.pairCount, "pair")) with another"
      } else {
        text +=
          "better in \(self.text(author.winRate)) of \(Numbers.grouped(author.wins + author.losses))"
      }
      if author.ties > 0 { text += ", \(Numbers.grouped(author.ties)) tied" }
      add(place == 0 ? "models" : "", text)
    }
    let rest = look.authors.count - authorLimit
    if rest > 0 { add("", "and \(Numbers.grouped(rest)) more") }
  }

  private mutating func addTexts() {
    let rows = index.readableCount
    if let most = look.turns.last?.value, most > 0 {
      func count(_ range: ClosedRange<Int>) -> Int {
        look.turns.reduce(0) { range.contains($1.value) ? $0 + $1.rows : $0 }
      }
      let parts = [
        (count(0...0), "none"), (count(1...1), "one"), (count(2...3), "2 or 3"),
        (count(4...Int.max), "4 or more"),
      ].filter { $0.0 > 0 }.map { "\($0.1) in \(Self.share($0.0, of: rows))" }
      add(
        "turns", "of the user: \(parts.joined(separator: ", ")); at most \(Numbers.grouped(most))")
    }
    var scripts = look.scripts.prefix(5).map {
      "\($0.value.phrase) \(Self.share($0.rows, of: rows))"
    }
    let others = look.scripts.dropFirst(5).reduce(0) { $0 + $1.rows }
    if others > 0 { scripts.append("others \(Self.share(others, of: rows))") }
    let silent = rows - look.scripts.reduce(0) { $0 + $1.rows }
    if silent > 0 { scripts.append("no letters \(Self.share(silent, of: rows))") }
    if !scripts.isEmpty { add("scripts", scripts.joined(separator: ", ")) }
    if look.prompts?.longest ?? 0 > 0 { addLengths("prompt", look.prompts) }
    if isBlind || look.chosen == nil {
      addLengths("sides", look.sides)
    } else {
      addLengths("chosen", look.chosen)
      addLengths("rejected", look.rejected)
    }
  }

  private mutating func addLengths(_ title: String, _ summary: LengthSummary?) {
    guard let summary else { return }
    add(
      title,
      "median \(Numbers.grouped(summary.median)) characters, 95% up to "
        + "\(Numbers.grouped(summary.percentile95)), longest \(Numbers.grouped(summary.longest)) "
        + "(row \(Numbers.grouped(summary.longestRow)))")
  }

  private mutating func addTroubles() {
    for trouble in EncodingTrouble.allCases {
      add("encoding", look.rows(with: trouble), trouble.phrase)
    }
  }

  private mutating func addOverlap() {
    guard let overlap = look.overlap else { return }
    let tests = [
      (overlap.promptRows, overlap.metPrompts, "its prompts"),
      (overlap.pairRows, overlap.metPairs, "its pairs"),
      (overlap.runRows, overlap.metRuns, "a run of \(EvaluationOverlap.runLength) words with it"),
    ]
    guard tests.contains(where: { !$0.0.isEmpty }) else {
      return add(
        "overlap", "none with the \(Numbers.count(overlap.evaluationRows, "evaluation row"))")
    }
    for (rows, met, phrase) in tests where !rows.isEmpty {
      add(
        "overlap", rows,
        "share \(phrase) (\(Numbers.grouped(met)) of its \(Numbers.grouped(overlap.evaluationRows)))"
      )
    }
  }

  /// `59% (58-60)`.
  private func text(_ share: Estimate) -> String {
    "\(Numbers.nearestPercent(share.value)) (\(Numbers.percentRange(share)))"
  }

  /// `40%`; a number where that would be none or all.
  private static func share(_ rows: Int, of total: Int) -> String {
    let percent = (100 * Double(rows) / Double(max(total, 1))).rounded()
    return percent < 1 || percent > 99 && rows < total
      ? Numbers.count(rows, "row") : "\(Int(percent))%"
  }
}
