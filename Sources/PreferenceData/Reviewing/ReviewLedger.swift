/// The present state of a review: what its events, folded in order, say of each row.
///
/// The law of the fold: appending the events in two parts gives the same ledger as at once.
public struct ReviewLedger: Hashable, Sendable {
  /// A decision that stands, and the event that made it.
  public struct Standing: Hashable, Sendable {
    public var sequence: Int64
    public var millisecondsSince1970: Int64
    public var annotator: AnnotatorName
    public var decision: Decision
    public var serving: Serving
  }

  /// Standing decisions of one annotator on one row, oldest first: the last one counts.
  private var standing: [RowID: [AnnotatorName: [Standing]]] = [:]
  /// Hidden second looks, likewise. They measure the annotator and decide nothing.
  private var repeats: [RowID: [AnnotatorName: [Standing]]] = [:]
  private var steps: [Int64: ReviewEvent] = [:]
  private var done: [AnnotatorName: [Int64]] = [:]
  private var undone: [AnnotatorName: [Int64]] = [:]
  /// The sequence number of the last event, 0 for an empty journal.
  public private(set) var lastSequence: Int64 = 0

  public init() {}

  public init(events: some Sequence<ReviewEvent>) {
    for event in events { append(event) }
  }

  /// Folds `event` in.
  ///
  /// An undo or redo of a step that is not the annotator's own, or not there, changes nothing.
  /// - Precondition: `event.sequence` is larger than that of every event before it.
  public mutating func append(_ event: ReviewEvent) {
    precondition(
      event.sequence > lastSequence,
      "events come in order: \(event.sequence) after \(lastSequence)")
    lastSequence = event.sequence
    switch event.content {
    case .decided:
      steps[event.sequence] = event
      insert(event)
      done[event.annotator, default: []].append(event.sequence)
      undone[event.annotator] = nil
    case .undone(let sequence):
      guard let place = done[event.annotator]?.lastIndex(of: sequence) else { return }
      done[event.annotator]?.remove(at: place)
      undone[event.annotator, default: []].append(sequence)
      remove(sequence)
    case .redone(let sequence):
      guard let place = undone[event.annotator]?.lastIndex(of: sequence), let step = steps[sequence]
      else { return }
      undone[event.annotator]?.remove(at: place)
      done[event.annotator, default: []].append(sequence)
      insert(step)
    }
  }

  /// The decision of `annotator` on `row` that stands, or nil.
  public func standing(on row: RowID, by annotator: AnnotatorName) -> Standing? {
    standing[row]?[annotator]?.last
  }

  /// The decisions of `annotator` on `row` that stand beside each other, oldest first: the newest one,
  /// and where that is about a pair, the newest one about each pair since the last about the whole row.
  public func judgments(on row: RowID, by annotator: AnnotatorName) -> [Standing] {
    guard let all = standing[row]?[annotator], let newest = all.last else { return [] }
    guard newest.decision.pair != nil else { return [newest] }
    var judged: Set<SidePair> = []
    let ofPairs = all.reversed().prefix { $0.decision.pair != nil }
    return ofPairs.filter { $0.decision.pair.map { judged.insert($0).inserted } ?? false }
      .reversed()
  }

  /// The decision of `annotator` that stands on `pair` of a ranking: the newest one about that pair, or
  /// one about the whole row since. Where `pair` is nil, the one on the row.
  public func judgment(
    on row: RowID, by annotator: AnnotatorName, about pair: SidePair?
  ) -> Standing? {
    guard pair != nil else { return standing(on: row, by: annotator) }
    return judgments(on: row, by: annotator).last { $0.decision.isAbout(pair) }
  }

