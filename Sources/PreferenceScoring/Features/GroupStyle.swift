/// The group block: the style features once more for each group of rows, so that a group in which, say,
/// short answers win is not judged by the taste of the others.
///
/// Meaning: a row of group g repeats its scaled style row in the columns of g, 0 in all others. With
/// the common style block beside it, theta of these columns is how far the group departs from all. A
/// group counts from 50 rows on; the largest 16 have columns (of equals, by name); with fewer than two
/// there is no block.
/// - Source: Daumé III, 2007, Frustratingly Easy Domain Adaptation.
struct GroupStyle: Sendable, Equatable {
  /// The groups in the order of their columns.
  let names: [String]

  private static let neededPairs = 50
  private static let limit = 16

  var width: Int { names.count * StyleFeature.count }

  init(names: [String]) { self.names = names }

  /// The groups of the pairs with these names.
  init(of groups: some Sequence<String?>) {
    var sizes: [String: Int] = [:]
    for case let group? in groups { sizes[group, default: 0] += 1 }
    let large = sizes.filter { $0.value >= Self.neededPairs }
      .sorted { ($0.value, $1.key) > ($1.value, $0.key) }
      .prefix(Self.limit)
    names = large.count > 1 ? large.map(\.key) : []
  }

  /// Adds the block's part of a row with this scaled style to the end of `rows`.
  func append(_ style: [Float], group: String?, to rows: inout [Float]) {
    for name in names {
      if name == group {
        rows += style
      } else {
        rows.append(contentsOf: repeatElement(0, count: StyleFeature.count))
      }
    }
  }
}
