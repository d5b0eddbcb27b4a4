import PreferenceData
import PreferenceScoring

extension Session {
  /// Opens the row under the cursor of the queue.
  mutating func openPair(route asked: Serving.Route = .queue) {
    let route = asked == .queue && queue.filter != nil ? .search : asked
    guard let position = queue.position else {
      notice = Notice("the queue is empty")
      return
    }
    if screen == .queue || pair?.position != position {
      pair = PairState(position: position, route: route, hasClock: lastKey != nil)
      evidence = EvidenceState()
      showPair(firstPair(at: position))
    }
    screen = .pair
    savePlace()
  }

  mutating func openQueue() {
    savePlace()
    pair = nil
    screen = .queue
  }

  /// Has the row in view remembered, so that reopening comes back to it: the last one of the queue.
  mutating func savePlace() {
    guard review.access == .write, let pair, !pair.isAside, let id = rowID(at: pair.position) else {
      return
    }
    commands.append(.savePlace(id))
  }

  mutating func performInPair(_ action: Action) {
    switch action {
    case .preferA: decide(.side(0, strength: 1))
    case .preferB: decide(.side(1, strength: 1))
    case .preferAMuch: decide(.side(0, strength: 2))
    case .preferBMuch: decide(.side(1, strength: 2))
    case .tie: decide(.tie)
    case .bothBad: decide(.bothBad)
    case .drop: decide(.drop)
    case .skip: decide(.skip)
    case .keepOrPageDown: if isBlind { scrollPair(.pageDown) } else { decideByLabel(.keep) }
    case .swapPreference: decideByLabel(.swap)
    case .decideCopies: decideCopies()
    case .note: editNote()
    case .tags: editTags()
    case .reason: askReason()
    case .criteria: openCriteria()
    case .similar: findSimilar()
    case .nextPair: movePair(by: 1)
    case .previousPair: movePair(by: -1)
    case .nextPane: turnFocus(by: 1)
    case .previousPane: turnFocus(by: -1)
    case .nextPairOfRow: stepInRow(by: 1)
    case .previousPairOfRow: stepInRow(by: -1)
    case .foldPrompt: foldPrompt()
    case .zoom: pair?.isZoomed.toggle()
    case .wordDiff: marksWords.toggle()
    case .turnSides: turnSides()
    case .rawText: toggleRawText()
    case .foldReasoning: foldReasoning()
    case .viewPicture: viewPicture()
    case .copyID, .copyPrompt, .copyA, .copyB: copy(action)
    default: scrollPair(action)
    }
  }

  /// Decides in the terms of the file's label, which only open mode shows.
  private mutating func decideByLabel(_ choice: Choice) {
    if isBlind {
      notice = Notice(
        "blind mode hides the label: decide with \(keyName(.preferA)) or \(keyName(.preferB)) "
          + "(\(keyName(.blind)) opens the label)")
    } else if let row = loadedPair, row.row.sides.count == 2, row.row.label.preferred == nil {
      notice = Notice(
        "this row prefers no side: decide with \(keyName(.preferA)), \(keyName(.preferB)), "
          + "\(keyName(.tie)) or \(keyName(.bothBad))")
    } else {
      decide(choice)
    }
  }

  private mutating func movePair(by distance: Int) {
    if let pair, pair.isAside {
      if distance < 0 { return goToLastDecided() }
      if audit.mode == .alone {
        if standing(at: pair.position) == nil {
          notice = Notice("an audit leaves no row out: \(keyName(.skip)) skips")
          return
        }
        if continueAudit() { return }
      }
    }
    let place = queue.cursor + distance
    guard queue.order.positions.indices.contains(place) else {
      notice = Notice(distance > 0 ? "this is the last pair" : "this is the first pair")
      return
    }
    goTo(position: queue.order.positions[place])
  }

