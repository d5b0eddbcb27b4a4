import PreferenceData

/// What is known of every row without reading its texts, column by column.
struct QueryColumns {
  let subject: QuerySubject
  let measures: RowMeasures?
  /// By row, the annotator's decision; only rows that have one.
  private let standings: [(position: Int, standing: ReviewLedger.Standing)]

  init(_ subject: QuerySubject, measures: RowMeasures?) {
    self.subject = subject
    self.measures = measures
    standings = subject.ledger.decidedRows.compactMap { id in
      guard let position = subject.index.position(of: id),
        let standing = subject.ledger.standing(on: id, by: subject.annotator)
      else { return nil }
      return (position, standing)
    }
  }

  private var rowCount: Int { subject.index.rowCount }

  // MARK: Numbers

  /// By row; not a number where there is none.
  ///
  /// - Precondition: `number` is no column of the file; those are read row by row.
  func numbers(_ number: Query.Number) -> [Double] {
    switch number {
    case .suspicion: return scanned(subject.scan?.suspicion) { $0 }
    case .rank: return scanned(subject.scan?.ranks) { Double($0) }
    case .signal(let id): return scanned(subject.scan?.signals[id]) { $0 }
    case .row: return (0..<rowCount).map { Double($0) }
    case .copies: return copies
    case .ratio:
      let sides = [Query.TextName.a, .b].map { words($0) }
      return zip(sides[0], sides[1]).map { $0.isNaN ? $1 : max($0, $1) / max(1, min($0, $1)) }
    case .length: return zip(words(.any), words(.prompt)).map { $0 - $1 }
    case .seconds: return decided { $0.serving.seconds }
    case .strength: return decided { $0.decision.strength.map { Double($0) } }
    case .time: return decided { Double($0.millisecondsSince1970) }
    case .column: preconditionFailure("columns of the file are read row by row")
    }
  }

  func numbers(_ measure: Query.Measure, of text: Query.TextName) -> [Double] {
    guard text == .note else {
      guard let measures else { preconditionFailure("nothing has been counted") }
      return measures.column(measure, of: text)
    }
    return decided { standing in
      let counted = TextMeasure(standing.decision.note)
      switch measure {
      case .words: return Double(counted.words)
      case .chars: return Double(counted.chars)
      case .lines: return Double(counted.lines)
      }
    }
  }

  private func words(_ text: Query.TextName) -> [Double] { numbers(.words, of: text) }

  private func scanned<Value>(
    _ values: (some Collection<Value?>)?, _ number: (Value) -> Double
  ) -> [Double] {
    guard let values else { return Array(repeating: .nan, count: rowCount) }
    return values.map { $0.map(number) ?? .nan }
  }

  private func decided(_ number: (ReviewLedger.Standing) -> Double?) -> [Double] {
    var numbers = [Double](repeating: .nan, count: rowCount)
    for (position, standing) in standings { numbers[position] = number(standing) ?? .nan }
    return numbers
  }

  private var copies: [Double] {
    // Of a pair with other rows, the last one says how many: it is the one with that number.
    var last: [PairID: Int] = [:]
    for case let id? in subject.index.ids where id.occurrence > 0 { last[id.pair] = id.occurrence }
    return subject.index.ids.map { id in id.map { Double(last[$0.pair] ?? 0) } ?? .nan }
  }

  // MARK: Properties

  /// By row, whether the property has one of `values`. Letter case counts only where the values are
  /// those of Demur.
  ///
  /// - Precondition: `property` is not `id`, which may be that of the file.
  func holds(_ property: Query.Property, _ values: [String]) -> [Bool] {
    switch property {
    case .status:
      return Self.joined(values.compactMap { RowStatus(rawValue: $0).map(rows(with:)) }, rowCount)
    case .why:
      return Self.joined(values.compactMap { RowDoubt(rawValue: $0).map(rows(with:)) }, rowCount)
    case .conflict:
      return Self.joined(values.compactMap { RowConflict(rawValue: $0).map(rows(with:)) }, rowCount)
    case .ambiguous:
      return Self.joined(
        values.compactMap { RowAmbiguity(rawValue: $0).map { flagged(by: $0.signal) } }, rowCount)
    case .near: return marking(values.flatMap { subject.near[$0] ?? [] })
    case .tag: return decided(with: values) { $0.decision.tags }
    case .reason: return decided(with: values) { $0.decision.reason.map { [$0] } ?? [] }
    case .criterion:
      let asked = values.compactMap(AskedCriterion.init)
      return marking(
        standings.filter { position, standing in
          asked.contains {
            $0.isGiven(among: standing.decision.ratings, of: subject, at: position)
          }
        }.map(\.position))
    case .source: return Self.named(measures?.sources ?? [], values)
    case .annotator: return Self.named(measures?.annotators ?? [], values)
    case .reviewer:
      let wanted = Set(values.map { $0.lowercased() })
      return marking(
        subject.ledger.decidedRows.filter { id in
          subject.ledger.standing(on: id).contains {
            wanted.contains($0.annotator.text.lowercased())
          }
        }.compactMap { subject.index.position(of: $0) })
    case .id: preconditionFailure("identities may be those of the file")
    }
  }

