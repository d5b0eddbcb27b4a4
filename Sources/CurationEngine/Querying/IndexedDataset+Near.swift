import PreferenceData
public import PreferenceScoring

extension IndexedDataset {
  /// The rows near those that `query` names.
  ///
  /// - Parameters:
  ///   - query: What is asked.
  ///   - artefacts: Those of the file as it is; nil where there is no head, and so nothing near.
  ///   - jobs: How many threads look.
  /// - Returns: By name, the positions, that of the row itself among them; nothing for a name of no row, or
  ///   of several.
  public func near(
    _ query: Query, asking artefacts: ScanArtefacts?, jobs: Int
  ) -> [String: [Int]] {
    guard let artefacts else { return [:] }
    var found: [String: [Int]] = [:]
    for name in query.anchors {
      guard case .found(let position) = position(named: name) else { continue }
      let places = scannedPairs.places(of: position).flatMap { artefacts.near($0, jobs: jobs) }
      found[name] = Set(places.map(scannedPairs.row)).sorted()
    }
    return found
  }
}
