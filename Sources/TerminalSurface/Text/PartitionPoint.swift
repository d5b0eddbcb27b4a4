extension Array {
  /// The index of the first element for which `isBefore` does not hold, where it holds for a
  /// beginning of the array and for nothing behind; `count` where it holds for all.
  ///
  /// - Complexity: O(log count).
  package func partitionPoint(where isBefore: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
