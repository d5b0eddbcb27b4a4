import PreferenceData

/// Something that can only be said of a row that has been read.
enum QueryQuestion: Sendable {
  case contains(Query.TextName, LiteralPattern)
  case matches(Query.TextName, RegularExpression)
  /// The row's identity begins so, or the file calls it so.
  case identity([String])
  /// The values are in lower case.
  case column(FieldPath, Set<String>)
  /// A comparison with a column of the file.
  case comparison(QueryProgram)

  /// False only where the bytes of a row show that the answer is no.
  func isPossible(inBytes bytes: Span<UInt8>) -> Bool {
    guard case .contains(let text, let pattern) = self, text != .note else { return true }
    return pattern.mayBeFound(inBytes: bytes)
  }

  /// Whether the bytes of a row may be enough for an answer.
  var canBeSettledByBytes: Bool {
    if case .contains(let text, _) = self { text != .note } else { false }
  }
}

/// A row that has been read, to answer questions.
struct QuestionedRow {
  let position: Int
  let row: PreferenceRow
  let subject: QuerySubject
  /// Whether a regular expression was given up.
  private(set) var isUnfinished = false

  init(_ row: PreferenceRow, at position: Int, of subject: QuerySubject) {
    self.row = row
    self.position = position
    self.subject = subject
  }

  mutating func answer(
    _ question: QueryQuestion, _ space: RegularExpression.Space,
    _ stacks: inout QueryProgram.Stacks
  ) -> Bool {
    switch question {
    case .contains(let name, let pattern):
      return texts(name).contains { pattern.isFound(in: $0) }
    case .matches(let name, let expression):
      var isGivenUp = false
      for text in texts(name) {
        switch expression.look(in: text, space) {
        case .found: return true
        case .missing: continue
        case .givenUp: isGivenUp = true
        }
      }
      if isGivenUp { isUnfinished = true }
      return false
    case .identity(let names):
      let id = subject.index.ids[position]?.description ?? ""
      return names.contains { row.fileID == $0 || id.hasPrefix($0.lowercased()) }
    case .column(let path, let values):
      return subject.source.columnText(path, ofRow: position)
        .map { values.contains($0.lowercased()) } ?? false
    case .comparison(let program):
      let (source, position) = (subject.source, position)
      return program.truth(
        ofRow: position, &stacks,
        field: { source.columnText($0, ofRow: position).flatMap(Double.init) ?? .nan },
        answer: { _ in .no }) == .yes
    }
  }

  /// The texts of this name, turn by turn.
  private func texts(_ name: Query.TextName) -> [String] {
    func side(_ position: Int?) -> [String] {
      position.map { row.sides[$0].turns.map(\.text) } ?? []
    }
    switch name {
    case .prompt: return row.context.map(\.text)
    case .any: return row.context.map(\.text) + row.sides.flatMap { $0.turns.map(\.text) }
    case .a: return side(subject.sideOrder(of: row, at: position).first)
    case .b: return side(subject.sideOrder(of: row, at: position).dropFirst().first)
    case .chosen: return side(row.chosenAndRejected?.chosen)
    case .rejected: return side(row.chosenAndRejected?.rejected)
    case .note: return [subject.standing(at: position)?.decision.note ?? ""]
    }
  }
}