  /// Tab: both sides together, then A alone, then B, then the prompt where it is unfolded.
  private mutating func turnFocus(by distance: Int) {
    guard let pair else { return }
    var stops: [PairState.Pane?] = [nil, .a, .b]
    if pair.isPromptUnfolded { stops.append(.prompt) }
    // Where one side has the screen there is nothing to scroll together: A stands for it.
    let showsOneSide = pair.isZoomed || layout?.shape == .single
    if showsOneSide { stops.removeFirst() }
    let current = stops.firstIndex(of: pair.focus) ?? 0
    self.pair?.focus = stops[(current + distance + stops.count) % stops.count]
  }

  private mutating func foldPrompt() {
    guard let pair else { return }
    self.pair?.isPromptUnfolded.toggle()
    self.pair?.anchors[.prompt] = nil
    if pair.isPromptUnfolded, pair.focus == .prompt { self.pair?.focus = nil }
  }

  private mutating func turnSides() {
    guard let pair else { return }
    self.pair?.isTurned.toggle()
    self.pair?.anchors[.a] = pair.anchors[.b]
    self.pair?.anchors[.b] = pair.anchors[.a]
    notice = Notice("the sides stand the other way round now; this is no label")
  }

  /// Gives the text of a part of the pair to the terminal's clipboard, as the file has it.
  private mutating func copy(_ action: Action) {
    guard let pair, let row = loadedPair else { return }
    guard configuration.hasClipboard else {
      notice = Notice("nothing but lines is written to this terminal, so nothing can be copied")
      return
    }
    let order = sideOrder(of: row)
    let part: (name: String, text: String?)
    switch action {
    case .copyID: part = ("identity", rowID(at: pair.position)?.description)
    case .copyPrompt: part = ("prompt", row.row.contextText)
    case .copyA: part = ("side A", row.row.sides[order[0]].text)
    default: part = ("side B", order.count > 1 ? row.row.sides[order[1]].text : "")
    }
    guard let text = part.text else { return refuseUntilIndexed() }
    commands.append(.copy(text))
    notice = Notice("\(part.name) sent to the terminal's clipboard")
  }

  /// Where evidence may be asked for: the position to explain, or nil while it has to stay hidden.
  var explainedPosition: Int? {
    if screen == .batch {
      return selectedBatchEntry.flatMap { $0.hasEvidence ? $0.target.position : nil }
    }
    guard let pair, showsLabel(at: pair.position) else { return nil }
    let isShown = screen == .evidence || screen == .epochs || layout?.evidence != nil
    return isShown ? pair.position : nil
  }

  /// `e`: the evidence of the pair in view; before a decision in blind mode it asks first.
  mutating func toggleEvidence() {
    if screen == .evidence || screen == .epochs {
      screen = screen == .evidence ? .pair : .evidence
      return
    }
    if self.pair == nil { openPair() }
    guard let pair else { return }
    if showsLabel(at: pair.position) {
      screen = .evidence
      evidence = EvidenceState()
    } else if case .problem = rows[pair.position] {
      notice = Notice("a row that cannot be read has no evidence")
    } else if rowID(at: pair.position) == nil {
      refuseUntilIndexed()
    } else if audit.mode != .off {
      // Refused on every pair alike, so that it does not tell which ones are audited.
      notice = Notice(
        "while an audit goes on, evidence shows after the decision: \(keyName(.auditMix)) ends it")
    } else {
      overlay = .question(.reveal)
    }
  }

  /// Remembers what of the pair in view has been on screen.
  mutating func noteWhatIsSeen() {
    guard screen != .queue, screen != .batch, let pair, let id = rowID(at: pair.position),
      showsLabel(at: pair.position)
    else { return }
    review.labelsSeen.insert(id)
    guard let position = explainedPosition, engine.latest != nil else { return }
    review.evidenceSeen.insert(id)
    // What the evidence says of other rows with the same two responses is their label.
    guard let related = explanations[position]??.related else { return }
    for copy in related.copies + related.conflicts {
      if let id = rowID(at: copy) { review.labelsSeen.insert(id) }
    }
  }

  /// Leaves the evidence of a pair whose label has to be hidden again.
  mutating func hideWhatIsBlind() {
    guard screen == .evidence || screen == .epochs, let pair, !showsLabel(at: pair.position) else {
      return
    }
    screen = .pair
  }
}