  private static func joined(_ columns: [[Bool]], _ count: Int) -> [Bool] {
    guard var sum = columns.first else { return Array(repeating: false, count: count) }
    for column in columns.dropFirst() {
      for row in sum.indices where column[row] { sum[row] = true }
    }
    return sum
  }

  private static func named(_ names: [String?], _ values: [String]) -> [Bool] {
    let wanted = Set(values.map { $0.lowercased() })
    return names.map { $0.map { wanted.contains($0.lowercased()) } ?? false }
  }

  private func marking(_ positions: some Sequence<Int>) -> [Bool] {
    var marks = [Bool](repeating: false, count: rowCount)
    for position in positions where marks.indices.contains(position) { marks[position] = true }
    return marks
  }

  private func decided(
    with values: [String], _ words: (ReviewLedger.Standing) -> [String]
  ) -> [Bool] {
    let wanted = Set(values.map { $0.lowercased() })
    return marking(
      standings.filter { words($0.standing).contains { wanted.contains($0.lowercased()) } }
        .map(\.position))
  }

  /// The rows with this status, by row.
  func rows(with status: RowStatus) -> [Bool] {
    switch status {
    case .open:
      var marks = subject.index.ids.map { $0 != nil }
      for (position, standing) in standings where standing.decision.verdict != .skip {
        marks[position] = false
      }
      return marks
    case .done: return decided { $0 != .skip }
    case .skip: return decided { $0 == .skip }
    case .tie: return decided { $0 == .tie }
    case .bothBad: return decided { $0 == .bothBad }
    case .drop: return decided { $0 == .drop }
    case .keep, .swap:
      let wanted: Outcome = status == .keep ? .keep : .swap
      return marking(standings.filter { outcome(of: $0) == wanted }.map(\.position))
    case .flagged:
      guard let scan = subject.scan else { return Array(repeating: false, count: rowCount) }
      return (0..<rowCount).map { scan.isFlagged(at: $0) }
    case .marked: return marking(subject.marked)
    case .unreadable: return subject.index.ids.map { $0 == nil }
    }
  }

  /// The tags that the annotator has given, once a row.
  var tags: [String] { standings.flatMap(\.standing.decision.tags) }

  /// The reasons that the annotator has given, once a row.
  var reasons: [String] { standings.compactMap(\.standing.decision.reason) }

  /// The criteria that the annotator has answered, once a row.
  var criteria: [String] {
    standings.flatMap { $0.standing.decision.ratings.map(\.criterion) }
  }

  private func decided(_ isMeant: (Verdict) -> Bool) -> [Bool] {
    marking(standings.filter { isMeant($0.standing.decision.verdict) }.map(\.position))
  }

  private func outcome(
    of decided: (position: Int, standing: ReviewLedger.Standing)
  ) -> Outcome? {
    guard case .success(let row) = subject.source.row(at: decided.position) else { return nil }
    return decided.standing.decision.verdict.outcome(
      sides: row.sides.map(\.id), preferred: row.label.preferred)
  }

  /// The rows whose label this speaks against, by row.
  func rows(with doubt: RowDoubt) -> [Bool] {
    switch doubt {
    case .margin: return rows(with: .flagged)
    case .peerReview: return flagged(by: .peerReview)
    case .influence: return flagged(by: .influence)
    case .contradictingCopy:
      let conflicts = [RowFindings(.exactConflict), RowFindings(.nearConflict)]
      guard let findings = subject.scan?.findings else {
        return Array(repeating: false, count: rowCount)
      }
      return findings.map { found in conflicts.contains { !found.isDisjoint(with: $0) } }
    }
  }

  private func flagged(by signal: SignalID) -> [Bool] {
    subject.scan?.flagged(by: signal) ?? Array(repeating: false, count: rowCount)
  }

  private func rows(with conflict: RowConflict) -> [Bool] {
    switch conflict {
    case .review:
      return marking(
        subject.ledger.decidedRows.filter(subject.ledger.isContested)
          .compactMap { subject.index.position(of: $0) })
    case .file:
      guard subject.scan == nil else { return rows(with: .contradictingCopy) }
      return marking(subject.index.voteGroups.filter(\.isContradictory).flatMap(\.rows))
    }
  }
}
