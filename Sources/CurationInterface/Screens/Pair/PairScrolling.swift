import TerminalSurface

extension Session {
  /// Scrolls what has the focus: both sides together, or one pane alone.
  mutating func scrollPair(_ action: Action) {
    guard let pair, layout != nil else { return }
    let panes: [PairState.Pane] = pair.focus.map { [$0] } ?? [.a, .b]
    let page = panes.compactMap { layout?.panes[$0]?.area.rows }.max() ?? 1
    guard let distance = action.lines(inView: page) else { return }
    let deepest = panes.compactMap { layout?.panes[$0]?.top }.max() ?? 0
    // Sides whose paragraphs stand side by side stay so, whichever was scrolled alone before.
    let common = pair.focus == nil && layout?.isAligned == true ? layout?.panes[.a]?.top : nil
    for pane in panes {
      guard var content = layout?.panes[pane] else { continue }
      // A short side waits at its end until the long one has come back to it.
      content.scroll(
        to: distance > 0
          ? (common ?? content.top) + distance : min(content.top, deepest + distance))
      layout?.panes[pane] = content
      self.pair?.anchors[pane] = content.anchor
    }
  }
}
