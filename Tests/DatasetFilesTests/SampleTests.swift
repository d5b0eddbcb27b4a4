import Foundation
import PreferenceData
import Testing

@testable import DatasetFiles

@Suite("Real files")
struct SampleTests {
  static let formats: [(file: String, format: String, rows: Int, problems: Int)] = [
    ("hh_rlhf.jsonl", "hh-transcript", 20, 0),
    ("hh_rlhf.jsonl.gz", "hh-transcript", 20, 0),
    ("hh_rlhf.jsonl.xz", "hh-transcript", 20, 0),
    ("hh_rlhf.jsonl.zst", "hh-transcript", 20, 0),
    ("openrlhf_margin.jsonl", "trl-conversational-implicit", 20, 0),
    ("tool_calls.jsonl", "trl-conversational-explicit", 10, 0),
    ("image_blocks.jsonl", "trl-conversational-explicit", 10, 0),
    ("trl_conversational_explicit.jsonl", "trl-conversational-explicit", 20, 0),
    ("trl_conversational_implicit.jsonl", "trl-conversational-implicit", 20, 0),
    ("trl_standard_explicit.jsonl", "trl-standard-explicit", 10, 0),
    ("trl_standard_implicit.jsonl", "trl-standard-implicit", 10, 0),
    ("ultrafeedback_binarized.jsonl", "trl-conversational-explicit", 20, 0),
    ("axolotl_argilla.jsonl", "axolotl-argilla", 10, 0),
    ("axolotl_default.jsonl", "axolotl-messages", 20, 0),
    ("axolotl_intel.jsonl", "axolotl-intel", 10, 0),
    ("distilabel_intel_orca.jsonl", "axolotl-icr", 10, 0),
    ("dove_joint.jsonl", "dove-joint", 10, 0),
    ("llamafactory_alpaca.json", "llamafactory-alpaca", 10, 0),
    ("llamafactory_sharegpt.json", "llamafactory-sharegpt", 20, 0),
    ("ms_swift.jsonl", "ms-swift", 20, 0),
    ("nemo_aligner.jsonl", "nemo-aligner", 10, 0),
    ("openai_preference.jsonl", "openai-preference", 20, 0),
    ("trap_crlf_bom.jsonl", "hh-transcript", 5, 0),
    ("trap_hh_real_odd_rows.jsonl", "hh-transcript", 15, 0),
    ("trap_multi_member.jsonl.gz", "hh-transcript", 9, 0),
    ("trap_truncated_last_line.jsonl", "hh-transcript", 6, 1),
    ("trap_u2028.jsonl", "trl-standard-explicit", 3, 0),
  ]

  @Test("samples open as what they are, and come out as they went in", arguments: formats)
  func samplesOpen(file: String, format: String, rows: Int, problems: Int) throws {
    guard let samples = sharedData("format-samples") else { return }
    let folder = try TemporaryFolder()
    let dataset = try Dataset.open(.file(samples + "/" + file))
    #expect(dataset.format.name == format)
    #expect(dataset.detection.alternatives.isEmpty)
    try #require(dataset.rowCount == rows)
    let read = (0..<rows).map { dataset.row(at: $0) }
    #expect(read.count { $0.problem != nil } == problems)
    for row in read {
      guard case .success(let pair) = row else { continue }
      #expect(pair.sides.count == 2)
      #expect(pair.sides.allSatisfy { !$0.turns.isEmpty })
      #expect(pair.context.isEmpty == (format == "dove-joint"))
    }
    try checkRoundTrip(dataset, folder)
  }

  @Test("the same answers in four TRL shapes and HH are the same pairs")
  func shapesAgree() throws {
    guard let samples = sharedData("format-samples") else { return }
    func pairs(_ file: String) throws -> [PreferenceRow] {
      let dataset = try Dataset.open(.file(samples + "/" + file))
      return try (0..<dataset.rowCount).map { try dataset.row(at: $0).get() }
    }
    let explicit = try pairs("trl_conversational_explicit.jsonl")
    #expect(try pairs("trl_conversational_implicit.jsonl").map(\.pairID) == explicit.map(\.pairID))
    #expect(try pairs("hh_rlhf.jsonl").map(\.pairID) == explicit.map(\.pairID))
    // Both answers of the last row begin with "Sure!": nothing says where its prompt ends.
    let standard = try pairs("trl_standard_explicit.jsonl").dropLast().map(\.pairID)
    #expect(try pairs("trl_standard_implicit.jsonl").dropLast().map(\.pairID) == standard)
  }

