import PreferenceScoring
import TerminalSurface

extension Session {
  func drawFilterBox(_ filter: FilterState, in frame: inout Frame) {
    let wanted = filterLines(filter)
    let box = overlayBox(rows: wanted.count + 4)
    let keys =
      filter.name == nil
      ? " Enter apply  Tab complete  Up history  Ctrl-S save as  Esc cancel "
      : " Enter save  Esc back "
    let inside = frame.box(
      box, title: [StyledRun(" filter ", .title)],
      footer: [StyledRun(display.truncated(keys, to: box.columns - 4), .hintText)],
      role: .borderFocus)
    guard inside.rows > 0 else { return }
    let columns = inside.columns - 2
    draw(filter, column: inside.column + 1, row: inside.row, columns: columns, in: &frame)
    guard inside.rows > 1 else { return }
    drawReading(filter, column: inside.column + 1, row: inside.row + 1, columns, in: &frame)
    // Where there is little room, what helps least is left out first.
    var lines = wanted
    while lines.count > inside.rows - 2,
      let last = lines.indices.max(by: { one, two in
        (lines[one].rank, one) < (lines[two].rank, two)
      })
    {
      lines.remove(at: last)
    }
    for (number, line) in lines.enumerated() {
      frame.write(
        line.runs, column: inside.column + 1, row: inside.row + 2 + number, limit: columns)
    }
  }

  private func draw(
    _ filter: FilterState, column: Int, row: Int, columns: Int, in frame: inout Frame
  ) {
    let label = filter.name == nil ? "f> " : "name: "
    let used = frame.write(label, column: column, row: row, role: .titleKey)
    (filter.name ?? filter.field).draw(
      in: &frame, column: column + used, row: row, columns: columns - used)
  }

  /// Under the line: what it finds, or what is wrong with it and where.
  private func drawReading(
    _ filter: FilterState, column: Int, row: Int, _ columns: Int, in frame: inout Frame
  ) {
    let total = Numbers.grouped(dataset.rowCount)
    switch filter.reading {
    case .wrong(let error):
      let text = filter.field.text
      let before = String(decoding: Array(text.utf8).prefix(error.offset), as: UTF8.self)
      let place = 3 + display.columns(of: before)
      let phrase = error.phrase
      // A line that is longer than its room is scrolled: then the words alone say it.
      guard filter.name == nil, display.columns(of: text) + 4 <= columns else {
        let cut = display.truncated(phrase, to: columns)
        frame.write(cut, column: column, row: row, role: .statusError)
        return
      }
      let width = display.columns(of: phrase)
      frame.write("^", column: column + place, row: row, role: .statusError)
      if place + 2 + width <= columns {
        frame.write(phrase, column: column + place + 2, row: row, role: .statusError)
      } else if width + 1 <= place {
        frame.write(phrase, column: column + place - width - 1, row: row, role: .statusError)
      } else {
        let room = columns - place - 2
        let cut = display.truncated(phrase, to: max(room, place - 1))
        let start = room >= place - 1 ? place + 2 : 0
        frame.write(cut, column: column + start, row: row, role: .statusError)
      }
    case .asked(_, _, let share, let found):
      let line =
        "\(Numbers.grouped(found)) of \(total) so far (looked through \(Numbers.percent(share)))"
      frame.write(line, column: column, row: row, role: .textMuted, limit: columns)
    case .answered(_, let answer):
      var line = "\(Numbers.grouped(answer.positions.count)) of \(total) match"
      if answer.givenUpCount > 0 {
        line += "; \(Numbers.grouped(answer.givenUpCount)) left out: too many steps"
      }
      let role: ThemeRole = answer.positions.isEmpty ? .statusWarning : .text
      frame.write(line, column: column, row: row, role: role, limit: columns)
    }
  }

  /// A line of help; the higher its rank, the sooner it is left out.
  private typealias Line = (rank: Int, runs: [StyledRun])

  private func filterLines(_ filter: FilterState) -> [Line] {
    var lines: [Line] = [(9, [])]
    if let completion = filter.completion {
      lines.append((0, candidates(completion.choices, chosen: completion.place)))
    } else {
      let choices = QueryCompletion(
        before: filter.before, values: queries.values, isBlind: isBlind)
      if !choices.replaced.isEmpty, !choices.candidates.isEmpty {
        lines.append((0, candidates(choices, chosen: nil)))
      }
    }
    for (property, rank) in [
      (Query.Property.status, 1), (.why, 2), (.tag, 3), (.reason, 5),
      (.criterion, 6), (.source, 7), (.annotator, 8),
    ] {
      let counts = queries.values.counts[property] ?? []
      guard !counts.isEmpty else { continue }
      let values = counts.prefix(8).map { count in
        let meaning = RowDoubt(rawValue: count.value).map { " \($0.phrase)" } ?? ""
        return "\(count.value)\(property == .why ? meaning : "") \(Numbers.grouped(count.rows))"
      }
      lines.append((rank, Self.line(property.rawValue + ":", values.joined(separator: "  "))))
    }
    let texts = isBlind ? "a|b|prompt|any" : "a|b|chosen|prompt|any"
    lines.append((5, Self.line("fields", "susp margin infl words(\(texts)) ratio secs time row")))
    lines.append((6, Self.line("text", "refund  \"lost parcel\"  prompt~/refund|money/i  a:word")))
    lines.append((6, Self.line("also", "-term  a OR b  ( )  > < = !=  + - * /  sort:-susp,row")))
    let saved = queries.library.saved.prefix(9).enumerated()
      .map { "\($0 + 1) \($1.name)" }.joined(separator: "  ")
    if !saved.isEmpty { lines.append((4, Self.line("saved", saved))) }
    return lines
  }

  private static func line(_ name: String, _ text: String) -> [StyledRun] {
    let blanks = String(repeating: " ", count: max(1, 10 - name.utf8.count))
    return [StyledRun("\(name)\(blanks)", .hintKey), StyledRun(text, .hintText)]
  }

  private func candidates(_ choices: QueryCompletion, chosen: Int?) -> [StyledRun] {
    var runs = [StyledRun("Tab       ", .hintKey)]
    // The chosen one always shows.
    for (place, candidate) in choices.candidates.enumerated().dropFirst(max(0, (chosen ?? 0) - 3)) {
      let rows = candidate.rows.map { " \(Numbers.grouped($0))" } ?? ""
      runs.append(StyledRun(candidate.text + rows, place == chosen ? .cursor : .hintText))
      runs.append(StyledRun("  ", .hintText))
    }
    return runs
  }
}

extension RowDoubt {
  /// What the letter stands for.
  var phrase: String {
    switch self {
    case .peerReview: "peer"
    case .margin: "margin"
    case .influence: "influence"
    case .contradictingCopy: "dup"
    }
  }
}
