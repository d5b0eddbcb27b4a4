import PreferenceData
import TerminalSurface

extension Session {
  /// Takes a key: at once, or when the journal has answered.
  mutating func receive(_ key: KeyPress, at milliseconds: Int64?) {
    hasKeyBeenPressed = true
    if case .mouse(let press) = key { return receive(press) }
    if review.pending != nil, !isUrgent(key) {
      review.heldKeys.append((key, milliseconds))
      return
    }
    press(key, at: milliseconds)
  }

  /// The keys typed while the journal was busy, in order, until it is busy again.
  mutating func takeHeldKeys() {
    while review.pending == nil, !review.heldKeys.isEmpty {
      let held = review.heldKeys.removeFirst()
      press(held.key, at: held.milliseconds)
    }
  }

  /// Keys that never wait for the journal: with a disk that hangs, leaving must be possible.
  private func isUrgent(_ key: KeyPress) -> Bool {
    if case .question(.quit) = overlay { return true }
    if case .action(let action) = keymap.lookup([key], in: .everywhere) {
      return [.interrupt, .suspend, .redraw].contains(action)
    }
    return false
  }

  private mutating func press(_ key: KeyPress, at milliseconds: Int64?) {
    countTime(until: milliseconds)
    cancelBulk()
    forgetSimilar()
    if key == .control("c"), overlay != nil {
      overlay = nil
      return
    }
    switch overlay {
    case .whichKey(let prefix): pressAfterPrefix(key, prefix)
    case .question(let question): answer(question, key)
    case .prompt(let prompt): press(key, in: prompt)
    case .help(let help): press(key, in: help)
    case .filter(let filter): press(key, in: filter)
    case .export: pressInExport(key)
    case .themes(let choice): press(key, in: choice)
    case .reason(let question): press(key, in: question)
    case .criteria(let question): press(key, in: question)
    case .guidelines(let state): press(key, in: state)
    case nil:
      notice = nil
      lookUp([key])
    }
  }

  private mutating func pressAfterPrefix(_ key: KeyPress, _ prefix: [KeyPress]) {
    overlay = nil
    if key != .escape { lookUp(prefix + [key]) }
  }

  private mutating func lookUp(_ keys: [KeyPress]) {
    switch keymap.lookup(keys, in: screen.scope) {
    case .action(let action): perform(action)
    case .prefix: overlay = .whichKey(keys)
    case .nothing:
      if case .paste = keys.last {
        notice = Notice("pasted text goes nowhere here")
      } else {
        let name = KeySequence(keys).description
        notice = Notice("\(name) does nothing here: \(keyName(.help)) shows the keys")
      }
    }
  }

  /// Does what `action` asks for in the view that fills the screen.
  mutating func perform(_ action: Action) {
    switch action {
    case .help: overlay = .help(HelpState())
    case .undo: undo()
    case .redo: redo()
    case .cancel: cancel()
    case .back: back()
    case .quit: quit()
    case .interrupt: interrupt()
    case .redraw: commands.append(.redraw)
    case .suspend: commands.append(.suspend)
    case .engine: toggleScan()
    case .export: openExport()
    case .takeNewScores: takeNewScores()
    case .openQueue: openQueue()
    case .openBiases: openBiases()
    case .filter: openFilter()
    case .openDashboard: openDashboard()
    case .auditMix: toggleAuditMix()
    case .chooseTheme: openThemes()
    case .hints: showsHints.toggle()
    case .openFirstLook: openFirstLook()
    case .openGuidelines: openGuidelines()
    case .clearFilter: clearFilter()
    case .evidence: toggleEvidence()
    case .jumpBack: jumpBack()
    case .jumpForward: jumpForward()
    case .searchText: openSearch()
    case .nextMatch: findMatch(forward: true)
    case .previousMatch: findMatch(forward: false)
    case .nextUndecided:
      // From its decisions a batch goes on as the last of them would have.
      if screen == .batch { return goOn() }
      if continueAudit() { return }
      goToUndecided(in: queue.order.positions(after: queue.cursor).dropLast())
    case .previousUndecided:
      goToUndecided(in: queue.order.positions(before: queue.cursor).dropLast())
    case .goToRow: overlay = .prompt(TextPrompt(.row))
    case .goToID: overlay = .prompt(TextPrompt(.id))
    case .lastDecided: goToLastDecided()
    case .blind: toggleBlind()
    case .askReasons: toggleAskingReasons()
    case .askCriteria: toggleAskingCriteria()
    case .evidenceAfter: toggleEvidenceAfterDeciding()
    case .evidenceAfterBatch: toggleEvidenceAfterBatch()
    case .openBatch: goOverBatch()
    case .autoNext:
      goesOnAfterDeciding.toggle()
      notice = Notice(
        goesOnAfterDeciding
          ? "a decision goes on to the next pair"
          : "a decision stays on its pair: \(keyName(.nextPair, in: .pair)) goes on")
    default:
      switch screen {
      case .queue: performInQueue(action)
      case .pair: performInPair(action)
      case .evidence: performInEvidence(action)
      case .bias: performInBiases(action)
      case .firstLook: performInFirstLook(action)
      case .epochs: performInEpochs(action)
      case .batch: performInBatch(action)
      case .dashboard: performInDashboard(action)
      }
    }
  }

  private mutating func toggleBlind() {
    isBlind.toggle()
    notice = Notice(
      isBlind
        ? "blind: the label stays hidden until you decide"
        : "open: \(keyName(.keepOrPageDown, in: .pair)) keeps the label, "
          + "\(keyName(.swapPreference, in: .pair)) swaps it; decisions record that it was seen")
    if isBlind, queue.filter?.tellsLabel == true {
      setFilter(nil)
      notice?.text += "; all rows are listed again"
    }
    if !isBlind, audit.mode != .off {
      audit.mode = .off
      notice?.text += "; the audit has ended"
    }
    refreshDashboard()
  }

  mutating func goToLastDecided() {
    guard let step = review.ledger.nextUndo(of: annotator), case .decided(let rows) = step.content,
      let position = firstPosition(of: rows.map(\.row))
    else {
      notice = Notice("nothing has been decided yet")
      return
    }
    goTo(position: position)
  }
}
