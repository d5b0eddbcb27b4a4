import TerminalSurface

/// Which columns of the queue fit a width, and where they stand.
struct QueueColumns {
  enum Field: Hashable {
    case row, suspicion, margin, words, state, prompt
  }

  struct Part {
    let field: Field
    let column: Int
    let columns: Int
    let isAlignedRight: Bool
  }

  private(set) var parts: [Part] = []
  private(set) var heads: [Field: StyledRun] = [:]

  init(columns: Int, rowCount: Int, hasScores: Bool, showsMargin: Bool) {
    var column = 1
    func add(_ field: Field, _ width: Int, _ head: String, isAlignedRight: Bool = false) {
      let width = min(width, max(0, columns - column - 1))
      parts.append(
        Part(field: field, column: column, columns: width, isAlignedRight: isAlignedRight))
      heads[field] = StyledRun(head, .title)
      column += width + 1
    }
    add(.row, max(4, String(max(0, rowCount - 1)).count), "ROW", isAlignedRight: true)
    if hasScores { add(.suspicion, 7, "SUSP") }
    if hasScores, showsMargin, columns >= 70 { add(.margin, 7, "MARGIN", isAlignedRight: true) }
    if columns >= 60 { add(.words, 9, "WORDS A:B", isAlignedRight: true) }
    add(.state, 5, "STATE")
    add(.prompt, columns, "PROMPT")
  }
}