  @Test(
    "in every format the preferred answer is the one that HH-RLHF prefers",
    arguments: formats.filter { !$0.file.hasPrefix("trap_") && $0.format != "hh-transcript" })
  func winnersAgree(file: String, format: String, rows: Int, problems: Int) throws {
    guard let samples = sharedData("format-samples") else { return }
    let truth = try Dataset.open(.file(samples + "/hh_rlhf.jsonl"))
    let dataset = try Dataset.open(.file(samples + "/" + file))
    for position in 0..<dataset.rowCount {
      let expected = try truth.row(at: position).get()
      let pair = try dataset.row(at: position).get()
      #expect(pair.label.preferred == 0)
      let winner = try #require(pair.sides[0].turns.last).text.drop { $0 == " " }
      #expect(!winner.isEmpty && expected.sides[0].text.hasSuffix(winner))
      // A text with its prompt inside does not say where the answer begins; other files have more
      // context (a tool, a picture, a system turn), and another rejected answer.
      guard !format.hasPrefix("trl-standard"), format != "dove-joint",
        !["tool_calls.jsonl", "image_blocks.jsonl"].contains(file),
        pair.context.first?.role != .system
      else { continue }
      #expect(pair.pairID == expected.pairID)
    }
  }

  @Test("the Git-LFS pointer is refused by name")
  func pointerIsRefused() throws {
    guard let samples = sharedData("format-samples") else { return }
    #expect(throws: DatasetReadError.gitLFSPointer) {
      try Dataset.open(.file(samples + "/trap_lfs_pointer.jsonl"))
    }
  }

  @Test("HH-RLHF as it is published: all rows, with the odd ones counted")
  func helpfulBase() throws {
    guard let data = sharedData("hh-rlhf") else { return }
    let folder = try TemporaryFolder()
    let dataset = try Dataset.open(.file(data + "/helpful-base-test.jsonl.gz"))
    #expect(dataset.rowCount == 2354)
    var index = RowIndex()
    var furtherTurns = 0
    for position in 0..<dataset.rowCount {
      let row = dataset.row(at: position)
      index.append(row)
      if let pair = try? row.get(), pair.sides.contains(where: { $0.turns.count > 1 }) {
        furtherTurns += 1
      }
    }
    // The figures of the data's own README.
    #expect(index.problems.isEmpty)
    #expect(index.defectCounts[.identicalSides] == 2)
    #expect(index.defectCounts[.emptySide] == 4)
    #expect(furtherTurns == 9)
    try checkRoundTrip(dataset, folder)
  }

  @Test(
    "LLaMA-Factory's demonstration files open by themselves, and by a mapping as the same pairs",
    arguments: [
      ("dpo_en_demo.json", "llamafactory-sharegpt", 300, "conversations", "chosen", "rejected"),
      ("v1_dpo_demo.jsonl", "llamafactory-v1", 10, nil, "chosen_messages", "rejected_messages"),
    ])
  func llamaFactory(
    file: String, format: String, rows: Int, prompt: String?, chosen: String, rejected: String
  ) throws {
    guard let data = sharedData("llamafactory") else { return }
    let folder = try TemporaryFolder()
    let dataset = try Dataset.open(.file(data + "/" + file))
    #expect(dataset.format.name == format)
    try #require(dataset.rowCount == rows)
    let mapping = FieldMapping(
      prompt: prompt.map { FieldPath(key: $0) }, chosen: FieldPath(key: chosen),
      rejected: FieldPath(key: rejected))
    let mapped = try Dataset.open(.file(data + "/" + file), mapping: mapping)
    for row in 0..<rows {
      let pair = try dataset.row(at: row).get()
      #expect(!pair.context.isEmpty && pair.sides.allSatisfy { !$0.text.isEmpty })
      #expect(try mapped.row(at: row).get() == pair)
    }
    try checkRoundTrip(dataset, folder)
    try checkRoundTrip(mapped, folder, mapping: mapping)
  }

  @Test("LLaMA-Factory's unpaired ratings are rows of one response")
  func unpairedRatings() throws {
    guard let data = sharedData("llamafactory") else { return }
    let dataset = try Dataset.open(.file(data + "/kto_en_demo.json"))
    #expect(dataset.format.name == "unpaired")
    #expect(dataset.rowCount == 300)
    for row in 0..<dataset.rowCount {
      let rating = try dataset.row(at: row).get()
      #expect(rating.sides.count == 1 && !rating.sides[0].text.isEmpty)
      #expect(rating.label == .desirable || rating.label == .undesirable)
      #expect(rating.defects == [])
    }
  }

  /// Untouched is untouched, and swapping all readable rows twice is untouched.
  private func checkRoundTrip(
    _ dataset: Dataset, _ folder: TemporaryFolder, mapping: FieldMapping? = nil
  ) throws {
    try dataset.export(to: folder.file("same")) { _ in .asIs }
    let same = try folder.read("same")
    #expect(same.count == dataset.byteCount)
    func swap(_ dataset: Dataset, to name: String) throws -> Dataset {
      try dataset.export(to: folder.file(name)) {
        if case .success = dataset.row(at: $0) { .swap } else { .asIs }
      }
      return try Dataset.open(.file(folder.file(name)), mapping: mapping)
    }
    let once = try swap(dataset, to: "once")
    for position in 0..<dataset.rowCount {
      guard case .success(let before) = dataset.row(at: position) else { continue }
      let after = try once.row(at: position).get()
      #expect(after.pairID == before.pairID)
      #expect(after.sides.map(\.id) == before.sides.reversed().map(\.id))
    }
    _ = try swap(once, to: "twice")
    #expect(try folder.read("twice") == same)
  }
}
