import PreferenceData
import TerminalSurface

/// The criteria of the pair in view while they are answered.
struct CriteriaQuestion: Hashable, Sendable {
  let target: DecisionTarget
  /// Whether the next pair waits for the answers.
  let goesOn: Bool
  /// Whether the answers wait for the decision of the pair.
  let isDraft: Bool
  /// The place on the scale by criterion, 0 at A; nil where nothing is said.
  var answers: [Int?]
  var cursor = 0
}

extension Session {
  private var criteria: [Rubric.Criterion] { configuration.rubric.criteria }

  /// `C`: the criteria of the pair in view. Before its decision too: where they were refused, the digits
  /// meant for them would decide about it.
  mutating func openCriteria(goesOn: Bool = false) {
    guard !criteria.isEmpty else {
      notice = Notice("no rubric: --rubric FILE names criteria")
      return
    }
    guard let pair, let (id, row) = decidablePair() else { return }
    guard row.row.sides.count == 2 else {
      notice = Notice("criteria compare two sides, which this row has not")
      return
    }
    let standing = standing(at: pair.position)
    let given = ratingsInView
    overlay = .criteria(
      CriteriaQuestion(
        target: DecisionTarget(row: id, position: pair.position, pair: standing?.decision.pair),
        goesOn: goesOn, isDraft: standing == nil,
        answers: criteria.map { criterion in
          given.first { $0.criterion == criterion.name }.flatMap { place(of: $0, on: row) }
        }))
  }

  /// The ratings of the pair in view: those that wait for its decision, else those that go with it.
  var ratingsInView: [CriterionRating] {
    guard let pair else { return [] }
    let given = rowID(at: pair.position).flatMap { review.drafts[$0]?.ratings } ?? []
    return given.isEmpty ? standing(at: pair.position)?.decision.ratings ?? [] : given
  }

  /// `,c`: whether each decision asks for its criteria before the next pair comes.
  mutating func toggleAskingCriteria() {
    guard !criteria.isEmpty else {
      notice = Notice("no rubric: --rubric FILE names criteria")
      return
    }
    asksCriteria.toggle()
    notice = Notice(
      asksCriteria
        ? "after a decision the criteria are asked for; Esc leaves them out"
        : "no criteria are asked for; \(keyName(.criteria, in: .pair)) answers them")
  }

  /// Whether a decision with `verdict` asks for its criteria: of what is dropped or skipped, nobody does.
  func wantsCriteria(after verdict: Verdict) -> Bool {
    guard asksCriteria, pair?.route != .repeat, loadedPair?.row.sides.count == 2 else {
      return false
    }
    return verdict != .drop && verdict != .skip
  }

  mutating func press(_ key: KeyPress, in question: CriteriaQuestion) {
    var question = question
    let count = criteria.count
    switch key {
    case .escape:
      overlay = nil
      if question.goesOn { goOnAfterEvidence() }
      return
    case .enter: return keep(question)
    case .down, .tab, .character("j"): question.cursor = min(question.cursor + 1, count - 1)
    case .up, .backTab, .character("k"): question.cursor = max(question.cursor - 1, 0)
    case .backspace, .delete, .character("0"): question.answers[question.cursor] = nil
    case .character(let character):
      guard let digit = character.wholeNumberValue, (1...configuration.rubric.scale).contains(digit)
      else { return }
      question.answers[question.cursor] = digit - 1
      // The last answer is the end of the question.
      if question.cursor == count - 1 { return keep(question) }
      question.cursor += 1
    default: return
    }
    overlay = .criteria(question)
  }

  /// The answers are a new event with the same verdict: a step of its own, which `u` takes back first.
  private mutating func keep(_ question: CriteriaQuestion) {
    overlay = nil
    guard let row = loadedPair else { return }
    guard !question.isDraft else { return keepForDecision(question, row) }
    guard let standing = standing(of: question.target) else { return }
    var decision = standing.decision
    decision.ratings = ratings(of: question, beside: decision.ratings, on: row)
    guard decision != standing.decision, mayRecord() else {
      if question.goesOn { goOnAfterEvidence() }
      return
    }
    recordRemark(decision, question.target, serving: standing.serving, goesOn: question.goesOn)
  }

