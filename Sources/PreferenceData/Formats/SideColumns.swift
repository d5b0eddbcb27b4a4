/// The columns of a row that belong to one of its two named sides, and those that belong to both.
///
/// A column belongs to a side when another column has the same name with the word for the other side
/// in its place: `score_chosen` and `score_rejected`, `preferred_output` and `non_preferred_output`,
/// `reward_w` and `reward_l`.
struct SideColumns {
  /// What the file says about each side beside its text, in the order of the chosen columns.
  private(set) var companions: [(chosen: JSONView, rejected: JSONView)] = []
  /// Numbers that say by how much the chosen side is better.
  private(set) var margins: [JSONView] = []
  /// The words `chosen` and `rejected` of a list that says in which order the sides stand elsewhere.
  private var namedOrders: [(JSONView, JSONView)] = []
  /// The votes of single annotators, and the lists in which they stand.
  private var votes: [(fields: VoteFields, list: JSONView)] = []
  private let root: JSONView
  /// The column that in many files repeats the chosen conversation (UltraFeedback binarized).
  private var repeated: JSONView?

  /// The names under which trainers keep a target margin (OpenRLHF, ms-swift, TRL: `margin`).
  static let marginNames = ["margin", "score_diff", "score_margin", "reward_margin"]

  init(of root: JSONView) {
    self.root = root
    let columns = root.children
    guard columns.count > 2 else { return }
    for column in columns {
      let key = column.key
      if column.kind == .number, Self.marginNames.contains(key) { margins.append(column) }
      if let order = Self.namedOrder(column) { namedOrders.append(order) }
      if let fields = VoteFields(besideNamedSides: column), root.count(of: key) == 1 {
        votes.append((fields, column))
      }
      guard let rejected = Self.counterpart(of: column, in: root), root.count(of: key) == 1,
        !companions.contains(where: { taken in
          [taken.chosen.index, taken.rejected.index].contains {
            $0 == column.index || $0 == rejected.index
          }
        })
      else { continue }
      companions.append((column, rejected))
    }
    if let messages = root["messages"], messages.kind == .array, root.count(of: "messages") == 1 {
      repeated = messages
    }
  }

  /// What stands for the chosen side in a column's name, and for the other side in its place.
  private static let sideWords = [
    ("chosen", "rejected"), ("Chosen", "Rejected"), ("chosen", "reject"),
    ("preferred", "non_preferred"),
  ].map { (chosen: Array($0.0.utf8), rejected: Array($0.1.utf8)) }

  /// The column of the other side, or nil where `column` names no chosen side.
  private static func counterpart(of column: JSONView, in root: JSONView) -> JSONView? {
    // As bytes: searching in strings takes longer than reading the rest of the row.
    let key = column.keyUTF8
    for (chosen, rejected) in sideWords {
      guard let name = key.replacing(chosen, with: rejected), let found = root.only(name) else {
        continue
      }
      return found
    }
    // So short a mark may be chance: both values have to be of one kind.
    guard key.count > 2, key.suffix(2).elementsEqual("_w".utf8),
      let found = root.only(key.dropLast() + [UInt8(ascii: "l")]), found.kind == column.kind
    else { return nil }
    return found
  }

  /// The two words of a list that holds `chosen` and `rejected` in either order, and nothing else.
  private static func namedOrder(_ column: JSONView) -> (JSONView, JSONView)? {
    guard column.kind == .array else { return nil }
    let words = column.children
    guard words.count == 2, let first = words[0].string, let second = words[1].string,
      [first, second].sorted() == ["chosen", "rejected"]
    else { return nil }
    return (words[0], words[1])
  }

  private static let authorWords = ["model"].map { Array($0.utf8) }
  private static let ratingWords = ["score", "rating", "reward"].map { Array($0.utf8) }

  /// The author of each side, where the file names models.
  var authors: (chosen: String?, rejected: String?) {
    let models = companions.first { $0.chosen.isNamed(Self.authorWords) }
    return (models?.chosen.string, models?.rejected.string)
  }

  /// The rating of each side, where the file has one.
  var ratings: (chosen: Double?, rejected: Double?) {
    let ratings = companions.first { pair in
      pair.chosen.kind == .number && pair.chosen.isNamed(Self.ratingWords)
    }
    return (ratings?.chosen.finiteNumber, ratings?.rejected.finiteNumber)
  }

  /// The votes of single annotators, for the chosen side first; none where one of them is unclear.
  var judgments: [Judgment] {
    do throws(RowProblem.Reason) {
      var judgments: [Judgment] = []
      for vote in votes { judgments += try vote.fields.judgments(in: root) }
      return judgments
    } catch {
      return []
    }
  }

  /// By how much the chosen side is better, where the file says so.
  var strength: Double? { margins.first?.finiteNumber }

  /// The edits that make the other side the preferred one: the spans of both sides and every pair of
  /// companions change places, margins change their sign, a repetition of one side becomes one of the
  /// other, and so does every vote.
  ///
  /// A pair inside a wider one moves with it.
  ///
  /// - Parameters:
  ///   - chosen: The bytes of the chosen side.
  ///   - rejected: The bytes of the rejected side.
  ///   - more: Further bytes of either side that change places.
  /// - Returns: Edits whose spans do not overlap.
  func swapEdits(
    exchanging chosen: Range<Int>, _ rejected: Range<Int>,
    and more: [(Range<Int>, Range<Int>)] = []
  ) -> [LabelEdit] {
    let columns = companions.map { ($0.chosen.span, $0.rejected.span) }
    var pairs = columns.filter { $0.0.contains(chosen) && $0.1.contains(rejected) }
    let orders = namedOrders.map { ($0.0.span, $0.1.span) }
    for pair in [(chosen, rejected)] + more + columns + orders
    where !pairs.contains(where: { Self.overlap($0, pair) }) {
      pairs.append(pair)
    }
    var edits = pairs.map { LabelEdit.exchange($0.0, $0.1) } + margins.compactMap(\.signToggled)
    for (fields, list) in votes
    where !pairs.contains(where: { Self.overlap($0, (list.span, list.span)) }) {
      edits += fields.mirrored(in: root) ?? []
    }
    if let span = repeated?.span, !pairs.contains(where: { Self.overlap($0, (span, span)) }) {
      edits.append(.follow(span, first: chosen, second: rejected))
    }
    return edits
  }

  private static func overlap(
    _ first: (Range<Int>, Range<Int>), _ second: (Range<Int>, Range<Int>)
  ) -> Bool {
    [first.0, first.1].contains { $0.overlaps(second.0) || $0.overlaps(second.1) }
  }
}

extension ArraySlice<UInt8> {
  /// These bytes with `new` for every `old`; nil where they hold none.
  fileprivate func replacing(_ old: [UInt8], with new: [UInt8]) -> [UInt8]? {
    guard let end = endOfLast(old) else { return nil }
    let head = prefix(end - old.count)
    return (head.replacing(old, with: new) ?? Array(head)) + new + dropFirst(end)
  }
}

extension JSONView {
  /// Whether this column's name holds one of `words`, in letters of either case.
  fileprivate func isNamed(_ words: [[UInt8]]) -> Bool {
    let name = Array(key.lowercased().utf8)[...]
    return words.contains { name.endOfLast($0) != nil }
  }

  /// The value that this object holds under `key`, if it holds just one.
  fileprivate func only(_ key: some Collection<UInt8>) -> JSONView? {
    let name = String(decoding: Array(key), as: UTF8.self)
    return count(of: name) == 1 ? self[name] : nil
  }

  var finiteNumber: Double? {
    guard let number, number.isFinite else { return nil }
    return number
  }
}
