import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite("Looking for words")
struct TextSearchTests {
  private let row = PreferenceRow(
    context: [Turn(.system, "Be kind"), Turn(.user, "Wo ist die Straße?")],
    sides: [
      Side(turns: [Turn(.assistant, "Über die Brücke, 東京 entlang")]),
      Side(turns: [Turn(.assistant, "no idea")]),
    ], label: .prefers(0))

  /// The first of `positions` that holds `text`.
  private func match(
    _ text: String, in rows: QuerySample.Rows, at positions: [Int], jobs: Int = 1
  ) -> Int? {
    var search = TextSearch(text, in: rows, at: positions, jobs: jobs)
    while true {
      switch search.advance() {
      case .found(let position): return position
      case .missing: return nil
      case .looking(let share): #expect((0...1).contains(share))
      }
    }
  }

  @Test(
    "letter case does not matter, in any turn of prompt and sides",
    arguments: ["KIND", "straße", "über DIE", "京", "no IDEA", "a"])
  func found(text: String) {
    #expect(match(text, in: QuerySample.Rows(rows: [.success(row)]), at: [0]) == 0)
  }

  @Test("what is not there is not found", arguments: ["", "kinder", "no idea!", "assistant"])
  func missing(text: String) {
    #expect(match(text, in: QuerySample.Rows(rows: [.success(row)]), at: [0]) == nil)
  }

  @Test(
    "the first row in the order asked for is found, whatever the threads and with or without bytes",
    arguments: 0..<8 as Range<UInt64>)
  func firstInOrder(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    // A few rows hold each word, spelled in letters or behind signs that files escape.
    let words = ["river", "Stone", "\"so\"", "über", "--", "x\ny", "lantern"]
    let rows = (0..<700).map { number -> Result<PreferenceRow, RowProblem> in
      let word = Int(generator.next() % 400)
      let said = words.indices.contains(word) ? words[word] : "nothing"
      return .success(
        PreferenceRow(
          context: [Turn(.user, "row \(number)")],
          sides: [
            Side(turns: [Turn(.assistant, "a \(said) b")]), Side(turns: [Turn(.assistant, "no")]),
          ], label: .prefers(0)))
    }
    var order = Array(rows.indices)
    order.shuffle(using: &generator)
    order.removeLast(100)
    for word in words + ["RIVER", "absent", "row 69"] {
      let expected = order.first { position in
        guard case .success(let row) = rows[position] else { return false }
        return (row.context + row.sides.flatMap(\.turns)).contains {
          $0.text.lowercased().contains(word.lowercased())
        }
      }
      for jobs in 1...3 {
        let sample = QuerySample.Rows(rows: rows, hasBytes: jobs != 2)
        #expect(match(word, in: sample, at: order, jobs: jobs) == expected, "\(word)")
      }
    }
  }
}
