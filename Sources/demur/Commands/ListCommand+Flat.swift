import ArgumentParser
import CurationEngine
import CurationInterface
import PreferenceData
import PreferenceScoring

// What a scoring script reads: no scan, no review, file order.

extension ListCommand {
  /// Prints the pairs, or with `--sides` their sides, one JSON object a line.
  func printFlat(_ query: Query?) throws {
    let opened: IndexedDataset
    var positions = [Int]()
    if let query {
      let opening = try OpenedReview(reading: options, with: scanOptions.rewards)
      opened = opening.opened
      positions = try opening.answer(query, with: scanOptions, options: options).positions
    } else {
      opened = try options.openIndexed(with: scanOptions.rewards)
      positions = Array(0..<opened.rowCount)
    }
    var output = StandardOutput()
    var printed = 0
    var leftOut = 0
    for position in positions where printed < limit ?? .max {
      guard case .success(let row) = opened.row(at: position) else {
        leftOut += 1
        continue
      }
      let pairs = Self.pairs(of: row)
      guard !pairs.isEmpty else {
        leftOut += 1
        continue
      }
      printed += 1
      let start: [JSONValue.Member] = [
        .init("id", .string(opened.name(of: position))), .init("row", .integer(position)),
      ]
      let prompt = JSONValue.Member("prompt", Self.messages(row.context))
      if sides {
        for side in row.sides {
          let own: [JSONValue.Member] = [
            .init("side", .string("\(side.id)")), prompt,
            .init("response", Self.messages(side.turns)),
          ]
          try output.line(JSONValue.object(start + own).text)
        }
      } else {
        for pair in pairs {
          let which: [JSONValue.Member] =
            row.sides.count > 2
            ? [.init("pair", .array([.integer(pair.better), .integer(pair.worse)]))] : []
          let own: [JSONValue.Member] = [
            prompt, .init("chosen", Self.messages(row.sides[pair.better].turns)),
            .init("rejected", Self.messages(row.sides[pair.worse].turns)),
          ]
          try output.line(JSONValue.object(start + which + own).text)
        }
      }
    }
    try output.flush()
    if leftOut > 0 {
      StandardError.line(
        "\(Numbers.count(leftOut, "row")) left out: no two different sides, one of them preferred")
    }
    if printed == 0 { throw ExitCode(ExitStatus.no.rawValue) }
  }

  /// The pairs of different sides of which the label says that one is better.
  private static func pairs(of row: PreferenceRow) -> [RankedPair] {
    row.pairs.filter { row.sides[$0.better].id != row.sides[$0.worse].id }
  }

  private static func messages(_ turns: [Turn]) -> JSONValue {
    .array(turns.map { ["role": .string($0.role.name), "content": .string($0.text)] })
  }
}
