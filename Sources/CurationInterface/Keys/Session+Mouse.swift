import TerminalSurface

extension Session {
  private static let linesOfWheel = 3

  /// Takes what was done with the mouse: the wheel scrolls, a click selects a row or a side. Nothing that
  /// the mouse does ever decides or opens; it is left out while a box is open or a decision is saved.
  mutating func receive(_ press: MousePress) {
    guard overlay == nil, review.pending == nil, isLargeEnough else { return }
    notice = nil
    switch press.kind {
    case .wheelUp: for _ in 0..<Self.linesOfWheel { perform(.lineUp) }
    case .wheelDown: for _ in 0..<Self.linesOfWheel { perform(.lineDown) }
    case .click where screen == .queue: selectRow(at: press)
    case .click where screen == .pair: selectPane(at: press)
    case .click: break
    }
  }

  private mutating func selectRow(at press: MousePress) {
    guard queueArea.contains(press) else { return }
    let place = queue.top + press.row - queueArea.row
    guard queue.order.positions.indices.contains(place) else { return }
    queue.cursor = place
  }

  /// Gives the pane under the pointer the focus, or takes it back from one that has it.
  private mutating func selectPane(at press: MousePress) {
    guard let layout, let pair, !pair.isZoomed, layout.shape != .single else { return }
    let pane = PairState.Pane.allCases.first { pane in
      [layout.geometry.areas[pane], layout.geometry.rules[pane]].contains {
        $0?.contains(press) == true
      }
    }
    guard let pane, pane != .prompt || pair.isPromptUnfolded else { return }
    self.pair?.focus = pair.focus == pane ? nil : pane
  }
}

extension Rect {
  fileprivate func contains(_ press: MousePress) -> Bool {
    (column..<endColumn).contains(press.column) && (row..<endRow).contains(press.row)
  }
}
