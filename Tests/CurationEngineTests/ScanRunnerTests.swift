import CurationEngine
import DatasetFiles
import PreferenceData
import PreferenceScoring
import ReviewStore
import Testing

@Suite("Running a scan")
struct ScanRunnerTests {
  private func runner(
    _ dataset: Dataset, cache: ScoreCache? = nil, jobs: Int = 1, deadline: ScanDeadline? = nil
  ) throws -> ScanRunner {
    let settings = ScanSettings()
    return ScanRunner(
      source: dataset, settings: settings, jobs: jobs,
      key: try dataset.scanKey(mapping: nil, settings: settings), cache: cache,
      deadline: deadline)
  }

  @Test("a scan that is stopped after every step comes to the same bytes as one in one go")
  func resume() throws {
    let folder = try TemporaryFolder()
    let dataset = try SampleRows.dataset(400, in: folder)
    let whole = try #require(try runner(dataset).run(until: CancellationFlag()) { _, _ in })
    let stopping = try runner(dataset, jobs: 3)
    var result: ScanResult?
    var pauses = 0
    while result == nil, pauses < 10_000 {
      let flag = CancellationFlag()
      result = stopping.run(until: flag) { _, _ in flag.cancel() }
      pauses += 1
    }
    #expect(pauses > 3)
    #expect(result?.encoded() == whole.encoded())
  }

  @Test("the share never falls and ends at one")
  func progress() throws {
    let folder = try TemporaryFolder()
    var shares: [Double] = []
    let runner = try runner(try SampleRows.dataset(300, in: folder))
    _ = runner.run(until: CancellationFlag()) { progress, _ in shares.append(progress.share) }
    #expect(shares == shares.sorted())
    #expect(shares.last == 1)
  }

  @Test("a deadline that is over gives no ranking and keeps none; one far away costs nothing")
  func deadline() throws {
    let folder = try TemporaryFolder()
    let dataset = try SampleRows.dataset(200, in: folder)
    let cache = ScoreCache.open(folder: SessionFolder(path: folder.path))
    let late = try runner(dataset, cache: cache, deadline: ScanDeadline(.zero))
    let none = late.run(until: CancellationFlag()) { _, _ in }
    #expect(none == nil)
    #expect(cache.bytes(for: late.key.text) == nil)
    #expect(cache.bytes(for: late.key.rankingText) == nil)
    let early = try runner(dataset, cache: cache, deadline: ScanDeadline(.seconds(100_000)))
    let whole = try runner(dataset).run(until: CancellationFlag()) { _, _ in }
    let found = early.run(until: CancellationFlag()) { _, _ in }
    #expect(found != nil && found?.encoded() == whole?.encoded())
    #expect(early.shortfall.isEmpty)
    #expect(cache.bytes(for: early.key.text) == whole?.encoded())
  }

  @Test("a finished scan is found in the cache and not run again")
  func cached() throws {
    let folder = try TemporaryFolder()
    let dataset = try SampleRows.dataset(200, in: folder)
    let cache = ScoreCache.open(folder: SessionFolder(path: folder.path))
    let first = try runner(dataset, cache: cache).run(until: CancellationFlag()) { _, _ in }
    var steps = 0
    let second = try runner(dataset, cache: cache).run(until: CancellationFlag()) { _, _ in
      steps += 1
    }
    #expect(first != nil)
    #expect(steps == 0)
    #expect(second?.encoded() == first?.encoded())
  }

  @Test("the key tells files, settings and mappings apart, and nothing else")
  func keys() throws {
    let folder = try TemporaryFolder()
    let dataset = try SampleRows.dataset(60, in: folder)
    let other = try Dataset.open(
      .file(try folder.write(SampleRows.lines(61), to: "other.jsonl")))
    let copy = try Dataset.open(.file(try folder.write(SampleRows.lines(60), to: "copy.jsonl")))
    let path = try #require(FieldPath("prompt"))
    let mapping = FieldMapping(
      prompt: path, chosen: FieldPath(key: "chosen"), rejected: FieldPath(key: "rejected"))
    let plain = try dataset.scanKey(mapping: nil, settings: ScanSettings())
    #expect(try copy.scanKey(mapping: nil, settings: ScanSettings()) == plain)
    #expect(try other.scanKey(mapping: nil, settings: ScanSettings()) != plain)
    #expect(try dataset.scanKey(mapping: mapping, settings: ScanSettings()) != plain)
    #expect(try dataset.scanKey(mapping: nil, settings: ScanSettings(seed: 1)) != plain)
    #expect(plain.scanID.count == 12)
  }
}
