/// Which response stands on screen as A, and which as B.
///
/// Blind review shows the sides in an order that says nothing about the label (design: blind
/// first). The order is decided by the *identities* of the two sides, never by which one the file
/// calls chosen: swapping the labels of a whole file leaves every screen as it was. It is the same
/// after a restart and differs between annotators and seeds.
public enum SideOrder {
  /// The positions in `sides` in the order in which an annotator sees them: the first is A.
  ///
  /// - Complexity: O(k log k) for k sides. Same arguments, same order.
  public static func positions(
    of sides: [SideID], in pair: PairID, seed: UInt64, annotator: AnnotatorName
  ) -> [Int] {
    let reader = StableHash(annotator.text, seed: seed)
    let keyed = sides.indices.map { position in
      (
        key: reader.combined(with: pair.hash).combined(with: sides[position].hash),
        position: position
      )
    }
    return keyed.sorted { ($0.key, $0.position) < ($1.key, $1.position) }.map(\.position)
  }
}
