import CurationEngine
import DatasetFiles
import Foundation
import PreferenceData
import PreferenceScoring
import Testing

@Suite("Parts of a data set")
struct RowSelectionTests {
  /// `count` rows, of which about every third shares its prompt with others, and one cannot be read.
  private struct Stage {
    let folder: TemporaryFolder
    let dataset: Dataset

    init(_ count: Int, seed: UInt64) throws {
      var generator = SeededGenerator(seed: seed)
      func words(_ most: Int) -> String {
        (0..<generator.below(most)).map { _ in "ä\(generator.below(90))" }.joined(separator: " ")
      }
      var lines = (0..<count).map { number in
        let row: JSONValue = [
          "prompt": .string("question \(generator.below(count / 2)) "),
          "chosen": .string("c\(number) " + words(30)),
          "rejected": .string("r\(number) " + words(30)),
        ]
        return row.text + "\n"
      }
      lines.insert("{\"prompt\":1}\n", at: generator.below(count))
      folder = try TemporaryFolder()
      dataset = try Dataset.open(.file(try folder.write(lines.joined(), to: "rows.jsonl")))
    }

    var all: RowSelection { RowSelection(rows: Set(0..<dataset.rowCount)) }

    func row(_ position: Int) -> PreferenceRow? {
      guard case .success(let row) = dataset.row(at: position) else { return nil }
      return row
    }
  }

  @Test("the parts of a split are disjoint and complete, and share no prompt", arguments: 0..<12)
  func split(seed: Int) throws {
    let stage = try Stage(120, seed: UInt64(seed))
    let split = PromptSplit(validationShare: 0.3, seed: UInt64(seed))
    var train = stage.all
    train.bound(to: .train, of: split, in: stage.dataset)
    var validation = stage.all
    validation.bound(to: .validation, of: split, in: stage.dataset)
    #expect(train.rows.isDisjoint(with: validation.rows))
    #expect(train.rows.union(validation.rows) == stage.all.rows)
    #expect(train.bounds.map(\.leftOutCount) == [validation.rows.count])
    let prompts = [train, validation].map { part in
      Set(part.rows.compactMap { stage.row($0)?.contextText })
    }
    #expect(prompts[0].isDisjoint(with: prompts[1]))
    #expect(prompts.allSatisfy { $0.count > 3 })
  }

  @Test("a row's part depends on its prompt and the seed, never on its sides or its label")
  func promptAlone() {
    func row(_ prompt: String?, _ sides: [String], _ preferred: Int = 0) -> PreferenceRow {
      PreferenceRow(
        context: prompt.map { [Turn(.user, $0)] } ?? [],
        sides: sides.map { Side(turns: [Turn(.assistant, $0)]) }, label: .prefers(preferred))
    }
    var moved = 0
    for number in 0..<400 {
      let split = PromptSplit(validationShare: 0.5, seed: 1)
      let part = split.part(of: row("p\(number)", ["a", "b"]))
      #expect(part == split.part(of: row("p\(number)", ["c", "d", "e"], 2)))
      let bare = split.part(of: row(nil, ["x\(number)", "y"]))
      #expect(bare == split.part(of: row(nil, ["y", "x\(number)"], 1)))
      let other = PromptSplit(validationShare: 0.5, seed: 2)
      if other.part(of: row("p\(number)", ["a", "b"])) != part { moved += 1 }
    }
    // Half of them, give or take five standard deviations.
    #expect((150...250).contains(moved))
  }

  @Test("the share of validation prompts is the one asked for", arguments: [0.05, 0.2, 0.5, 0.9])
  func share(asked: Double) {
    let split = PromptSplit(validationShare: asked, seed: 7)
    let count = 20_000
    let found = (0..<count).count { number in
      split.part(of: PreferenceRow(context: [Turn(.user, "\(number)")], sides: [], label: .tie))
        == .validation
    }
    let deviation = (Double(count) * asked * (1 - asked)).squareRoot()
    #expect(abs(Double(found) - Double(count) * asked) < 5 * deviation)
  }

  @Test("a length bound counts characters, not bytes, of the prompt and the longest side")
  func length() throws {
    let stage = try Stage(90, seed: 3)
    let lengths = (0..<stage.dataset.rowCount).map { position in
      stage.row(position).map { row in
        Array(row.contextText.unicodeScalars).count - "user: ".count
          + (row.sides.map { Array($0.text.unicodeScalars).count }.max() ?? 0)
      }
    }
    for limit in [1, 20, 60, 90, 1000] {
      var selection = stage.all
      selection.bound(lengthTo: limit, in: stage.dataset)
      #expect(selection.rows == stage.all.rows.filter { (lengths[$0] ?? 0) <= limit })
    }
  }

  @Test("rules narrow each other, and what they leave out adds up")
  func composed() throws {
    let stage = try Stage(60, seed: 5)
    let found = Set(10..<50)
    var selection = RowSelection(name: "query", rows: found)
    selection.bound(lengthTo: 70, in: stage.dataset)
    let short = selection.rows
    let texts = EvaluationTexts(of: stage.dataset, jobs: 2)
    var survey = FirstLookSurvey(source: stage.dataset, against: texts, jobs: 2)
    while !survey.advance() {}
    let overlap = try #require(survey.look?.overlap)
    selection.bound(apartFrom: overlap, ofFile: "rows.jsonl", sha256: "0")
    // Against itself, only what cannot be read is not met.
    #expect(selection.rows == short.filter { stage.row($0) == nil })
    #expect(selection.name == "query")
    let leftOut = selection.bounds.reduce(0) { $0 + $1.leftOutCount }
    #expect(leftOut + selection.rows.count == found.count)
    #expect(selection.bounds.count == 2 && leftOut > selection.bounds[0].leftOutCount)
  }
}
