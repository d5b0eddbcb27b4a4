import Foundation
import PreferenceData
public import PreferenceScoring
import ReviewStore
import Synchronization

extension LiveEngine {
  /// Answers `query`, and ends the query before it. `number` tells the answers of several apart.
  public func query(_ query: Query, number: Int, marked: Set<Int>) {
    let flag = querying.begin()
    queryThread.submit { [self] in
      defer { querying.end(flag) }
      workOut(query.signals, until: flag) { share in
        report(.querying(number: number, share: share, found: 0))
      }
      guard !flag.isCancelled, var subject = subject(marked: marked) else { return }
      let (opened, artefacts) = state.withLock { ($0.opened, $0.fileArtefacts) }
      subject.near = opened?.near(query, asking: artefacts, jobs: jobs) ?? [:]
      var run = QueryRun(
        query, of: subject, measures: state.withLock { $0.measures }, jobs: jobs)
      var throttle = Throttle()
      while !flag.isCancelled {
        let isAnswered = run.advance()
        if let measures = run.measures {
          state.withLock { if $0.measures == nil { $0.measures = measures } }
        }
        if isAnswered, let answer = run.answer {
          return report(.queried(number: number, answer))
        }
        if throttle.isDue() {
          report(.querying(number: number, share: run.share, found: run.foundCount))
        }
      }
    }
  }

  /// Works out what the scan was not asked for, and reports it as it would have been with the scan;
  /// nothing before there is a ranking.
  private func workOut(
    _ ids: [SignalID], until flag: CancellationFlag, observe: (Double) -> Void
  ) {
    let (opened, file, runner) = state.withLock { ($0.opened, $0.fileArtefacts, $0.runner) }
    guard let opened, let file, let runner,
      var signals = FurtherSignals(ids, of: file, jobs: jobs)
    else { return }
    var throttle = Throttle()
    while !flag.isCancelled {
      if let result = signals.advance() {
        state.withLock { state in
          state.fileArtefacts = state.fileArtefacts?.withSignals(of: result)
          state.artefacts = state.artefacts?.withSignals(of: result)
          state.scan = state.scan?.withSignals(of: result)
        }
        return report(.compared(result.byRow(opened.scannedPairs), scanID: runner.key.scanID))
      }
      if throttle.isDue() { observe(signals.share) }
    }
  }

  public func cancelQuery() { querying.cancel() }

  /// Counts how many rows have each value that a query may ask for.
  public func countValues(marked: Set<Int>) {
    queryThread.submit { [self] in
      guard let subject = subject(marked: marked) else { return }
      report(.valuesCounted(QueryValues(of: subject, measures: state.withLock { $0.measures })))
    }
  }

  /// What queries are asked of now; nil before the rows and the review are known.
  private func subject(marked: Set<Int>) -> QuerySubject? {
    state.withLock { state in
      guard let opened = state.opened, let review = state.review else { return nil }
      return QuerySubject(
        source: opened, index: opened.index, scan: state.scan, ledger: state.ledger,
        annotator: review.annotator, seed: state.seed, marked: marked)
    }
  }

  /// Keeps the queries that were used and named.
  public func save(_ library: QueryLibrary) {
    guard let review = state.withLock({ $0.review }), review.hindrance == nil else { return }
    journalThread.submit {
      // What cannot be kept costs typing it again; decisions report their failures.
      guard let bytes = try? JSONEncoder().encode(library) else { return }
      try? review.journal.setQueries(String(decoding: bytes, as: UTF8.self))
    }
  }

  func loadQueries(of review: Review) {
    // A list that cannot be read begins anew.
    guard let text = try? review.journal.queries(),
      let library = try? JSONDecoder().decode(QueryLibrary.self, from: Data(text.utf8))
    else { return }
    report(.queriesLoaded(library))
  }
}
