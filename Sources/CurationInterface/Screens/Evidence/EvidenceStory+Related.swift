import PreferenceScoring
import TerminalSurface

/// What is shown of a pair that bears on the one in view.
struct RelatedRow: Sendable {
  /// The beginning of its prompt; nil while the row is being read.
  var summary: String?
  /// The side that its label prefers, in the order in which it will be seen; `?` while that is
  /// hidden.
  var label: String
  var state: StyledRun
}

extension EvidenceStory {
  /// The pairs that hold the label up and those that speak against it, each of which can be gone to.
  func addRelated(_ pairs: RelatedPairs?, to page: inout EvidencePage) {
    guard let pairs else {
      page.heading("OTHER PAIRS")
      let progress = progress.map { " (\($0))" } ?? ""
      return page.text("Not worked out yet\(progress).", .textMuted)
    }
    page.heading("OTHER PAIRS", note: jumpNote)
    if pairs.isEmpty { return page.text("No other pair bears on this one.", .textMuted) }
    add(pairs.conflicts, "The same two responses with the opposite label:", to: &page)
    add(pairs.copies, "The same two responses with the same label:", to: &page)
    add(pairs.opposing, "Against the label, for \(letter(isChosen: false)):", to: &page)
    add(pairs.supporting, "For the label, for \(letter(isChosen: true)):", to: &page)
  }

  private var jumpNote: [StyledRun] {
    guard let jump = keymap.key(for: .jump, in: .evidence),
      let back = keymap.key(for: .jumpBack, in: .evidence)
    else { return [] }
    return [
      StyledRun(jump.description, .hintKey), StyledRun(" jumps  ", .hintText),
      StyledRun(back.description, .hintKey), StyledRun(" comes back", .hintText),
    ]
  }

  /// So many pairs of a kind are listed: the strongest, and of the copies the first.
  private static let listLimit = 5

  private func add(_ rows: [Int], _ title: String, to page: inout EvidencePage) {
    guard !rows.isEmpty else { return }
    page.text(title)
    for row in rows.prefix(Self.listLimit) { page.line(relatedLine(row, nil), target: row) }
    if rows.count > Self.listLimit {
      page.text("and \(Numbers.grouped(rows.count - Self.listLimit)) more", .textMuted, indent: 2)
    }
  }

  private func add(_ entries: [RelatedPairs.Entry], _ title: String, to page: inout EvidencePage) {
    guard !entries.isEmpty else { return }
    page.text(title)
    for entry in entries.prefix(Self.listLimit) {
      page.line(relatedLine(entry.row, entry.influence), target: entry.row)
    }
  }

  /// Two blanks for the cursor, the row, its influence in logits, its label, its state, its prompt.
  private func relatedLine(_ position: Int, _ influence: Double?) -> [StyledRun] {
    let known = related[position]
    var runs = [StyledRun("  " + display.padded("row \(Numbers.grouped(position))", to: 12))]
    if let influence {
      runs.append(StyledRun(side(influence), role(influence)))
      let amount = Numbers.fixed(abs(influence), decimals: 3)
      runs.append(StyledRun(display.padded(amount, to: 7, alignedRight: true)))
    } else {
      runs.append(StyledRun(display.padded("same", to: 8), .textMuted))
    }
    if columns >= Self.wideColumns {
      runs.append(StyledRun("  \(known?.label ?? "?")  "))
      let state = known?.state ?? StyledRun("", .textMuted)
      runs.append(StyledRun(display.padded(state.text, to: 5), state.role))
    }
    let used = runs.reduce(0) { $0 + display.columns(of: $1.text) } + 1
    let summary = display.truncated(known?.summary ?? "...", to: max(0, columns - used))
    return runs + [StyledRun(" " + summary)]
  }

  /// From this width on there is room for label and state.
  private static let wideColumns = 60
}
