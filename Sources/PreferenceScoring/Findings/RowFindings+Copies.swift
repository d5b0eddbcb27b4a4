import PreferenceData

extension RowFindings {
  /// What is found of each row, in file order; nothing of a row that cannot be read.
  ///
  /// - Complexity: O(bytes), and O(n log n) for n rows.
  public static func found(in source: some PairSource) -> [RowFindings] {
    var reader = PairReader()
    return found(
      in: (0..<source.rowCount).map { index in
        guard case .success(let row) = source.row(at: index) else { return nil }
        return RowFacts(row, keys: UnscoredReason(row) == nil ? reader.keys(of: row) : nil)
      })
  }

  /// What is found of the rows with these facts: what they show by themselves, and what their copies
  /// say.
  ///
  /// - Complexity: O(n log n).
  static func found(in facts: [RowFacts?]) -> [RowFindings] {
    var findings = facts.map { $0?.findings ?? [] }
    let copies = facts.indices.compactMap { row in
      facts[row]?.copy.map { (key: $0, row: row) }
    }.sorted { ($0.key.near, $0.key.exact, $0.row) < ($1.key.near, $1.key.exact, $1.row) }
    copies.forEachRun(by: \.key.near) { near in
      guard near.count > 1 else { return }
      let all = Labels(near.lazy.map(\.key.prefersFirstNearly))
      near.forEachRun(by: \.key.exact) { exact in
        let own = Labels(exact.lazy.map { $0.key.prefersFirst })
        let ownNearly = Labels(exact.lazy.map(\.key.prefersFirstNearly))
        for (key, row) in exact {
          if own.count(against: key.prefersFirst) > 0 {
            findings[row].insert(RowFindings(.exactConflict))
          }
          if let label = key.prefersFirstNearly,
            all.count(against: label) > ownNearly.count(against: label)
          {
            findings[row].insert(RowFindings(.nearConflict))
          }
        }
        for prefersFirst in [false, true] {
          let same = exact.filter { $0.key.prefersFirst == prefersFirst }
          guard Set(same.map(\.key.showsFirst)).count > 1 else { continue }
          for (_, row) in same { findings[row].insert(RowFindings(.orderDuplicate)) }
        }
      }
    }
    return findings
  }

  /// How many labels prefer either side.
  private struct Labels {
    var first = 0
    var second = 0

    init(_ labels: some Sequence<Bool?>) {
      for label in labels {
        if label == true { first += 1 } else if label == false { second += 1 }
      }
    }

    func count(against label: Bool) -> Int { label ? second : first }
  }
}

extension RandomAccessCollection where Index == Int {
  /// Calls `body` with each run of neighbours that have the same key.
  func forEachRun<Key: Equatable>(by key: (Element) -> Key, _ body: (SubSequence) -> Void) {
    var start = startIndex
    while start < endIndex {
      var end = start + 1
      while end < endIndex, key(self[end]) == key(self[start]) { end += 1 }
      body(self[start..<end])
      start = end
    }
  }
}
