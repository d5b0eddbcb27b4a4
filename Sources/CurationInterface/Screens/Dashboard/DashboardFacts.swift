public import PreferenceData
public import PreferenceScoring

/// What a dashboard is made of: the data set, a scan, the review, and the biases, as far as they are
/// known.
public struct DashboardFacts: Sendable {
  public var index: RowIndex
  /// Of the file as it was before any decision.
  public var scan: ScanResult?
  public var figures: ReviewFigures?
  public var biases: BiasTable?
  /// What the confirmed pairs say; nil where there are no decisions, or nobody has looked yet.
  public var loop: LoopFigures?
  /// What all decisions together say of the file; nil without a scan.
  public var served: Result<ServedNoise, ServedNoise.Reason>?
  /// What the engine does, in words; nil where nobody needs to know.
  public var engine: String?
  /// How far the bias table is; nil while nobody works on it.
  public var biasShare: Double?
  public var isBlind: Bool

  /// - Parameters:
  ///   - index: The rows of the data set.
  ///   - scan: Of the file as it was before any decision.
  ///   - figures: What the decisions come to.
  ///   - biases: The bias table.
  ///   - loop: What the confirmed pairs say.
  ///   - served: What all decisions together say of the file.
  ///   - engine: What the engine does, in words.
  ///   - biasShare: How far the bias table is.
  ///   - isBlind: Whether nothing may say which side wins.
  public init(
    index: RowIndex, scan: ScanResult?, figures: ReviewFigures?, biases: BiasTable?,
    loop: LoopFigures? = nil, served: Result<ServedNoise, ServedNoise.Reason>? = nil,
    engine: String? = nil, biasShare: Double? = nil, isBlind: Bool = false
  ) {
    self.index = index
    self.scan = scan
    self.figures = figures
    self.biases = biases
    self.loop = loop
    self.served = served
    self.engine = engine
    self.biasShare = biasShare
    self.isBlind = isBlind
  }

  /// Above this share of wrong labels a data set is said to need work. The line is ours: ten percentage
  /// points more of wrong labels have been seen to cost a model up to thirty points of its win rate.
  ///
  /// - Source: of the observation, Gao et al., 2024, arXiv:2404.09824 (abstract).
  static let noiseLimit = 0.1
  /// What the noise is taken for where it is not known yet, to say how narrow an interval will be.
  static let assumedNoise = 0.15

  /// The defects that need no model, and the rows that have them.
  var defects: [(phrase: String, count: Int, rows: [Int]?)] {
    var defects: [(phrase: String, count: Int, rows: [Int]?)] = []
    if !index.problems.isEmpty {
      let rows = index.problems.map(\.row)
      defects.append(("the row cannot be read", rows.count, rows))
    }
    // Where sides part early is how a file is made, not a defect of it.
    let findings = RowFinding.allCases.filter { $0 != .earlyParting }
    for finding in findings {
      guard let scan else { break }
      let rows = scan.findings.indices.filter { scan.findings[$0].contains(RowFindings(finding)) }
      if !rows.isEmpty { defects.append((finding.phrase, rows.count, rows)) }
    }
    let known: [RowDefect] = scan == nil ? RowDefect.allCases : [.unlabelled, .tied]
    for defect in known {
      guard let count = index.defectCounts[defect] else { continue }
      defects.append((Phrases.defect(defect), count, nil))
    }
    return defects.sorted { $0.count > $1.count }
  }
}