  private mutating func keepForDecision(_ question: CriteriaQuestion, _ row: LoadedRow) {
    let id = question.target.row
    var draft = review.drafts[id] ?? ReviewState.Draft(note: "", tags: [])
    draft.ratings = ratings(of: question, beside: draft.ratings, on: row)
    review.drafts[id] = draft.isEmpty ? nil : draft
    notice = Notice("kept; it is saved together with your decision")
  }

  /// The answers as ratings, behind those of `standing` that another rubric asked for.
  private func ratings(
    of question: CriteriaQuestion, beside standing: [CriterionRating], on row: LoadedRow
  ) -> [CriterionRating] {
    let named = Set(criteria.map(\.name))
    return standing.filter { !named.contains($0.criterion) }
      + zip(criteria, question.answers).compactMap { criterion, answer in
        answer.map { rating(criterion.name, at: $0, on: row) }
      }
  }

  /// What a place on the scale says of a row, whose sides stand as they are on screen.
  private func rating(_ name: String, at place: Int, on row: LoadedRow) -> CriterionRating {
    let distance = place - configuration.rubric.scale / 2
    guard distance != 0 else { return CriterionRating(name, side: nil) }
    let order = sideOrder(of: row)
    return CriterionRating(
      name, side: row.sideIDs[order[distance < 0 ? 0 : 1]], strength: abs(distance))
  }

  func place(of rating: CriterionRating, on row: LoadedRow) -> Int? {
    let middle = configuration.rubric.scale / 2
    guard let side = rating.side else { return middle }
    let order = sideOrder(of: row)
    guard let column = order.firstIndex(where: { row.sideIDs[$0] == side }) else { return nil }
    let distance = min(rating.strength ?? 1, middle)
    return column == 0 ? middle - distance : middle + distance
  }

  func drawCriteria(_ question: CriteriaQuestion, in frame: inout Frame) {
    let rows = min(size.rows - 4, criteria.count + 2)
    let inside = frame.box(
      Rect(column: 0, row: size.rows - 2 - rows, columns: size.columns, rows: rows),
      title: [StyledRun(" row \(question.target.position): criteria ", .title)],
      footer: [
        StyledRun(
          " 1 A..\(configuration.rubric.scale) B  0 none  Enter keep  Esc leave out ", .hintText)
      ], role: .borderFocus)
    let top = max(0, min(question.cursor - inside.rows / 2, criteria.count - inside.rows))
    let nameColumns = min(24, inside.columns / 3)
    for row in 0..<min(inside.rows, criteria.count) {
      let criterion = criteria[top + row]
      let isSelected = top + row == question.cursor
      let line = inside.row + row
      frame.write(
        "\(isSelected ? ">" : " ") " + display.truncated(criterion.name, to: nameColumns),
        column: inside.column, row: line, role: isSelected ? .titleKey : .text)
      let column = inside.column + nameColumns + 3
      let used = frame.write(scale(question.answers[top + row]), column: column, row: line)
      frame.write(
        display.truncated(criterion.hint, to: max(0, inside.endColumn - column - used - 3)),
        column: column + used + 2, row: line, role: .hintText)
    }
  }

  /// `A . . x . B`.
  func scale(_ answer: Int?) -> [StyledRun] {
    let marks = (0..<configuration.rubric.scale).map { $0 == answer ? "x" : "." }
    return [
      StyledRun("A ", .sideA), StyledRun(marks.joined(separator: " "), .titleKey),
      StyledRun(" B", .sideB),
    ]
  }

  /// The answers in the terms of the sides on screen: `helpful A, harmless =`.
  func criteriaPhrase(_ ratings: [CriterionRating], of row: LoadedRow) -> String {
    let order = sideOrder(of: row)
    return ratings.map { rating in
      guard let side = rating.side else { return "\(rating.criterion) =" }
      let place = order.firstIndex { row.sideIDs[$0] == side }
      let letter = place.map(Phrases.letter) ?? "?"
      return "\(rating.criterion) \(letter)\((rating.strength ?? 1) > 1 ? " much" : "")"
    }.joined(separator: ", ")
  }
}
