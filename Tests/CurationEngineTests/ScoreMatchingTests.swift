import CurationEngine
import DatasetFiles
import PreferenceData
import PreferenceScoring
import Testing

@Suite("Matching scores with rows")
struct ScoreMatchingTests {
  private func opened(
    _ count: Int = 60, in folder: TemporaryFolder, columns: NamedColumns = NamedColumns()
  ) throws -> IndexedDataset {
    let path = try folder.write(SampleRows.lines(count), to: "rows.jsonl")
    return try #require(IndexedDataset(try Dataset.open(.file(path), columns: columns)))
  }

  private func scores(
    _ text: String, key: ScoreKey = .id, in folder: TemporaryFolder, name: String = "RM.jsonl"
  ) throws -> ScoreFile {
    try ScoreFile(path: try folder.write(text, to: name), key: key, unit: nil)
  }

  @Test("rows and lines that find nobody are counted on both sides")
  func counts() throws {
    let folder = try TemporaryFolder()
    let opened = try opened(in: folder)
    let lines =
      (10..<50).map { #"{"id":"r\#($0)","chosen":\#($0),"rejected":1}"# }
      + [#"{"id":"nobody","chosen":1,"rejected":2}"#, "no JSON", #"{"chosen":1,"rejected":2}"#]
      + [#"{"id":"r50","chosen":null,"rejected":2}"#]
    let file = try scores(lines.joined(separator: "\n"), in: folder)
    let (scored, match) = try opened.scored(by: file)
    #expect(match.name == "RM.jsonl")
    #expect(match.matchedRows == 41 && match.rowsWithoutLine == 19 && match.silentRows == 1)
    #expect(match.linesWithoutRow == 1 && match.unreadableLines == 2)
    #expect(scored.rewards == [ExternalReward(name: "RM.jsonl", kind: .reward)])
    let differences = try (0..<60).map { try scored.row(at: $0).get().rewardDifference(at: 0) }
    let expected = (0..<60).map { (10..<50).contains($0) ? Double($0 - 1) : nil }
    #expect(differences == expected)
  }

  @Test("id, row and a field lead to the same rewards, from one file after the other")
  func keys() throws {
    let folder = try TemporaryFolder()
    let opened = try opened(in: folder)
    let text = (0..<60).reversed().map {
      #"{"id":"r\#($0)","row":\#($0),"prompt":"How do I cook dish \#($0)?","margin":\#($0)}"#
    }.joined(separator: "\n")
    var all = opened
    let keys: [ScoreKey] = [.id, .row, .field(FieldPath(key: "prompt"))]
    for key in keys { all = try all.scored(by: try scores(text, key: key, in: folder)).scored }
    #expect(all.rewards.count == 3)
    for index in 0..<60 {
      let row = try all.row(at: index).get()
      #expect(
        (0..<3).map { row.rewardDifference(at: $0) } == Array(repeating: Double(index), count: 3))
    }
  }

  @Test("rewards of rankings and of pairs stand side by side, whichever file brings them")
  func rankings() throws {
    let folder = try TemporaryFolder()
    let lines = (0..<40).map { number in
      let answers = (0..<(2 + number % 3)).map {
        #"{"answer":"answer \#($0) to \#(number)","rank":\#($0 + 1)}"#
      }
      return #"{"id":"r\#(number)","prompt":"question \#(number)?","answers":["#
        + answers.joined(separator: ",") + "]}"
    }
    let path = try folder.write(lines.joined(separator: "\n"), to: "ranked.jsonl")
    let opened = try #require(IndexedDataset(try Dataset.open(.file(path))))
    func file(_ name: String, _ rows: [Int], _ factor: Int) throws -> ScoreFile {
      let text = rows.map { number in
        let rewards = (0..<(2 + number % 3)).map { "\(factor * ($0 + number))" }
        return #"{"id":"r\#(number)","rewards":[\#(rewards.joined(separator: ","))]}"#
      }
      return try scores(text.joined(separator: "\n"), in: folder, name: name)
    }
    let (even, odd) = ((0..<40).filter { $0 % 2 == 0 }, (0..<40).filter { $0 % 2 == 1 })
    let (first, match) = try opened.scored(by: file("one", even, 1))
    #expect(match.matchedRows == 20 && match.silentRows == 0)
    let all = try first.scored(by: file("two", odd, 10)).scored
      .scored(by: file("three", even + odd, -1)).scored
    for number in 0..<40 {
      let row = try all.row(at: number).get()
      for (place, side) in row.sides.enumerated() {
        let value = Double(place + number)
        #expect(
          side.rewards == [
            number % 2 == 0 ? value : nil, number % 2 == 1 ? 10 * value : nil, -value,
          ])
      }
    }
  }

  @Test("scores that fit no row, or rows that share a key, are refused")
  func refusals() throws {
    let folder = try TemporaryFolder()
    let opened = try opened(in: folder)
    let strangers = try scores(#"{"id":"x","margin":1}"#, in: folder)
    #expect(throws: ScoreProblem.noRowMatches(.id, lines: 1)) { try opened.scored(by: strangers) }
    let path = try folder.write(
      SampleRows.lines(10) + SampleRows.lines(10), to: "twice.jsonl")
    let twice = try #require(IndexedDataset(try Dataset.open(.file(path))))
    let pairs = try scores(#"{"id":"r3","margin":1}"#, in: folder)
    #expect(throws: ScoreProblem.repeatedRows(.id, count: 1)) { try twice.scored(by: pairs) }
    let side = try twice.row(at: 3).get().sides[0].id
    let sides = try scores(#"{"id":"r3","side":"\#(side)","reward":1}"#, in: folder)
    #expect(try twice.scored(by: sides).match.matchedRows == 2)
  }

  @Test("a field that no row has is refused when the file is opened")
  func missingColumn() throws {
    let folder = try TemporaryFolder()
    let fields = NamedColumns.RewardFields(
      first: FieldPath(key: "prompt"), second: FieldPath(key: "nowhere"))
    #expect(throws: DatasetReadError.noColumn("prompt, nowhere")) {
      try opened(in: folder, columns: NamedColumns(rewards: [fields]))
    }
  }

  @Test("a kept scan is found again only with the same scores and the same fields")
  func scanKeys() throws {
    let folder = try TemporaryFolder()
    let plain = try opened(in: folder)
    let text = #"{"id":"r1","row":1,"margin":1}"#
    func key(_ opened: IndexedDataset) throws -> ScanKey {
      try opened.dataset.scanKey(
        mapping: nil, scores: opened.scoreIdentities, settings: ScanSettings())
    }
    var keys = [try key(plain)]
    for file in [
      try scores(text, in: folder), try scores(text, key: .row, in: folder),
      try scores(text + " ", in: folder), try scores(text, in: folder, name: "other.jsonl"),
    ] {
      keys.append(try key(try plain.scored(by: file).scored))
    }
    for columns in [
      NamedColumns(group: FieldPath(key: "prompt")), NamedColumns(annotator: FieldPath(key: "id")),
      NamedColumns(group: FieldPath(key: "id")),
    ] {
      keys.append(try key(try opened(in: folder, columns: columns)))
    }
    #expect(Set(keys).count == keys.count)
    let again = try scores(text, in: folder)
    #expect(try key(try plain.scored(by: again).scored) == keys[1])
  }
}
