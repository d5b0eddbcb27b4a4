import CurationEngine
import DatasetFiles
import Dispatch
import Foundation
import PreferenceData
import PreferenceScoring
import ReviewStore
import Synchronization
import Testing

@Suite("The engine behind a screen")
struct LiveEngineTests {
  /// An engine on a data set of its own, with what it has reported.
  private final class Bench: Sendable {
    let folder: String
    private let reports = Mutex<[LiveEngine.Report]>([])
    private let arrived = DispatchSemaphore(value: 0)

    init(folder: String) { self.folder = folder }

    func engine(_ file: String) throws -> LiveEngine {
      let annotator = try #require(AnnotatorName("kim"))
      return LiveEngine(
        input: .file(file), mapping: nil, readSettings: DatasetReadSettings(),
        settings: ScanSettings(), jobs: 1,
        request: { [folder] _ in
          ReviewRequest(
            places: SessionPlaces(
              of: .file(path: file), named: folder + "/review", environment: [:], home: folder),
            holder: LockHolder(
              annotator: annotator, host: "here", processID: 1, sinceMillisecondsSince1970: 0))
        },
        report: { [self] report in
          reports.withLock { $0.append(report) }
          arrived.signal()
        })
    }

    /// What was said of a file that is not the one that was reviewed last; nil where nothing was.
    var lostDecisions: Int? {
      reports.withLock { reports in
        reports.lazy.compactMap {
          if case .changedSinceReview(let count) = $0 { count } else { nil }
        }.first
      }
    }

    var tables: [BiasTable] {
      reports.withLock { reports in
        reports.compactMap { if case .biasesSurveyed(let table) = $0 { table } else { nil } }
      }
    }

    /// Waits until a report is one that `pick` takes, and gives what it makes of it.
    func wait<Value: Sendable>(_ pick: (LiveEngine.Report) -> Value?) throws -> Value {
      while true {
        if let value = reports.withLock({ $0.lazy.compactMap(pick).first }) { return value }
        try #require(arrived.wait(timeout: .now() + 180) == .success, "the engine went quiet")
      }
    }
  }

  @Test("opening leads to rows, a review, an index and a scan without being asked")
  func start() throws {
    let folder = try TemporaryFolder()
    let bench = Bench(folder: folder.path)
    let engine = try bench.engine(try folder.write(SampleRows.lines(120), to: "rows.jsonl"))
    engine.start()
    let count = try bench.wait { if case .indexed(let index) = $0 { index.rowCount } else { nil } }
    let scored = try bench.wait {
      if case .scanned(let result, _) = $0 { result.scoredCount } else { nil }
    }
    #expect(count == 120)
    #expect(scored == 120)
    #expect(engine.rows(at: [0, 119, 120]).keys.sorted() == [0, 119])
    #expect(engine.datasetChange() == nil)
    engine.stop()
  }

  @Test("a recorded event is on disk when it is reported, and a second engine only reads")
  func record() throws {
    let folder = try TemporaryFolder()
    let bench = Bench(folder: folder.path)
    let file = try folder.write(SampleRows.lines(80), to: "rows.jsonl")
    let engine = try bench.engine(file)
    engine.start()
    let index = try bench.wait { if case .indexed(let index) = $0 { index } else { nil } }
    let id = try #require(index.ids[3])
    let event = ReviewEvent(
      millisecondsSince1970: 5, annotator: try #require(AnnotatorName("kim")),
      content: .decided([
        RowDecision(row: id, decision: Decision(.tie), serving: Serving(route: .queue))
      ]))
    engine.record(event)
    let recorded = try bench.wait { if case .recorded(let event) = $0 { event } else { nil } }
    #expect(recorded.sequence == 1)

    let other = Bench(folder: folder.path)
    let second = try other.engine(file)
    second.start()
    let (hindrance, ledger) = try other.wait {
      if case .reviewOpened(let review, let ledger, _, _) = $0 {
        (review.hindrance, ledger)
      } else {
        nil
      }
    }
    guard case .held(let holder) = hindrance else {
      Issue.record("the second engine may write: \(String(describing: hindrance))")
      return
    }
    #expect(holder?.annotator.text == "kim")
    #expect(ledger.standing(on: id).map(\.decision) == [Decision(.tie)])
    second.record(event)
    let isRefused = try other.wait { if case .recordFailed = $0 { true } else { nil } }
    #expect(isRefused)
    second.stop()
    engine.stop()
  }

  @Test("a search finds the first match in the order it was given, and the newest search counts")
  func search() throws {
    let folder = try TemporaryFolder()
    let bench = Bench(folder: folder.path)
    let engine = try bench.engine(try folder.write(SampleRows.lines(60), to: "rows.jsonl"))
    engine.start()
    _ = try bench.wait { if case .indexed = $0 { true } else { nil } }
    engine.search("DISH 4", positions: Array((0..<60).reversed()))
    let match = try bench.wait {
      if case .searched("DISH 4", let match) = $0 { match } else { nil }
    }
    #expect(match == 49)
    engine.search("nowhere to be found", positions: Array(0..<60))
    let isMissing = try bench.wait {
      if case .searched("nowhere to be found", let match) = $0 { match == nil } else { nil }
    }
    #expect(isMissing)
    engine.stop()
  }

