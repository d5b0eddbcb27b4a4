/// Why a row came before the person who decided it, and what they could see: what no later analysis
/// can reconstruct.
public struct Serving: Hashable, Sendable {
  public enum Route: String, Hashable, Sendable, CaseIterable {
    case queue, audit, search, bulk, `repeat`, script
  }

  public var route: Route
  /// The probability with which this row was served on this route; 1 where the person chose it.
  public var probability: Double
  /// The scan whose order was on screen.
  public var scan: String?
  /// The row's place in that order, from 1.
  public var rank: Int?
  public var suspicion: Double?
  /// The side that stood as A.
  public var firstSide: SideID?
  public var labelSeen: Bool
  public var evidenceSeen: Bool
  /// From the row's appearance to the decision, without pauses longer than a minute.
  public var seconds: Double?

  public init(
    route: Route, probability: Double = 1, scan: String? = nil, rank: Int? = nil,
    suspicion: Double? = nil, firstSide: SideID? = nil, labelSeen: Bool = false,
    evidenceSeen: Bool = false, seconds: Double? = nil
  ) {
    self.route = route
    self.probability = probability
    self.scan = scan
    self.rank = rank
    self.suspicion = suspicion
    self.firstSide = firstSide
    self.labelSeen = labelSeen
    self.evidenceSeen = evidenceSeen
    self.seconds = seconds
  }

  /// Whether a person looked at the row itself and saw neither its label nor its evidence before.
  public var isBlind: Bool {
    switch route {
    case .queue, .audit, .search, .repeat: !labelSeen && !evidenceSeen
    case .bulk, .script: false
    }
  }
}

/// A decision about one row, with how it came about.
public struct RowDecision: Hashable, Sendable {
  public var row: RowID
  public var decision: Decision
  public var serving: Serving

  public init(row: RowID, decision: Decision, serving: Serving) {
    self.row = row
    self.decision = decision
    self.serving = serving
  }
}

/// One entry of the review journal. Entries are only ever appended; undo is an entry too.
public struct ReviewEvent: Hashable, Sendable {
  public enum Content: Hashable, Sendable {
    /// One step of the person: one row, or many at once.
    case decided([RowDecision])
    /// Takes back the step with this sequence number.
    case undone(Int64)
    /// Brings the step with this sequence number back.
    case redone(Int64)
  }

  /// The place in the journal, from 1, without repeats. 0 before the journal has taken it.
  public var sequence: Int64
  public var millisecondsSince1970: Int64
  public var annotator: AnnotatorName
  public var content: Content

  public init(
    sequence: Int64 = 0, millisecondsSince1970: Int64, annotator: AnnotatorName, content: Content
  ) {
    self.sequence = sequence
    self.millisecondsSince1970 = millisecondsSince1970
    self.annotator = annotator
    self.content = content
  }
}
