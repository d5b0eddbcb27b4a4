/// The columns of a row that belong to one of its two named sides, and those that belong to both.
///
/// A column belongs to a side when its name holds the word `chosen` and another column has the same
/// name with `rejected` in its place: `score_chosen`, `chosen-rating`, `chosen_model`.
struct SideColumns {
  /// What the file says about each side beside its text, in the order of the chosen columns.
  private(set) var companions: [(chosen: JSONView, rejected: JSONView)] = []
  /// Numbers that say by how much the chosen side is better.
  private(set) var margins: [JSONView] = []

  /// The names under which trainers keep a target margin (OpenRLHF, ms-swift, TRL: `margin`).
  static let marginNames = ["margin", "score_diff", "score_margin", "reward_margin"]

  init(of root: JSONView) {
    let columns = root.children
    guard columns.count > 2 else { return }
    for column in columns {
      let key = column.key
      if column.kind == .number, Self.marginNames.contains(key) { margins.append(column) }
      guard let counterpart = Self.counterpart(of: key), let rejected = root[counterpart],
        root.count(of: key) == 1, root.count(of: counterpart) == 1
      else { continue }
      companions.append((column, rejected))
    }
  }

  /// `key` with the word for the other side, or nil where it names no chosen side.
  private static func counterpart(of key: String) -> String? {
    for (chosen, rejected) in [("chosen", "rejected"), ("Chosen", "Rejected")] {
      let parts = key.split(separator: chosen, omittingEmptySubsequences: false)
      if parts.count > 1 { return parts.joined(separator: rejected) }
    }
    return nil
  }

  /// The author of each side, where the file names models.
  var authors: (chosen: String?, rejected: String?) {
    let models = companions.first { $0.chosen.key.lowercased().contains("model") }
    return (models?.chosen.string, models?.rejected.string)
  }

  /// The rating of each side, where the file has one.
  var ratings: (chosen: Double?, rejected: Double?) {
    let words = ["score", "rating", "reward"]
    let ratings = companions.first { pair in
      pair.chosen.kind == .number && words.contains { pair.chosen.key.lowercased().contains($0) }
    }
    return (ratings?.chosen.finiteNumber, ratings?.rejected.finiteNumber)
  }

  /// By how much the chosen side is better, where the file says so.
  var strength: Double? { margins.first?.finiteNumber }

  /// The edits that make the other side the preferred one: `labels` and every pair of companions
  /// change places, margins change their sign.
  ///
  /// A pair inside a wider one moves with it.
  func swapEdits(labels: (chosen: JSONView, rejected: JSONView)) -> [LabelEdit] {
    var pairs = companions.map { ($0.chosen.span, $0.rejected.span) }
    if !pairs.contains(where: {
      $0.0.contains(labels.chosen.span) && $0.1.contains(labels.rejected.span)
    }) {
      pairs.removeAll {
        $0.0.overlaps(labels.chosen.span) || $0.1.overlaps(labels.rejected.span)
          || $0.0.overlaps(labels.rejected.span) || $0.1.overlaps(labels.chosen.span)
      }
      pairs.append((labels.chosen.span, labels.rejected.span))
    }
    return pairs.map { LabelEdit.exchange($0.0, $0.1) } + margins.compactMap(\.signToggled)
  }
}

extension JSONView {
  var finiteNumber: Double? {
    guard let number, number.isFinite else { return nil }
    return number
  }

  /// The edit that negates this number by its spelling, so that twice is the first spelling; nil
  /// for zero, which has no other side.
  fileprivate var signToggled: LabelEdit? {
    guard let number, !number.isNaN, number != 0, let spelling = scalarText else { return nil }
    let toggled = spelling.hasPrefix("-") ? String(spelling.dropFirst()) : "-" + spelling
    return .replace(span, with: Array(toggled.utf8))
  }
}