  @Test("a query is answered under its number, and what was saved is there after a restart")
  func queries() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(SampleRows.lines(60), to: "rows.jsonl")
    var library = QueryLibrary()
    library.use("dish")
    library.save("\"dish 4\"", as: "food")
    for isRestarted in [false, true] {
      let bench = Bench(folder: folder.path)
      let engine = try bench.engine(file)
      engine.start()
      _ = try bench.wait { if case .indexed = $0 { true } else { nil } }
      let query = try Query("\"dish 7?\" words(chosen)<words(rejected)")
      engine.query(query, number: 4, marked: [])
      let answer = try bench.wait {
        if case .queried(4, let answer) = $0 { answer } else { nil }
      }
      #expect(answer.positions == [7])
      engine.countValues(marked: [1])
      let values = try bench.wait {
        if case .valuesCounted(let values) = $0 { values } else { nil }
      }
      #expect(values.counts[.status]?.first == QueryValues.Count("open", rows: 60))
      if isRestarted {
        let kept = try bench.wait {
          if case .queriesLoaded(let library) = $0 { library } else { nil }
        }
        #expect(kept == library)
      } else {
        engine.save(library)
      }
      engine.stop()
    }
  }

  @Test("biases are worked out when they are asked for, and are the same the second time")
  func biases() throws {
    let folder = try TemporaryFolder()
    let bench = Bench(folder: folder.path)
    let engine = try bench.engine(try folder.write(SampleRows.lines(140), to: "rows.jsonl"))
    engine.surveyBiases()
    engine.start()
    _ = try bench.wait { if case .indexed = $0 { true } else { nil } }
    engine.surveyBiases()
    let table = try bench.wait { if case .biasesSurveyed(let table) = $0 { table } else { nil } }
    let length = try #require(table.index(of: .feature(.length)))
    #expect(table.counterExamples(ofRowAt: length) == Array(stride(from: 0, to: 140, by: 7)))
    engine.cancelBiasSurvey()
    engine.surveyBiases()
    engine.stop()
    #expect(bench.tables == [table, table])
  }

  @Test("an export writes the plan, its review and its manifest; the data set stays as it is")
  func export() throws {
    let folder = try TemporaryFolder()
    let bench = Bench(folder: folder.path)
    let file = try folder.write(SampleRows.lines(60), to: "rows.jsonl")
    let before = try Data(contentsOf: URL(fileURLWithPath: file))
    let engine = try bench.engine(file)
    engine.start()
    _ = try bench.wait { if case .indexed = $0 { true } else { nil } }
    let output = folder.path + "/out.jsonl"
    engine.export(LiveEngine.ExportJob(path: output), version: "test")
    let report = try bench.wait { if case .exported(let report) = $0 { report } else { nil } }
    #expect(report.summary.asIs == 60)
    #expect(try Data(contentsOf: URL(fileURLWithPath: output)) == before)
    let manifest = try JSONSerialization.jsonObject(
      with: try Data(contentsOf: URL(fileURLWithPath: report.manifestPath)))
    let outputFacts = (manifest as? [String: Any])?["output"] as? [String: Any]
    #expect(outputFacts?["sha256"] as? String == report.summary.file.sha256)
    engine.export(LiveEngine.ExportJob(path: file), version: "test")
    let isRefused = try bench.wait { if case .exportFailed = $0 { true } else { nil } }
    #expect(isRefused)
    #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == before)
    engine.stop()
  }

  @Test("another file under a review is noticed, with the decisions that have lost their row")
  func changedSinceReview() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(SampleRows.lines(60), to: "rows.jsonl")
    for (round, expected) in [nil, nil, 1, nil].enumerated() {
      if round == 2 {
        let lines = SampleRows.lines(61).split(separator: "\n").dropFirst()
        _ = try folder.write(lines.joined(separator: "\n"), to: "rows.jsonl")
      }
      let bench = Bench(folder: folder.path)
      let engine = try bench.engine(file)
      engine.start()
      let index = try bench.wait { if case .indexed(let index) = $0 { index } else { nil } }
      if round == 0 {
        engine.record(
          ReviewEvent(
            millisecondsSince1970: 5, annotator: try #require(AnnotatorName("kim")),
            content: .decided([
              RowDecision(
                row: try #require(index.ids[0]), decision: Decision(.drop),
                serving: Serving(route: .queue))
            ])))
      }
      _ = try bench.wait { if case .scanned = $0 { true } else { nil } }
      engine.stop()
      #expect(bench.lostDecisions == expected)
    }
  }

  @Test("a file that is none is reported, and no review is made for it")
  func missing() throws {
    let folder = try TemporaryFolder()
    let bench = Bench(folder: folder.path)
    let engine = try bench.engine(folder.path + "/nothing.jsonl")
    engine.start()
    let isFailed = try bench.wait { if case .openFailed = $0 { true } else { nil } }
    #expect(isFailed)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/review"))
  }

  @Test("decisions change the ranking at once and after a restart; undoing them brings it back")
  func rescored() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(SampleRows.lines(120), to: "rows.jsonl")
    let annotator = try #require(AnnotatorName("kim"))
    var scanned: ScanResult?
    var decided: ScanResult?
    // The lock of a review is let go with its engine.
    for isRestarted in [false, true] {
      let bench = Bench(folder: folder.path)
      let engine = try bench.engine(file)
      engine.start()
      let index = try bench.wait { if case .indexed(let index) = $0 { index } else { nil } }
      let result = try bench.wait {
        if case .compared(let result, _) = $0 { result } else { nil }
      }
      #expect(scanned == nil || scanned == result)
      scanned = result
      let worst = try #require(result.queue().first)
      if !isRestarted {
        let row = try #require(try engine.rows(at: [worst])[worst]?.get())
        let swap = try #require(
          Verdict(.swap, sides: row.sides.map(\.id), preferred: row.label.preferred))
        engine.record(
          ReviewEvent(
            millisecondsSince1970: 5, annotator: annotator,
            content: .decided([
              RowDecision(
                row: try #require(index.ids[worst]), decision: Decision(swap),
                serving: Serving(route: .queue))
            ])))
      }
      let changes = LabelChanges(swapped: [worst])
      let rescored = try bench.wait {
        if case .rescored(let result) = $0, result.changes == changes { result } else { nil }
      }
      #expect(try #require(rescored.ranks[worst]) > 1)
      #expect(decided == nil || decided?.ranks == rescored.ranks)
      decided = rescored
      if isRestarted {
        engine.record(
          ReviewEvent(millisecondsSince1970: 6, annotator: annotator, content: .undone(1)))
        let undone = try bench.wait {
          if case .rescored(let result) = $0, result.changes.isEmpty { result } else { nil }
        }
        #expect(undone == scanned)
      }
      engine.stop()
    }
  }

  @Test("the further signals follow the decisions, and say of which labels they are")
  func followedSignals() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(SampleRows.lines(120), to: "rows.jsonl")
    let annotator = try #require(AnnotatorName("kim"))
    let bench = Bench(folder: folder.path)
    let engine = try bench.engine(file)
    engine.start()
    let index = try bench.wait { if case .indexed(let index) = $0 { index } else { nil } }
    let scanned = try bench.wait { if case .compared(let result, _) = $0 { result } else { nil } }
    #expect(scanned.signalChanges.isEmpty)
    let worst = scanned.queue().prefix(3)
    let rows = engine.rows(at: Array(worst))
    engine.record(
      ReviewEvent(
        millisecondsSince1970: 5, annotator: annotator,
        content: .decided(
          try worst.map { position in
            let row = try #require(try rows[position]?.get())
            return RowDecision(
              row: try #require(index.ids[position]),
              decision: Decision(
                try #require(
                  Verdict(.swap, sides: row.sides.map(\.id), preferred: row.label.preferred))),
              serving: Serving(route: .queue))
          })))
    engine.waitUntilSaved()
    // Whoever waits for everything waits for no pause.
    engine.waitUntilIdle()
    let changes = LabelChanges(swapped: worst)
    let followed = try bench.wait {
      if case .rescored(let result) = $0, !result.signalChanges.isEmpty { result } else { nil }
    }
    #expect(followed.changes == changes && followed.signalChanges == changes)
    for id in SignalID.standard {
      let (before, after) = try (#require(scanned.signals[id]), #require(followed.signals[id]))
      #expect(before != after)
      for row in worst { #expect(before[row] == after[row]) }
    }
    engine.stop()
  }

  @Test(
    "a query is answered from signals that the scan was not asked for, and from what is near a row")
  func furtherQueries() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(SampleRows.lines(120), to: "rows.jsonl")
    let bench = Bench(folder: folder.path)
    let engine = try bench.engine(file)
    engine.start()
    let scanned = try bench.wait { if case .compared(let result, _) = $0 { result } else { nil } }
    #expect(scanned.signals[.uncertainty] == nil)
    engine.waitUntilIdle()
    func answer(_ text: String, _ number: Int) throws -> [Int] {
      engine.query(try Query(text), number: number, marked: [])
      return try bench.wait {
        if case .queried(number, let answer) = $0 { answer.positions } else { nil }
      }
    }
    let ambiguous = try answer("ambiguous:epistemic sort:-uncertainty", 1)
    #expect(ambiguous.count == Int((0.15 * Double(scanned.scoredCount)).rounded()))
    let compared = try bench.wait {
      if case .compared(let result, _) = $0, result.signals[.uncertainty] != nil {
        result
      } else {
        nil
      }
    }
    #expect(compared.signals[.fifa] == scanned.signals[.fifa] && compared.ranks == scanned.ranks)
    let near = try answer("near:row:\(ambiguous[0])", 2)
    #expect(near.contains(ambiguous[0]) && (2..<60).contains(near.count))
    #expect(try answer("near:row:99999", 3).isEmpty)
    engine.stop()
  }
}
