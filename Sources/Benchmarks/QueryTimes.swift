import CurationEngine
import DatasetFiles
import Foundation
import PreferenceData
import PreferenceScoring

extension Benchmarks {
  /// Times each of `queries` on the data set at `path`, without a scan: the first of those that count
  /// words pays for the counting, the others do not.
  func measureQueries(_ path: String) throws {
    guard let opened = IndexedDataset(try Dataset.open(.file(path))),
      let annotator = AnnotatorName("benchmark")
    else { return }
    let subject = QuerySubject(
      source: opened, index: opened.index, scan: nil, ledger: ReviewLedger(),
      annotator: annotator, seed: 0)
    let megabytes = Double(opened.dataset.byteCount) / 1e6
    print("\(opened.rowCount) rows, \(Int(megabytes)) MB, \(jobs) threads, best of \(repeats)")
    var measures: RowMeasures?
    for text in queries {
      let query = try Query(text)
      var best = Stopwatch.Lap(wall: .infinity, processor: .infinity)
      var longestStep = 0.0
      var found = 0
      for _ in 0..<repeats {
        var watch = Stopwatch()
        var run = QueryRun(query, of: subject, measures: measures, jobs: jobs)
        var total = Stopwatch.Lap.zero
        var isAnswered = false
        while !isAnswered {
          isAnswered = run.advance()
          let lap = watch.lap()
          total += lap
          longestStep = max(longestStep, lap.wall)
        }
        best.wall = min(best.wall, total.wall)
        best.processor = min(best.processor, total.processor)
        found = run.answer?.positions.count ?? 0
        measures = measures ?? run.measures
      }
      let figures = [
        best.wall * 1_000, megabytes / best.wall, best.processor * 1_000, longestStep * 1_000,
      ].map { $0.formatted(.number.precision(.fractionLength(1))) }
      print(
        "\(figures[0]) ms (\(figures[1]) MB/s), processor \(figures[2]) ms, longest step "
          + "\(figures[3]) ms, \(found) rows: \(text)")
    }
  }
}
