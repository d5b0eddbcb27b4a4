import PreferenceData

@testable import PreferenceScoring

/// Queries answered row by row, text by text, by the words of the language alone: slow, and without any
/// of the ways in which the real answer is quick.
struct PlainReading {
  let subject: QuerySubject

  init(_ subject: QuerySubject) { self.subject = subject }

  func positions(_ query: Query) -> [Int] {
    var rows = (0..<subject.source.rowCount).filter { row in
      query.condition.map { holds($0, row) } ?? true
    }
    rows.sort { left, right in
      for key in query.order {
        let (one, two) = (number(key.number, left), number(key.number, right))
        guard let one else {
          if two == nil { continue }
          return false
        }
        guard let two else { return true }
        if one != two { return (one < two) != key.isFalling }
      }
      return left < right
    }
    return rows
  }

  private func row(_ position: Int) -> PreferenceRow? {
    if case .success(let row) = subject.source.row(at: position) { row } else { nil }
  }

  private func standing(_ position: Int) -> ReviewLedger.Standing? {
    subject.index.ids[position].flatMap {
      subject.ledger.standing(on: $0, by: subject.annotator)
    }
  }

  private func holds(_ condition: Query.Condition, _ position: Int) -> Bool {
    switch condition {
    case .all(let parts): return !parts.contains { !holds($0, position) }
    case .any(let parts): return parts.contains { holds($0, position) }
    case .not(let part): return !holds(part, position)
    case .comparison(let left, let comparison, let right):
      guard let left = value(left, position), let right = value(right, position) else {
        return false
      }
      switch comparison {
      case .above: return left > right
      case .below: return left < right
      case .atLeast: return left >= right
      case .atMost: return left <= right
      case .equal: return left == right
      case .unequal: return left != right
      }
    case .equals(let field, let values):
      return number(field, position).map { values.contains($0) } ?? false
    case .property(let property, let values):
      return values.contains { has(property, $0, position) }
    case .column: return false
    case .contains(let name, let words):
      return texts(name, position).contains { $0.lowercased().contains(words.lowercased()) }
    case .matches(let name, let pattern, let ignoresCase):
      guard let expression = try? Regex(pattern).ignoresCase(ignoresCase) else { return false }
      return texts(name, position).contains { $0.firstMatch(of: expression) != nil }
    }
  }

  private func sides(_ position: Int) -> [Side] {
    guard let row = row(position), let id = subject.index.ids[position] else { return [] }
    return SideOrder.positions(
      of: row.sides.map(\.id), in: id.pair, seed: subject.seed, annotator: subject.annotator
    ).map { row.sides[$0] }
  }

  private func texts(_ name: Query.TextName, _ position: Int) -> [String] {
    guard let row = row(position) else { return [] }
    switch name {
    case .a: return sides(position).prefix(1).map(\.text)
    case .b: return sides(position).dropFirst().prefix(1).map(\.text)
    case .chosen: return row.label.preferred.map { [row.sides[$0].text] } ?? []
    case .rejected: return row.label.preferred.map { [row.sides[1 - $0].text] } ?? []
    case .prompt: return row.context.map(\.text)
    case .any: return row.context.map(\.text) + row.sides.map(\.text)
    case .note: return standing(position).map { [$0.decision.note] } ?? [""]
    }
  }

  private func value(_ expression: Query.Expression, _ position: Int) -> Double? {
    switch expression {
    case .number(let value): return value
    case .day(let moment): return Double(moment)
    case .field(let field): return number(field, position)
    case .measure(let measure, let name):
      let texts = texts(name, position)
      guard !texts.isEmpty, name != .note || standing(position) != nil else { return nil }
      let counts = texts.map { text -> Int in
        switch measure {
        case .words: text.split { " \t\n\u{B}\u{C}\r\r\n".contains($0) }.count
        case .chars: text.unicodeScalars.count
        case .lines:
          text.isEmpty ? 0 : text.split(separator: "\n", omittingEmptySubsequences: false).count
        }
      }
      return Double(counts.reduce(0, +))
    case .operation(let left, let operation, let right):
      guard let left = value(left, position), let right = value(right, position) else { return nil }
      let result =
        switch operation {
        case .plus: left + right
        case .minus: left - right
        case .times: left * right
        case .over: left / right
        }
      return result.isNaN ? nil : result
    }
  }

