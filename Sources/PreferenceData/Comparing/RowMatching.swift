/// Finds for the rows of one data set the rows of another one, the surest ground first.
struct RowMatching {
  private let old: [ComparedRow]
  private let new: [ComparedRow]
  private(set) var matches: [DatasetDifference.Match] = []
  private(set) var isOldMatched: [Bool]
  private(set) var isNewMatched: [Bool]

  init(_ old: [ComparedRow], _ new: [ComparedRow]) {
    self.old = old
    self.new = new
    isOldMatched = Array(repeating: false, count: old.count)
    isNewMatched = Array(repeating: false, count: new.count)
  }

  /// The same pair: first with the same label and bytes, then with the same label, then at all.
  mutating func matchPairs() {
    matchInOrder { row in
      row.content.map { .bytes($0.pair, $0.verdict, row.record) } ?? .unreadable(row.record)
    }
    matchInOrder { row in row.content.map { .label($0.pair, $0.verdict) } }
    matchInOrder { row in row.content.map { .pair($0.pair) } }
  }

  private enum RowKey: Hashable {
    case bytes(PairID, LabelVerdict, StableHash)
    case label(PairID, LabelVerdict)
    case pair(PairID)
    case unreadable(StableHash)
  }

  /// Matches the free rows that have the same key, in file order.
  private mutating func matchInOrder(by key: (ComparedRow) -> RowKey?) {
    var waiting: [RowKey: [Int]] = [:]
    for position in new.indices.reversed() where !isNewMatched[position] {
      if let key = key(new[position]) { waiting[key, default: []].append(position) }
    }
    for position in old.indices where !isOldMatched[position] {
      guard let key = key(old[position]), let partner = waiting[key]?.popLast() else { continue }
      match(position, partner)
    }
  }

  /// Matches the free rows that share a key which exactly one row on either side has.
  mutating func matchUnique<Key: Hashable>(by keys: (ComparedContent) -> [Key]) {
    let olds = holders(of: keys, in: old, isMatched: isOldMatched)
    let news = holders(of: keys, in: new, isMatched: isNewMatched)
    for position in old.indices where !isOldMatched[position] {
      guard let content = old[position].content else { continue }
      for key in keys(content) {
        guard olds[key] == .one(position), case .one(let partner)? = news[key],
          !isNewMatched[partner]
        else { continue }
        match(position, partner)
        break
      }
    }
  }

  private enum Holder: Equatable {
    case one(Int)
    case several
  }

  private func holders<Key: Hashable>(
    of keys: (ComparedContent) -> [Key], in rows: [ComparedRow], isMatched: [Bool]
  ) -> [Key: Holder] {
    var holders: [Key: Holder] = [:]
    for position in rows.indices where !isMatched[position] {
      guard let content = rows[position].content else { continue }
      for key in Set(keys(content)) {
        holders[key] = holders[key] == nil ? .one(position) : .several
      }
    }
    return holders
  }

  private mutating func match(_ position: Int, _ partner: Int) {
    matches.append(.init(old: position, new: partner))
    isOldMatched[position] = true
    isNewMatched[partner] = true
  }
}