  /// The first decision of `annotator` on `row` that was made with neither label nor evidence in sight,
  /// the row looked at by itself; nil where none of those that stand was. A skip decides nothing.
  ///
  /// - Parameters:
  ///   - row: The row.
  ///   - annotator: Who decided.
  ///   - pair: The pair of a ranking that it has to be about, where it is not about the whole row; nil
  ///     where any decision will do.
  /// - Returns: The decision, or nil.
  public func blindStanding(
    on row: RowID, by annotator: AnnotatorName, about pair: SidePair? = nil
  ) -> Standing? {
    standing[row]?[annotator]?.first {
      $0.serving.isBlind && $0.decision.verdict != .skip
        && (pair == nil || $0.decision.isAbout(pair))
    }
  }

  /// What `annotator` said when `row`, already decided, came once more without a word about it.
  public func repeatedLook(at row: RowID, by annotator: AnnotatorName) -> Standing? {
    repeats[row]?[annotator]?.first
  }

  /// The standing decisions of all annotators on `row`, by name.
  public func standing(on row: RowID) -> [Standing] {
    (standing[row] ?? [:]).values.compactMap(\.last).sorted { $0.annotator < $1.annotator }
  }

  /// Every row with a standing decision, in the order of the row identities.
  public var decidedRows: [RowID] { standing.keys.sorted() }

  public var annotators: [AnnotatorName] {
    Set(done.keys).union(undone.keys).sorted()
  }

  /// The step that `undo` of this annotator takes back next.
  public func nextUndo(of annotator: AnnotatorName) -> ReviewEvent? {
    done[annotator]?.last.flatMap { steps[$0] }
  }

  /// The last `count` steps of `annotator` that stand, the newest first.
  public func lastSteps(_ count: Int, of annotator: AnnotatorName) -> [ReviewEvent] {
    (done[annotator] ?? []).suffix(count).reversed().compactMap { steps[$0] }
  }

  /// The step that `redo` of this annotator brings back next.
  public func nextRedo(of annotator: AnnotatorName) -> ReviewEvent? {
    undone[annotator]?.last.flatMap { steps[$0] }
  }

  /// Whether the step of `annotator` with this sequence number has been made and not taken back.
  public func isDone(_ sequence: Int64, by annotator: AnnotatorName) -> Bool {
    done[annotator]?.contains(sequence) ?? false
  }

  public func undoCount(of annotator: AnnotatorName) -> Int { done[annotator]?.count ?? 0 }
  public func redoCount(of annotator: AnnotatorName) -> Int { undone[annotator]?.count ?? 0 }

  private mutating func insert(_ event: ReviewEvent) {
    guard case .decided(let decisions) = event.content else { return }
    for decision in decisions {
      let kind = Self.kind(of: decision)
      var entries = self[keyPath: kind][decision.row]?[event.annotator] ?? []
      let entry = Standing(
        sequence: event.sequence, millisecondsSince1970: event.millisecondsSince1970,
        annotator: event.annotator, decision: decision.decision, serving: decision.serving)
      let place = entries.firstIndex { $0.sequence > event.sequence } ?? entries.endIndex
      entries.insert(entry, at: place)
      self[keyPath: kind][decision.row, default: [:]][event.annotator] = entries
    }
  }

  private mutating func remove(_ sequence: Int64) {
    guard let event = steps[sequence], case .decided(let decisions) = event.content else { return }
    for decision in decisions {
      let kind = Self.kind(of: decision)
      guard var byAnnotator = self[keyPath: kind][decision.row] else { continue }
      byAnnotator[event.annotator]?.removeAll { $0.sequence == sequence }
      if byAnnotator[event.annotator]?.isEmpty == true { byAnnotator[event.annotator] = nil }
      self[keyPath: kind][decision.row] = byAnnotator.isEmpty ? nil : byAnnotator
    }
  }

  private static func kind(
    of decision: RowDecision
  ) -> WritableKeyPath<ReviewLedger, [RowID: [AnnotatorName: [Standing]]]> {
    decision.serving.route == .repeat ? \.repeats : \.standing
  }
}

extension Decision {
  /// Whether it is about `pair`, or about the whole row.
  fileprivate func isAbout(_ pair: SidePair?) -> Bool { self.pair == nil || self.pair == pair }
}
