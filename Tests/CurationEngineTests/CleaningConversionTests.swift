import CurationEngine
import DatasetFiles
import Foundation
import PreferenceData
import Testing

@Suite("A cleaned data set in another form")
struct CleaningConversionTests {
  static let kim = AnnotatorName("kim")

  /// A data set of `count` rows, and what is decided about them.
  private struct Stage {
    let folder: TemporaryFolder
    let opened: IndexedDataset
    let ledger: ReviewLedger

    init(_ count: Int, _ decisions: [(Int, Outcome)]) throws {
      folder = try TemporaryFolder()
      opened = try #require(IndexedDataset(try SampleRows.dataset(count, in: folder)))
      var ledger = ReviewLedger()
      for (sequence, (position, outcome)) in decisions.enumerated() {
        let row = try opened.dataset.row(at: position).get()
        let verdict = try #require(
          Verdict(outcome, sides: row.sides.map(\.id), preferred: row.label.preferred))
        let decision = Decision(verdict, strength: 2, note: "note \(position)")
        ledger.append(
          ReviewEvent(
            sequence: Int64(sequence + 1), millisecondsSince1970: 0,
            annotator: try #require(kim),
            content: .decided([
              RowDecision(
                row: try #require(opened.index.ids[position]), decision: decision,
                serving: Serving(route: .script))
            ])))
      }
      self.ledger = ledger
    }

    func cleaning(ties: CleaningPlan.Ties = .drop, _ form: ExportForm) -> Cleaning {
      Cleaning(of: opened, ledger: ledger, annotator: nil, scope: .all, ties: ties, form: form)
    }

    func path(_ name: String) -> String { folder.path + "/" + name }

