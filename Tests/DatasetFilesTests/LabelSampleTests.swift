import Foundation
import PreferenceData
import Testing

@testable import DatasetFiles

/// Real files whose sides have no names of their own.
@Suite("Real files with labels")
struct LabelSampleTests {
  /// `ties` counts rows that prefer no side although they are labelled, `unlabelled` those that are
  /// not, by the notes beside the samples.
  static let files: [(file: String, format: String, rows: Int, ties: Int, unlabelled: Int)] = [
    ("alpaca_eval.json", "side-by-side", 10, 2, 2),
    ("chatbot_arena_33k.jsonl", "side-by-side", 20, 4, 0),
    ("helpsteer2_preference.jsonl.gz", "side-by-side", 10, 0, 0),
    ("helpsteer3_preference.jsonl", "side-by-side", 20, 1, 0),
    ("mt_bench_long_votes.jsonl", "side-by-side", 20, 3, 0),
    ("multipref.jsonl", "side-by-side", 10, 0, 0),
    ("pku_saferlhf.jsonl", "side-by-side", 10, 0, 0),
    ("shp.jsonl", "side-by-side", 10, 0, 0),
    ("webgpt.jsonl", "side-by-side", 10, 1, 0),
    ("summarize_comparisons.jsonl", "ranked-list", 10, 0, 0),
    ("ultrafeedback_original.jsonl", "ranked-list", 10, 0, 0),
    ("hpdv2_test.json", "ranked-list", 10, 0, 0),
    ("prism_conversations.jsonl", "prism-conversation", 10, 0, 0),
    ("kto_unpaired.jsonl", "unpaired", 40, 0, 0),
  ]

  @Test(
    "samples open as what they are, come out as they went in, and so do rows relabelled twice",
    arguments: files)
  func samplesOpen(
    file: String, format: String, rows: Int, ties: Int, unlabelled: Int
  ) throws {
    guard let samples = sharedData("format-samples") else { return }
    let folder = try TemporaryFolder()
    let dataset = try Dataset.open(.file(samples + "/" + file))
    #expect(dataset.format.name == format)
    try #require(dataset.rowCount == rows)
    let read = try (0..<rows).map { try dataset.row(at: $0).get() }
    #expect(read.count { $0.label == .tie || $0.label == .bothBad } == ties)
    #expect(read.count { $0.label == .none } == unlabelled)
    try dataset.export(to: folder.file("same")) { _ in .asIs }
    let same = try folder.read("same")
    #expect(same.count == dataset.byteCount)
    func swap(_ dataset: Dataset, to name: String) throws -> Dataset {
      try dataset.export(to: folder.file(name)) {
        (try? dataset.row(at: $0).get().chosenAndRejected) == nil ? .asIs : .swap
      }
      return try Dataset.open(.file(folder.file(name)))
    }
    let once = try swap(dataset, to: "once")
    for (position, before) in read.enumerated() {
      let after = try once.row(at: position).get()
      #expect(after.sides.map(\.turns) == before.sides.map(\.turns))
      #expect(after.context == before.context)
      guard before.chosenAndRejected != nil else { continue }
      #expect(after.chosenAndRejected?.chosen == before.chosenAndRejected?.rejected)
    }
    _ = try swap(once, to: "twice")
    #expect(try folder.read("twice") == same)
  }

  @Test(
    "the preferred answer is the one that HH-RLHF prefers, apart from rows whose label was made up",
    arguments: files.filter { $0.format != "unpaired" && $0.file != "hpdv2_test.json" })
  func winnersAgree(
    file: String, format: String, rows: Int, ties: Int, unlabelled: Int
  ) throws {
    guard let samples = sharedData("format-samples") else { return }
    let truth = try Dataset.open(.file(samples + "/hh_rlhf.jsonl"))
    let dataset = try Dataset.open(.file(samples + "/" + file))
    var compared = 0
    for position in 0..<dataset.rowCount {
      // What the samples' notes call overwritten, and the second votes.
      if file.hasPrefix("chatbot"), position % 5 >= 3 { continue }
      if file.hasPrefix("alpaca_eval") || file.hasPrefix("mt_bench") { continue }
      let pair = try dataset.row(at: position).get()
      guard let preferred = pair.label.preferred else { continue }
      let winner = try #require(pair.sides[preferred].turns.last).text
      #expect(try truth.row(at: position).get().sides[0].text.hasSuffix(winner))
      compared += 1
    }
    #expect(compared > rows / 2 || file.hasPrefix("alpaca_eval") || file.hasPrefix("mt_bench"))
  }

