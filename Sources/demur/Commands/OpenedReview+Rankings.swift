import CurationEngine
import DatasetFiles
import PreferenceData

extension OpenedReview {
  /// Fails where new decisions about pairs of a row cannot stand beside those that do, or where the
  /// format has no way to say them.
  ///
  /// - Parameters:
  ///   - decisions: The new ones, in their order.
  ///   - id: The row's identity.
  ///   - position: Where it stands.
  ///   - row: What it holds.
  ///   - annotator: Who decides; nil for the reviewer.
  /// - Throws: A `Failure` that says why; nothing is saved.
  func check(
    _ decisions: [Decision], on id: RowID, at position: Int, _ row: PreferenceRow,
    by annotator: AnnotatorName? = nil
  ) throws {
    guard decisions.contains(where: { $0.pair != nil }) else { return }
    let known = ledger.judgments(on: id, by: annotator ?? review.annotator).map(\.decision)
    let all = known.taking(decisions)
    let sides = row.sides.map(\.id)
    guard let places = row.label.places(of: sides.count) else {
      throw Failure(.badData, what: "row \(position) does not rank its responses")
    }
    do throws(JudgedRanking.Problem) {
      let ranking = try JudgedRanking(places: places, sides: sides, decisions: all)
      guard opened.dataset.canRank(ranking.sources, in: position) else { throw .unsayable }
    } catch {
      switch error {
      case .contradictory:
        throw Failure(
          .badData, what: "nothing was saved for row \(position)",
          why: "this decision and those on other pairs of the row lead in a circle",
          remedy: "undo one of them (demur log shows them), or drop the row")
      case .unsayable:
        throw Failure(
          .badData, what: "nothing was saved for row \(position)",
          why: "the file has no way to say so: its label cannot hold these places",
          remedy: "decide another pair of the row, or drop it")
      }
    }
  }
}
