public import PreferenceData
import TerminalSurface

/// What screens call decisions, roles and problems.
public enum Phrases {
  /// The verdict in the terms of the sides on screen: `A much better`, `tie`.
  static func verdict(_ decision: Decision, of row: LoadedRow, order: [Int]) -> String {
    switch decision.verdict {
    case .tie: return "tie"
    case .bothBad: return "both bad"
    case .drop: return "dropped"
    case .skip: return "skipped"
    case .prefers(let side):
      guard let place = order.firstIndex(where: { row.sideIDs[$0] == side }) else {
        return "prefers a response that is no longer here"
      }
      return "\(letter(place)) \((decision.strength ?? 1) >= 2 ? "much better" : "better")"
    }
  }

  /// The same in five columns for a list, with the role that goes with it.
  static func state(_ decision: Decision, of row: LoadedRow, order: [Int]) -> StyledRun {
    guard decision.pair == nil || decision.verdict == .skip else { return StyledRun("pairs") }
    switch decision.verdict {
    case .tie: return StyledRun("tie", .labelTie)
    case .bothBad: return StyledRun("bad", .labelBad)
    case .drop: return StyledRun("drop", .labelDrop)
    case .skip: return StyledRun("skip", .labelSkip)
    case .prefers(let side):
      guard order.count == 2, let place = order.firstIndex(where: { row.sideIDs[$0] == side })
      else { return StyledRun("?", .textMuted) }
      let much = (decision.strength ?? 1) >= 2 ? ">>" : ">"
      return StyledRun(
        letter(place) + much + letter(1 - place), place == 0 ? .sideA : .sideB)
    }
  }

  static func letter(_ place: Int) -> String {
    String(Unicode.Scalar(UInt8(0x41 + min(place, 25))))
  }

  /// What the decision does to the label of the file.
  static func outcome(_ decision: Decision, of row: LoadedRow) -> String {
    let outcome = decision.verdict.outcome(
      sides: row.sideIDs, preferred: row.row.label.preferred)
    if row.ranking != nil, outcome == .tie { return "ranks made equal" }
    return switch outcome {
    case .keep: "label kept"
    case .swap where row.ranking != nil: "ranks exchanged"
    case .swap: row.row.label.preferred == nil ? "label set" : "label swapped"
    case .tie, .bothBad, .drop: "left out of the export"
    case .skip: "label kept as it was"
    case nil: "does not apply to this row any more"
    }
  }

  /// What the file's label says, in the terms of the sides on screen.
  static func label(of row: LoadedRow, order: [Int]) -> String {
    switch row.row.label {
    case .prefers(let position, _):
      guard let place = order.firstIndex(of: position) else { return "no side on screen" }
      return "\(letter(place)) chosen"
    case .tie: return "tie"
    case .bothBad: return "both bad"
    case .ranks(let places):
      let ranked = order.indices.map { "\(letter($0)) \(places[order[$0]] + 1)" }
      return "ranked \(ranked.joined(separator: ", "))"
    case .desirable: return "good"
    case .undesirable: return "bad"
    case .none: return "no label"
    }
  }

  public static func defect(_ defect: RowDefect) -> String {
    switch defect {
    case .identicalSides: "both sides are the same text"
    case .emptySide: "a side is empty"
    case .unlabelled: "the file has no label"
    case .tied: "the file prefers no side"
    }
  }

  public static func problem(_ problem: RowProblem) -> String {
    let column = problem.column.map { ", byte \($0)" } ?? ""
    return "\(place(of: problem))\(column): \(reason(problem.reason))"
  }

  /// Where the row stands: its line, where the container has lines.
  static func place(of problem: RowProblem) -> String {
    let line = problem.line.map { "line \(Numbers.grouped($0))" } ?? "row \(problem.row)"
    return "\(problem.file.map { "\($0), " } ?? "")\(line)"
  }

  /// The reason without what differs from row to row.
  static func kind(of reason: RowProblem.Reason) -> String {
    switch reason {
    case .malformed: "not valid JSON"
    case .tooLong: "longer than Demur reads"
    case .raggedRecord: "another number of cells than the header"
    case .truncated, .notAnObject, .missingField, .wrongType, .duplicateField, .emptyConversation,
      .noSides, .unknownLabel, .unclosedQuote, .damaged:
      Self.reason(reason)
    }
  }

  private static func reason(_ reason: RowProblem.Reason) -> String {
    switch reason {
    case .malformed(let detail): "not valid JSON (\(detail))"
    case .truncated: "the row ends in the middle"
    case .notAnObject: "not a JSON object"
    case .missingField(let field): "the field \(field) is missing"
    case .wrongType(let field, let expected): "the field \(field) is not \(expected)"
    case .duplicateField(let field): "the field \(field) stands there twice"
    case .emptyConversation(let field): "the conversation in \(field) is empty"
    case .noSides: "fewer than two responses"
    case .unknownLabel(let field):
      "the label in \(field) is not known (--label-values says what it means)"
    case .tooLong(let bytes): "longer than Demur reads (\(Numbers.grouped(bytes)) bytes)"
    case .raggedRecord(let cells, let expected):
      "\(Numbers.count(cells, "cell")), but the header has \(Numbers.grouped(expected))"
    case .unclosedQuote: "a quotation mark is never closed, and swallows all that is behind it"
    case .damaged: "the compressed file is damaged here, and what stood behind it is lost"
    }
  }
}