    func json(_ name: String) throws -> JSONView {
      let data = try Data(contentsOf: URL(fileURLWithPath: path(name)))
      return try JSONDocument(lenient: Array(data).span).root
    }
  }

  private static func form(
    _ name: String, adding: [AddedColumn] = [], noise: Double? = nil
  ) throws -> ExportForm {
    let target: any TargetFormat = try #require(TargetFormats.all.first { $0.name == name })
    return ExportForm(target: target, additions: adding, remainingNoise: noise)
  }

  static let decisions: [(Int, Outcome)] = [
    (0, .keep), (1, .swap), (2, .tie), (3, .bothBad), (4, .drop), (5, .skip),
  ]

  @Test("decisions come first: swapped rows are swapped, and what is left out stays out")
  func decisionsApply() throws {
    let stage = try Stage(8, Self.decisions)
    let report = try stage.cleaning(Self.form("trl")).write(
      to: stage.path("out.jsonl"), version: "1")
    #expect(report.conversion?.written == 5)
    #expect(report.conversion?.relabelled == 1)
    #expect(report.conversion?.inexpressibleCount == 0)
    let out = try Dataset.open(.file(stage.path("out.jsonl")))
    let kept = [0, 1, 5, 6, 7]
    #expect(out.rowCount == kept.count)
    for (place, position) in kept.enumerated() {
      let before = try stage.opened.dataset.row(at: position).get()
      let after = try out.row(at: place).get()
      let sides = before.sides.map(\.turns)
      #expect(after.sides.map(\.turns) == (position == 1 ? sides.reversed() : sides))
      #expect(after.context == before.context)
    }
  }

  @Test("ties stay as they were, or are written in both orders")
  func ties() throws {
    let stage = try Stage(8, Self.decisions)
    for (ties, count) in [(CleaningPlan.Ties.keep, 6), (.both, 7)] {
      let cleaning = try stage.cleaning(ties: ties, Self.form("hh"))
      #expect(try cleaning.conversionSummary().written == count)
      let report = try cleaning.write(to: stage.path("out.jsonl"), version: "1")
      #expect(report.conversion?.written == count)
      let out = try Dataset.open(.file(stage.path("out.jsonl")))
      let tied = try stage.opened.dataset.row(at: 2).get().sides.map(\.turns)
      #expect(try out.row(at: 2).get().sides.map(\.turns) == tied)
      if ties == .both {
        #expect(try out.row(at: 3).get().sides.map(\.turns) == tied.reversed())
      }
    }
  }

  @Test("rows that a form cannot hold are counted by reason, in the report and the manifest")
  func inexpressible() throws {
    let folder = try TemporaryFolder()
    let lines = SampleRows.lines(3) + "{\"prompt\":1}\n"
    let dataset = try Dataset.open(.file(try folder.write(lines, to: "rows.jsonl")))
    let opened = try #require(IndexedDataset(dataset))
    let cleaning = Cleaning(
      of: opened, ledger: ReviewLedger(), annotator: nil, scope: .all, ties: .drop,
      form: try Self.form("trl-standard-implicit"))
    let report = try cleaning.write(to: folder.path + "/out.jsonl", version: "1")
    #expect(report.conversion?.inexpressible == [.noBoundary: 3, .unreadable: 1])
    let manifest = try JSONDocument(
      lenient: Array(
        try Data(contentsOf: URL(fileURLWithPath: folder.path + "/out.jsonl.manifest.json"))
      ).span
    ).root["output"]
    #expect(manifest?["format"]?.string == "trl-standard-implicit")
    #expect(manifest?["rows"]?.number == 0)
    #expect(manifest?["inexpressible"]?["rows"]?.number == 4)
    #expect(manifest?["inexpressible"]?["no_boundary"]?.number == 3)
    #expect(manifest?["inexpressible"]?["unreadable"]?.number == 1)
  }

  @Test("added columns are on every row, in a conversion and beside rows as they are")
  func addedColumns() throws {
    let stage = try Stage(4, [(1, .swap)])
    let forms = [
      try Self.form("trl", adding: AddedColumn.allCases),
      ExportForm(additions: AddedColumn.allCases),
    ]
    for form in forms {
      try _ = stage.cleaning(form).write(to: stage.path("out.jsonl"), version: "1")
      let text = try String(contentsOfFile: stage.path("out.jsonl"), encoding: .utf8)
      let rows = try text.split(separator: "\n").map {
        try JSONDocument(lenient: Array($0.utf8).span).root
      }
      #expect(rows.count == 4)
      for (position, row) in rows.enumerated() {
        for column in AddedColumn.allCases { #expect(row.count(of: column.name) == 1) }
        #expect(row["rationale"]?.string == (position == 1 ? "note 1" : nil))
        #expect(row["provenance"]?["row"]?.number == Double(position))
        #expect(row["provenance"]?["id"]?.string == "r\(position)")
        #expect(row["provenance"]?["decision"]?.string == (position == 1 ? "swap" : nil))
        #expect(row["strength"]?["review"]?.number == (position == 1 ? 2 : nil))
        #expect(row["votes"]?["chosen"]?.number == (position == 1 ? 1 : 0))
        #expect(row["p_label_right"]?.isNull == true)
      }
    }
  }

  @Test("without an audit no smoothing is recommended; with one it is the noise that is left")
  func labelSmoothing() throws {
    let stage = try Stage(2, [])
    for (noise, expected, note) in [
      (nil, nil, "not measured"), (0.125, 0.125, "the share of wrong labels"), (0.5, nil, "half"),
    ] as [(Double?, Double?, String)] {
      let form = try Self.form("kto", adding: [.labelRight], noise: noise)
      try _ = stage.cleaning(form).write(to: stage.path("out.json"), version: "1")
      let smoothing = try stage.json("out.json.manifest.json")["label_smoothing"]
      #expect(smoothing?["cdpo"]?.number == expected)
      #expect(smoothing?["rdpo"]?.number == expected)
      #expect(smoothing?["note"]?.string?.hasPrefix(note) == true)
      let rows = try stage.json("out.json").children
      #expect(rows.count == 4)
      #expect(rows.allSatisfy { $0["p_label_right"]?.number == noise.map { 1 - $0 } })
    }
    // What both losses are minimal at, and without bias for: see LabelSmoothing.
    let noise = 0.2
    let loss = { (margin: Double) in log(1 + exp(-margin)) }
    let optimum = log((1 - noise) / noise)
    let cDPO = { (margin: Double) in (1 - noise) * loss(margin) + noise * loss(-margin) }
    #expect(cDPO(optimum) < min(cDPO(optimum - 0.01), cDPO(optimum + 0.01)))
    let rDPO = { (margin: Double) in
      ((1 - noise) * loss(margin) - noise * loss(-margin)) / (1 - 2 * noise)
    }
    for margin in [-3, -0.5, 0, 1, 4] {
      #expect(abs((1 - noise) * rDPO(margin) + noise * rDPO(-margin) - loss(margin)) < 1e-12)
    }
  }

  @Test("LLaMA-Factory's entry stands beside the file, and no other form leaves one")
  func registration() throws {
    let stage = try Stage(2, [])
    for (name, hasEntry) in [("llama-factory", true), ("trl", false)] {
      let report = try stage.cleaning(Self.form(name)).write(
        to: stage.path("\(name).json"), version: "1")
      #expect((report.registrationPath != nil) == hasEntry)
      #expect(
        FileManager.default.fileExists(atPath: stage.path("\(name).json.dataset_info.json"))
          == hasEntry)
    }
    let entry = try stage.json("llama-factory.json.dataset_info.json")["llama-factory"]
    #expect(entry?["file_name"]?.string == "llama-factory.json")
    #expect(entry?["columns"]?["messages"]?.string == "conversations")
  }

  @Test("an export that is ended leaves nothing")
  func cancelled() throws {
    let stage = try Stage(1200, [])
    #expect(throws: ExportError.cancelled) {
      try stage.cleaning(Self.form("trl")).write(to: stage.path("out.jsonl"), version: "1") { _ in
        false
      }
    }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: stage.folder.path) == ["rows.jsonl"])
  }
}
