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
      guard case .success(let row) = opened.row(at: position),
        let (chosen, rejected) = row.chosenAndRejected, row.sides[0].id != row.sides[1].id
      else {
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
        let own: [JSONValue.Member] = [
          prompt, .init("chosen", Self.messages(row.sides[chosen].turns)),
          .init("rejected", Self.messages(row.sides[rejected].turns)),
        ]
        try output.line(JSONValue.object(start + own).text)
      }
    }
    try output.flush()
    if leftOut > 0 {
      StandardError.line(
        "\(Numbers.count(leftOut, "row")) left out: not two different sides, one of them preferred")
    }
    if printed == 0 { throw ExitCode(ExitStatus.no.rawValue) }
  }

  private static func messages(_ turns: [Turn]) -> JSONValue {
    .array(turns.map { ["role": .string($0.role.name), "content": .string($0.text)] })
  }
}
