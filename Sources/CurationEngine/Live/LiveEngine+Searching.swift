import DatasetFiles
import PreferenceData
import Synchronization

extension LiveEngine {
  /// Looks for `text` in the rows at `positions`, in that order; ends an older search.
  public func search(_ text: String, positions: [Int]) {
    guard let dataset = state.withLock({ $0.shown }) else { return }
    let flag = searching.begin()
    searchThread.submit { [self] in
      defer { searching.end(flag) }
      let search = TextSearch(text)
      var throttle = Throttle()
      for (count, position) in positions.enumerated() {
        if flag.isCancelled { return }
        if count > 0, throttle.isDue() {
          report(.searching(share: Double(count) / Double(positions.count)))
        }
        if case .success(let row) = dataset.row(at: position), search.matches(row) {
          return report(.searched(text: text, match: position))
        }
      }
      report(.searched(text: text, match: nil))
    }
  }

  public func cancelSearch() { searching.cancel() }
}
