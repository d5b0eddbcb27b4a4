import PreferenceScoring
import Synchronization

extension LiveEngine {
  /// Looks for `text` in the rows at `positions`, in that order; ends an older search.
  public func search(_ text: String, positions: [Int]) {
    guard let dataset = state.withLock({ $0.shown }) else { return }
    let flag = searching.begin()
    searchThread.submit { [self] in
      defer { searching.end(flag) }
      var search = TextSearch(text, in: dataset, at: positions, jobs: jobs)
      var throttle = Throttle()
      while !flag.isCancelled {
        switch search.advance() {
        case .found(let position): return report(.searched(text: text, match: position))
        case .missing: return report(.searched(text: text, match: nil))
        case .looking(let share): if throttle.isDue() { report(.searching(share: share)) }
        }
      }
    }
  }

  public func cancelSearch() { searching.cancel() }
}