  @Test("a tie becomes the preference that is set, in every format that can say so")
  func tiesAreSet() throws {
    guard let samples = sharedData("format-samples") else { return }
    let folder = try TemporaryFolder()
    for (file, _, _, ties, unlabelled) in Self.files where ties + unlabelled > 0 {
      let dataset = try Dataset.open(.file(samples + "/" + file))
      for side in 0..<2 {
        try dataset.export(to: folder.file("set")) { row in
          (try? dataset.row(at: row).get().label.preferred) == nil ? .prefer(side) : .asIs
        }
        let set = try Dataset.open(.file(folder.file("set")))
        for row in 0..<dataset.rowCount {
          let before = try dataset.row(at: row).get().label.preferred
          #expect(try set.row(at: row).get().label.preferred == before ?? side, "\(file) \(row)")
        }
      }
    }
  }

  @Test("votes are read beside the label, and long form is grouped whatever the side order")
  func votes() throws {
    guard let samples = sharedData("format-samples") else { return }
    func open(_ file: String) throws -> Dataset { try Dataset.open(.file(samples + "/" + file)) }
    let multipref = try open("multipref.jsonl").row(at: 0).get()
    #expect(multipref.judgments.map(\.annotator) == ["n1", "n2", "e1", "e2"])
    #expect(multipref.judgments[0].label == .prefers(0, strength: 2))
    #expect(try open("helpsteer3_preference.jsonl").row(at: 0).get().judgments.count == 2)
    let ranked = try open("hpdv2_test.json").row(at: 0).get()
    #expect(ranked.judgments.map(\.label) == [.ranks([0, 1, 2]), .ranks([1, 0, 2])])
    let long = try open("mt_bench_long_votes.jsonl")
    var index = RowIndex()
    for row in 0..<long.rowCount { index.append(long.row(at: row)) }
    #expect(index.voteGroups.count == 10)
    #expect(index.voteGroups.allSatisfy { $0.rows.count == 2 })
  }

  @Test("ImageRewardDB's rankings are kept whole, and two ranks exchanged twice are none")
  func imageReward() throws {
    guard let data = sharedData("imagereward") else { return }
    let folder = try TemporaryFolder()
    let dataset = try Dataset.open(.file(data + "/test.json"))
    #expect(dataset.format.name == "ranked-list")
    #expect(dataset.rowCount == 466)
    func worstFirst(_ dataset: Dataset) -> (Int) -> RowDisposition {
      { row in
        guard let sides = try? dataset.row(at: row).get().sides.count else { return .asIs }
        return dataset.canPrefer(sides - 1, in: row) ? .prefer(sides - 1) : .asIs
      }
    }
    for row in 0..<dataset.rowCount {
      let ranking = try dataset.row(at: row).get()
      #expect((4...9).contains(ranking.sides.count))
      #expect(!ranking.pairs.isEmpty && ranking.pairs.count <= PreferenceRow.pairLimit)
    }
    try dataset.export(to: folder.file("once"), disposition: worstFirst(dataset))
    let once = try Dataset.open(.file(folder.file("once")))
    for row in 0..<dataset.rowCount {
      let (before, after) = (try dataset.row(at: row).get(), try once.row(at: row).get())
      #expect(after.sides == before.sides)
      guard before.label.preferred != nil else { continue }
      #expect(after.label.preferred == before.sides.count - 1)
    }
  }
}
