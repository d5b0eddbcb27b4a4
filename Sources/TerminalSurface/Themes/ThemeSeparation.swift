/// How far apart the two sides of a pair are in a theme, for every kind of colour vision.
///
/// Meaning: the CIELAB distance of the two text colours, or of the two grounds where that is larger, as
/// each vision sees them. All else that colours tell also stands there as a letter or a mark; which
/// words only one side has, and whose they are, is told by colour first.
///
/// - Limits: where a colour is the terminal's own, or one of the sixteen that every user makes his own,
///   there is nothing to measure.
public struct ThemeSeparation: Hashable, Sendable {
  public struct Finding: Hashable, Sendable {
    public var first: ThemeRole
    public var second: ThemeRole
    public var depth: ColourDepth
    public var vision: ColourVision
    /// Nil where there is nothing to measure.
    public var distance: Double?

    public var isPassed: Bool { distance.map { $0 >= ThemeSeparation.required } ?? true }
  }

  /// Red and green of a usual difference view fall to 23.5 for deuteranopia; the built-in themes keep 44
  /// at least, as `demur theme check` measures them.
  public static let required = 40.0

  /// Every pair of roles at every depth that has fixed colours, for every vision.
  public let findings: [Finding]

  public var isPassed: Bool { findings.allSatisfy(\.isPassed) }

  public init(_ theme: Theme) {
    let pairs: [(ThemeRole, ThemeRole)] = [(.sideA, .sideB), (.sideOnlyA, .sideOnlyB)]
    findings = [ColourDepth.direct, .twoFiftySix].flatMap { depth in
      pairs.flatMap { first, second in
        let looks = [first, second].map { theme.appearance(of: $0, at: depth) }
        return ColourVision.allCases.map { vision in
          func distance(_ colour: KeyPath<Appearance, Colour?>) -> Double? {
            guard let one = looks[0][keyPath: colour], let other = looks[1][keyPath: colour] else {
              return nil
            }
            return vision.distance(one, other)
          }
          return Finding(
            first: first, second: second, depth: depth, vision: vision,
            distance: [distance(\.foreground), distance(\.background)].compactMap(\.self).max())
        }
      }
    }
  }
}