  private func number(_ field: Query.Number, _ position: Int) -> Double? {
    func words(_ name: Query.TextName) -> Double? {
      value(.measure(.words, name), position)
    }
    switch field {
    case .suspicion: return subject.scan?.suspicion[position]
    case .rank: return subject.scan?.ranks[position].map(Double.init)
    case .row: return Double(position)
    case .copies:
      guard let pair = subject.index.ids[position]?.pair else { return nil }
      return Double(subject.index.ids.count { $0?.pair == pair } - 1)
    case .ratio:
      guard let a = words(.a), let b = words(.b) else { return nil }
      return max(a, b) / max(1, min(a, b))
    case .length:
      guard let a = words(.a), let b = words(.b) else { return nil }
      return a + b
    case .seconds: return standing(position)?.serving.seconds
    case .strength: return standing(position)?.decision.strength.map(Double.init)
    case .time: return standing(position).map { Double($0.millisecondsSince1970) }
    case .signal(let id): return subject.scan?.signals[id]?[position]
    case .column: return nil
    }
  }

  private func has(_ property: Query.Property, _ value: String, _ position: Int) -> Bool {
    let id = subject.index.ids[position]
    let all = id.map { subject.ledger.standing(on: $0) } ?? []
    let own = standing(position)
    let row = row(position)
    switch property {
    case .tag: return own?.decision.tags.contains(value) ?? false
    case .source: return row?.group?.lowercased() == value
    case .annotator: return row?.annotator?.lowercased() == value
    case .reviewer: return all.contains { $0.annotator.text == value }
    case .reason: return own?.decision.reason == value
    case .near: return subject.near[value]?.contains(position) ?? false
    case .ambiguous:
      let signal = SignalID(rawValue: value == "epistemic" ? "uncertainty" : "uncertainty_close")
      guard let scan = subject.scan, let standing = scan.standing(of: signal, at: position),
        standing.share < 1
      else { return false }
      return standing.rank <= Int((scan.settings.flagShare * Double(standing.pairCount)).rounded())
    case .criterion:
      let words = value.split(separator: "=")
      guard let said = own?.decision.ratings.first(where: { $0.criterion == words[0] }) else {
        return false
      }
      guard words.count > 1 else { return true }
      guard let side = said.side, words[1] != "tie" else {
        return said.side == nil && words[1] == "tie"
      }
      switch words[1] {
      case "a": return sides(position).first?.id == side
      case "b": return sides(position).dropFirst().first?.id == side
      default:
        guard let row, let preferred = row.label.preferred else { return words[1] == "swap" }
        return (row.sides[preferred].id == side) == (words[1] == "keep")
      }
    case .id: return id?.description.hasPrefix(value) ?? false
    case .conflict:
      if value == "review" {
        return Set(all.map(\.decision.verdict)).subtracting([.skip]).count > 1
      }
      return subject.scan?.findings[position].list.contains {
        $0 == .exactConflict || $0 == .nearConflict
      } ?? false
    case .why:
      guard let scan = subject.scan else { return false }
      let signal: SignalID
      switch value {
      case "D": return has(.conflict, "file", position)
      case "P": signal = .peerReview
      case "M": signal = .leaveOneOut
      default: signal = .influence
      }
      guard let standing = scan.standing(of: signal, at: position), standing.share < 1 else {
        return false
      }
      return standing.rank <= Int((scan.settings.flagShare * Double(standing.pairCount)).rounded())
    case .status:
      let outcome = row.flatMap { row in
        own?.decision.verdict.outcome(
          sides: row.sides.map(\.id), preferred: row.label.preferred)
      }
      switch value {
      case "open": return row != nil && (outcome == nil || outcome == .skip)
      case "done": return outcome != nil && outcome != .skip
      case "flagged": return subject.scan?.isFlagged(at: position) ?? false
      case "marked": return subject.marked.contains(position)
      case "unreadable": return row == nil
      default: return outcome?.rawValue == value
      }
    }
  }
}
