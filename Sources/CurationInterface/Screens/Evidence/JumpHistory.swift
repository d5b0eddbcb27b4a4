import PreferenceData

/// Where the person was before jumps from pair to pair, and where they came back from.
struct JumpHistory: Sendable {
  /// A pair, and how it was looked at.
  struct Place: Sendable {
    var position: Int
    var screen: Screen
    var evidence: EvidenceState
  }

  /// So many jumps can be taken back; the oldest are forgotten.
  private static let limit = 200

  private var behind: [Place] = []
  private var ahead: [Place] = []

  /// Remembers `place` as left by a jump; what was ahead is forgotten.
  mutating func leave(_ place: Place) {
    behind.append(place)
    behind.removeFirst(max(0, behind.count - Self.limit))
    ahead = []
  }

  /// The place before, where there is one; `present` can be come forward to again.
  mutating func goBack(from present: Place) -> Place? {
    guard let place = behind.popLast() else { return nil }
    ahead.append(present)
    return place
  }

  mutating func goForward(from present: Place) -> Place? {
    guard let place = ahead.popLast() else { return nil }
    behind.append(present)
    return place
  }
}

extension Session {
  /// Goes from the evidence to the pair that is selected in it.
  mutating func jump() {
    guard let target = evidence.selected else {
      notice = Notice(
        "no pair is selected: \(keyName(.lineDown)) or \(keyName(.nextRelated)) selects one")
      return
    }
    guard queue.order.place(of: target) != nil else {
      notice = Notice("row \(target) is not in this queue")
      return
    }
    leaveForJump()
    // Like a search: the person went there, no queue served it.
    goTo(position: target, route: .search)
    notice = Notice("row \(target); \(keyName(.jumpBack)) goes back")
  }

  /// Remembers where a jump begins.
  mutating func leaveForJump() {
    if let present { jumps.leave(present) }
  }

  mutating func jumpBack() {
    guard let present, let place = jumps.goBack(from: present) else {
      notice = Notice("there is no jump to take back")
      return
    }
    show(place)
  }

  mutating func jumpForward() {
    guard let present, let place = jumps.goForward(from: present) else {
      notice = Notice("there is no jump to go forward to")
      return
    }
    show(place)
  }

  private var present: JumpHistory.Place? {
    (pair?.position ?? queue.position).map {
      JumpHistory.Place(position: $0, screen: screen, evidence: evidence)
    }
  }

  private mutating func show(_ place: JumpHistory.Place) {
    guard let order = queue.order.place(of: place.position) else {
      notice = Notice("row \(place.position) is not in this queue")
      return
    }
    queue.cursor = order
    guard place.screen != .queue else { return openQueue() }
    openPair(route: .search)
    // Its label may have been hidden again since; a batch is about other pairs.
    if place.screen == .batch || showsLabel(at: place.position) {
      screen = place.screen
      evidence = place.evidence
    }
    notice = Notice("row \(place.position)")
  }
}
