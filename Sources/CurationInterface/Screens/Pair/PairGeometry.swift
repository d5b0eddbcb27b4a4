import TerminalSurface

/// Where the parts of the pair view stand.
struct PairGeometry: Sendable {
  /// The first row, the status row and the hints.
  static let frameRows = 3
  static let queueColumns = 32
  static let evidenceColumns = 36
  private static let evidenceRows = 7

  /// How wide texts are wrapped.
  struct Columns: Hashable, Sendable {
    var prompt: Int
    var side: Int

    init(size: Size, shape: PairShape) {
      // One column stays free at the left of a text, and one for the scroll marks at its right.
      switch shape {
      case .single, .stacked:
        prompt = size.columns - 2
        side = prompt
      case .beside, .besideWithEvidence:
        prompt = size.columns - 2
        side = (size.columns - 1) / 2 - 2
      case .workspace:
        let middle = size.columns - queueColumns - evidenceColumns - 2
        prompt = middle - 2
        side = (middle - 1) / 2 - 2
      }
    }
  }

  /// The rows of the title lines of the panes that show.
  var rules: [PairState.Pane: Rect] = [:]
  /// The rows of the texts, without their title lines.
  var areas: [PairState.Pane: Rect] = [:]
  /// The queue of the workspace, its title line included.
  var queue: Rect?
  /// The evidence beside or below, its title line included.
  var evidence: Rect?
  /// The panels below the workspace, their title lines included; none where there is no room for them.
  var panels: [WorkspacePanel: Rect] = [:]
  /// The lines down between the parts.
  var dividers: [Rect] = []

  /// How many rows of the queue the workspace lists.
  static func queueRows(in size: Size) -> Int {
    max(
      0,
      size.rows - frameRows - 1 - WorkspacePanel.headRows(in: size) - WorkspacePanel.rows(in: size))
  }

  init(
    size: Size, shape: PairShape, sole: PairState.Pane?, isZoomed: Bool, isPromptUnfolded: Bool,
    lines: [PairState.Pane: Int]
  ) {
    var body = Rect(column: 0, row: 1, columns: size.columns, rows: size.rows - Self.frameRows)
    if shape == .workspace {
      body = body.split(top: WorkspacePanel.headRows(in: size)).rest
      let parts = body.split(bottom: WorkspacePanel.rows(in: size))
      if !parts.bottom.isEmpty { placePanels(in: parts.bottom) }
      body = parts.rest
      let columns = divideWorkspace(body)
      (queue, evidence) = (columns.left, columns.right)
      body = columns.middle
    } else if shape == .besideWithEvidence {
      let parts = body.split(bottom: Self.evidenceRows)
      (body, evidence) = (parts.rest, parts.bottom)
    }
    if isZoomed, let sole {
      place(sole, in: body)
      return
    }
    let a = lines[.a] ?? 1
    let b = lines[.b] ?? 1
    let sideRows = shape == .stacked && sole == nil ? 2 + a + b : 1 + max(a, b)
    // What the sides leave free shows the turns before.
    let limit =
      isPromptUnfolded
      ? body.rows / 2 : max(Self.foldedPromptRows(in: body.rows), body.rows - 1 - sideRows)
    let prompt = body.split(top: 1 + min(max(1, lines[.prompt] ?? 1), max(1, limit)))
    place(.prompt, in: prompt.top)
    if let sole {
      place(sole, in: prompt.rest)
    } else if shape == .stacked {
      let room = prompt.rest.rows - 2
      let rows = Self.divide(room, between: a, and: b)
      let parts = prompt.rest.split(top: 1 + rows)
      place(.a, in: parts.top)
      place(.b, in: parts.rest)
    } else {
      let parts = prompt.rest.split(left: (prompt.rest.columns - 1) / 2)
      place(.a, in: parts.left)
      dividers.append(
        Rect(column: parts.rest.column, row: parts.rest.row, columns: 1, rows: parts.rest.rows))
      place(
        .b,
        in: Rect(
          column: parts.rest.column + 1, row: parts.rest.row, columns: parts.rest.columns - 1,
          rows: parts.rest.rows))
    }
  }

  /// Queue, texts and evidence, or what stands below them, with a line between each.
  private mutating func divideWorkspace(_ area: Rect) -> (left: Rect, middle: Rect, right: Rect) {
    let left = area.split(left: Self.queueColumns)
    let right = left.rest.split(left: left.rest.columns - Self.evidenceColumns)
    for divided in [left.rest, right.rest] {
      dividers.append(
        Rect(column: divided.column, row: area.row, columns: 1, rows: area.rows))
    }
    return (left.left, right.left.withoutFirstColumn, right.rest.withoutFirstColumn)
  }

  private mutating func placePanels(in area: Rect) {
    let columns = divideWorkspace(area)
    let middle = columns.middle.split(left: (columns.middle.columns - 1) / 2)
    dividers.append(
      Rect(column: middle.rest.column, row: area.row, columns: 1, rows: area.rows))
    panels = [
      .history: columns.left, .rubric: middle.left, .note: middle.rest.withoutFirstColumn,
      .guidelines: columns.right,
    ]
  }

  private mutating func place(_ pane: PairState.Pane, in area: Rect) {
    let parts = area.split(top: 1)
    rules[pane] = parts.top
    areas[pane] = Rect(
      column: parts.rest.column + 1, row: parts.rest.row, columns: parts.rest.columns - 1,
      rows: parts.rest.rows)
  }

  private static func foldedPromptRows(in rows: Int) -> Int {
    switch rows {
    case ..<12: 1
    case ..<20: 2
    default: 4
    }
  }

  /// Rows for the first of two texts of `first` and `second` lines: by what each needs; where there is
  /// room for more, or too little, at least four for either.
  private static func divide(_ room: Int, between first: Int, and second: Int) -> Int {
    let least = min(4, room / 2)
    if first + second <= room { return max(first, min(least, room - second)) }
    let share = Double(first) / Double(max(1, first + second))
    let half = room / 2
    // A text that fits into its half leaves the rest to the other one.
    if first <= half { return max(least, first) }
    if second <= room - half { return min(room - least, room - second) }
    return min(max(least, Int((Double(room) * share).rounded())), room - least)
  }
}

extension Rect {
  fileprivate var withoutFirstColumn: Rect { split(left: 1).rest }
}
