import PreferenceData
import Testing

@testable import PreferenceScoring

/// Rows held in memory.
struct RowList: PairSource {
  var rows: [Result<PreferenceRow, RowProblem>]
  var rewards: [ExternalReward] = []

  init(_ rows: [PreferenceRow]) { self.rows = rows.map { .success($0) } }

  var rowCount: Int { rows.count }
  func row(at index: Int) -> Result<PreferenceRow, RowProblem> { rows[index] }

  var swapped: RowList {
    var list = self
    list.rows = rows.map { $0.map(\.swapped) }
    return list
  }
}

extension PreferenceRow {
  /// The same row with the other side preferred.
  var swapped: PreferenceRow {
    var row = self
    row.label = .prefers(1 - (label.preferred ?? 0))
    return row
  }
}

/// Preference pairs made of words, where some words and the length decide which side is better.
struct GeneratedPairs {
  private static let words = [
    "river", "stone", "window", "letter", "music", "garden", "number", "paper", "winter", "yellow",
    "market", "silver", "bridge", "copper", "island", "forest", "candle", "engine", "pocket",
    "ladder",
    "please", "sorry", "great", "maybe", "don't", "can't", "I", "you", "not", "which",
  ]
  private static let ends = [
    ".", "!", "?", ",", ":", " -", "\n", "\n- ", " (so)", " \"q\"", " 42", " über",
  ]

  var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func text(maximum: Int = 40) -> String {
    var parts: [String] = []
    for _ in 0...generator.below(maximum) {
      parts.append(Self.words[generator.below(Self.words.count)])
      if generator.below(4) == 0 {
        parts[parts.count - 1] += Self.ends[generator.below(Self.ends.count)]
      }
    }
    return parts.joined(separator: " ")
  }

  /// `count` rows; the better side has more words and more rivers, apart from chance.
  mutating func rows(_ count: Int) -> [PreferenceRow] {
    (0..<count).map { _ in
      let sides = [text(), text()]
      let gains = sides.map { text in
        let words = text.split(separator: " ")
        return 0.15 * Double(words.count) + 1.5 * Double(words.count { $0.hasPrefix("river") })
      }
      let best = generator.unit() < sigmoid(gains[0] - gains[1]) ? 0 : 1
      return PreferenceRow(
        context: [Turn(.user, text(maximum: 8))],
        sides: sides.map { Side(turns: [Turn(.assistant, $0)]) }, label: .prefers(best))
    }
  }
}

/// The result of a whole scan of `source`.
func scanned(
  _ source: any PairSource, settings: ScanSettings = ScanSettings(sketchWidth: 64), jobs: Int = 1
) throws -> ScanResult {
  var scan = NoiseScan(source: source, settings: settings, jobs: jobs)
  while !scan.advance().isFinished {}
  return try #require(scan.result)
}
