import DatasetFiles
import PreferenceData

/// What an export does to one decided row.
public struct PlannedChange: Sendable {
  public let position: Int
  public let fate: CleaningPlan.Fate
  /// The texts of the preferred side before and after, where another side of two is preferred.
  public let before: String?
  public let after: String?
}

extension Cleaning {
  /// The first `limit` rows that decisions change or leave out, in file order; rows that are not written
  /// for another reason are none of them.
  /// - Complexity: O(n log n) for n rows, and reads those it returns.
  public func firstChanges(_ limit: Int) -> [PlannedChange] {
    let changed = plan.fates.sorted { $0.key < $1.key }.lazy.filter { position, _ in
      guard let id = opened?.index.ids[position] else { return false }
      return selection?.rows.contains(position) != false && !ledger.standing(on: id).isEmpty
    }
    return changed.prefix(limit).map { position, fate in
      var (before, after): (String?, String?)
      if fate == .swapped, case .success(let row) = dataset.row(at: position),
        let (chosen, rejected) = row.chosenAndRejected
      {
        (before, after) = (row.sides[chosen].text, row.sides[rejected].text)
      }
      return PlannedChange(position: position, fate: fate, before: before, after: after)
    }
  }
}
