import DatasetFiles
import Foundation
import PreferenceData

/// Data sets made for tests: the longer answer is chosen, but for every seventh row.
enum SampleRows {
  private static let words = [
    "boil", "water", "salt", "pan", "stir", "oven", "bread", "rice", "onion", "slice", "serve",
    "plate", "lemon", "butter", "flour", "sugar",
  ]

  /// `count` rows of TRL's standard format as JSON lines.
  static func lines(_ count: Int) -> String {
    (0..<count).map { number in
      let long = answer(number, length: 12 + number % 9)
      let short = answer(number + 5, length: 3 + number % 4)
      let (chosen, rejected) = number.isMultiple(of: 7) ? (short, long) : (long, short)
      let row: JSONValue = [
        "id": .string("r\(number)"), "prompt": .string("How do I cook dish \(number)?"),
        "chosen": .string(chosen), "rejected": .string(rejected),
      ]
      return row.text + "\n"
    }.joined()
  }

  private static func answer(_ number: Int, length: Int) -> String {
    (0..<length).map { words[(number * 3 + $0 * ($0 + number % 5)) % words.count] }
      .joined(separator: " ") + " \(number)."
  }

  /// The data set of `count` such rows in `folder`.
  static func dataset(_ count: Int, in folder: TemporaryFolder) throws -> Dataset {
    try Dataset.open(.file(try folder.write(lines(count), to: "rows.jsonl")))
  }
}
