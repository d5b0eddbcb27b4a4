import PreferenceData
import PreferenceScoring

extension Session {
  /// The share of the decisions that audit rows take while they are mixed in: an audit of 100 rows ends
  /// with 400 of the queue.
  private static let auditShare = 0.2

  /// The sample, once the rows are known.
  mutating func auditSample() -> AuditSample? {
    if audit.sample == nil, let index = dataset.index {
      audit.sample = AuditSample(of: index, seed: configuration.seed)
    }
    return audit.sample
  }

  /// How many rows are to be judged: at most all that have a label to be wrong.
  func auditSize(in sample: AuditSample) -> Int { min(audit.plannedCount, sample.rowCount) }

  /// How many rows of the audit this annotator has judged blind, without a gap, and the first that is
  /// open; nil where the audit is complete.
  func auditProgress(in sample: AuditSample) -> (answered: Int, next: Int?) {
    var answered = 0
    for position in sample.positions where answered < audit.plannedCount {
      let pair = servedPair(at: position, on: .audit)
      guard let id = rowID(at: position),
        review.ledger.judgment(on: id, by: annotator, about: pair) != nil
      else {
        return (answered, position)
      }
      if review.ledger.blindStanding(on: id, by: annotator, about: pair) != nil { answered += 1 }
    }
    return (answered, nil)
  }

  /// `,a`: mixes audit rows into the queue, or stops that.
  mutating func toggleAuditMix() {
    guard audit.mode == .off else {
      audit.mode = .off
      notice = Notice("no more audit rows come")
      return
    }
    guard mayAudit() else { return }
    audit.mode = .mixed
    notice = Notice("audit rows come between the others now; evidence shows after the decision")
  }

  /// Shows the rows of the audit one after another.
  mutating func startAudit() {
    guard mayAudit(), let sample = auditSample() else { return }
    let (answered, next) = auditProgress(in: sample)
    guard let next else {
      notice = Notice("the audit is complete: \(keyName(.openDashboard)) shows what it found")
      return
    }
    audit.mode = .alone
    if queue.filter != nil { setFilter(nil) }
    show(next, route: .audit)
    notice = Notice(
      "audit: \(Numbers.count(auditSize(in: sample) - answered, "random row")), one after another")
  }

  /// Begins the audit that the command line asked for, as soon as it can be.
  mutating func beginAskedAudit() {
    guard let count = configuration.auditCount, !audit.hasBegun, dataset.index != nil,
      review.access != nil
    else { return }
    audit.hasBegun = true
    audit.plannedCount = count
    startAudit()
  }

  /// Goes to the first open row of an audit whose rows come one after another; whether there is one.
  mutating func continueAudit() -> Bool {
    guard audit.mode == .alone, screen == .pair, let sample = auditSample(),
      let next = auditProgress(in: sample).next
    else { return false }
    show(next, route: .audit)
    return true
  }

  private mutating func mayAudit() -> Bool {
    guard mayRecord() else { return false }
    guard isBlind else {
      notice = Notice("an audit is blind: \(keyName(.blind)) hides the labels first")
      return false
    }
    guard auditSample()?.positions.isEmpty == false else {
      notice = Notice("no row has a label that could be wrong")
      return false
    }
    return true
  }

  /// Goes on after a decision: to a row of the audit, to one that is looked at once more, or to the
  /// next undecided one of the queue.
  mutating func goOn() {
    if let next = nextOfAudit() { return show(next, route: .audit) }
    // An audit that ends shows what it found.
    if screen == .dashboard { return }
    if let next = nextRepeat() { return show(next, route: .repeat) }
    if !goToUndecided(in: queue.order.positions(after: queue.cursor).dropLast()),
      isBatchDue(atEnd: true)
    {
      openBatch()
    }
  }

  private mutating func nextOfAudit() -> Int? {
    guard audit.mode != .off, isBlind, queue.filter == nil, let sample = auditSample() else {
      return nil
    }
    guard audit.mode == .alone || isPlace("audit place", share: Self.auditShare) else { return nil }
    if let next = auditProgress(in: sample).next { return next }
    let wasAlone = audit.mode == .alone
    audit.mode = .off
    addToNotice("the audit is complete: \(keyName(.openDashboard)) shows what it found")
    if wasAlone { openDashboard() }
    return nil
  }

  /// Whether the decision that comes next stands at one of the places that the seed has marked.
  func isPlace(_ kind: String, share: Double) -> Bool {
    let count = UInt64(review.ledger.undoCount(of: annotator))
    let mark = StableHash("\(kind) \(annotator.text)", seed: configuration.seed)
      .combined(with: StableHash(high: count, low: 0))
    return Double(mark.high >> 11) * 0x1p-53 < share
  }

  /// Shows the row at `position` without moving the queue, so that its place there tells nothing.
  mutating func show(_ position: Int, route: Serving.Route) {
    let served = servedPair(at: position, on: route)
    pair = PairState(
      position: position, route: route, hasClock: lastKey != nil, isAside: true, served: served)
    showPair(judged: served)
    evidence = EvidenceState()
    audit.shown.insert(position)
    screen = .pair
  }

  /// The probability with which the pair in view was served on its route.
  func servingProbability(of route: Serving.Route) -> Double {
    switch route {
    case .audit: audit.sample?.probability(ofSample: audit.plannedCount) ?? 1
    case .repeat: configuration.repeatShare
    case .queue, .search, .bulk, .script: 1
    }
  }
}
