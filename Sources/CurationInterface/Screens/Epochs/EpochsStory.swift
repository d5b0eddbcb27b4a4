import PreferenceScoring
import TerminalSurface

/// One pair through the epochs of peer review, in the terms of the sides on screen: what either peer
/// thought of it, and when it let the other learn from it.
struct EpochsStory {
  let trajectory: PeerTrajectory
  let standings: [SignalStanding]
  /// The side that the label prefers stands as A.
  let isChosenFirst: Bool
  let display: DisplayText
  let columns: Int
  /// How many rows there are: charts grow with them.
  let rows: Int

  private struct Peer {
    let name: String
    let margins: [Double]
    let isKept: [Bool]
  }

  private var peers: [Peer] {
    [
      Peer(
        name: "PEER 1", margins: trajectory.epochs.map { Double($0.marginA) },
        isKept: trajectory.epochs.map(\.isKeptByA)),
      Peer(
        name: "PEER 2", margins: trajectory.epochs.map { Double($0.marginB) },
        isKept: trajectory.epochs.map(\.isKeptByB)),
    ]
  }

  var page: EvidencePage {
    var page = EvidencePage(columns: columns, display: display)
    page.text(
      "Two models teach each other: each picks, by its margin, the pairs from which the other "
        + "learns. The label says \(isChosenFirst ? "A" : "B").")
    let highest = peers.flatMap(\.margins).map(abs).max() ?? 0
    for peer in peers { add(peer, scale: highest, to: &page) }
    page.line([])
    page.text(summary)
    return page
  }

  /// Rows of a chart above and below its middle line.
  private var height: Int {
    // Two lines of text above, two below, and around each chart a blank, a title, a middle line and
    // the marks of what was kept.
    min(4, max(1, (rows - 4 - 2 * 4) / 4))
  }

  private static let gutter = 8

  /// Columns that an epoch takes.
  private var epochColumns: Int {
    min(4, max(1, (columns - Self.gutter) / max(1, trajectory.epochs.count)))
  }

  private func add(_ peer: Peer, scale: Double, to page: inout EvidencePage) {
    page.heading(peer.name, text: words(peer))
    let lengths = peer.margins.map { margin in barLength(towardsA(margin), scale: scale) }
    let top = Numbers.fixed(scale)
    for level in (1...height).reversed() {
      page.line(barLine(level == height ? "A \(top)" : "", .sideA, lengths.map { $0 >= level }))
    }
    let middle = String(repeating: display.glyphs.horizontal, count: lengths.count * epochColumns)
    page.line([
      StyledRun(display.padded("", to: Self.gutter)), StyledRun(middle, .border),
    ])
    for level in 1...height {
      page.line(barLine(level == height ? "B \(top)" : "", .sideB, lengths.map { -$0 >= level }))
    }
    let marks = peer.isKept.map { display.padded($0 ? "+" : ".", to: epochColumns) }.joined()
    page.line([
      StyledRun(display.padded("kept", to: Self.gutter), .textMuted), StyledRun(marks),
    ])
  }

  private func barLine(_ label: String, _ role: ThemeRole, _ isFilled: [Bool]) -> [StyledRun] {
    let bars = isFilled.map { isFilled in
      String(repeating: isFilled ? display.glyphs.filled : " ", count: max(1, epochColumns - 1))
        + (epochColumns > 1 ? " " : "")
    }
    return [
      StyledRun(display.padded(label, to: Self.gutter), .textMuted), StyledRun(bars.joined(), role),
    ]
  }

  /// Above 0 the peer puts A ahead.
  private func towardsA(_ margin: Double) -> Double { isChosenFirst ? margin : -margin }

  /// Cells of a bar: at least one for what is not 0.
  private func barLength(_ amount: Double, scale: Double) -> Int {
    guard amount != 0, scale > 0 else { return 0 }
    let length = max(1, Int((abs(amount) / scale * Double(height)).rounded()))
    return amount > 0 ? length : -length
  }

  /// What it comes to: agreement, steadiness, and the place from easy to hard.
  private var summary: String {
    var sentences = [trajectory.agreement?.phrase, trajectory.stability?.phrase]
      .compactMap(\.self)
    if let rank = standings.first(where: { $0.id == .curriculumRank }) {
      sentences.append(
        "From easy to hard it is number \(Numbers.grouped(Int(rank.value))) of "
          + "\(Numbers.grouped(rank.pairCount)).")
    }
    return sentences.joined(separator: " ")
  }

  private func words(_ peer: Peer) -> String {
    let kept = peer.isKept.count(where: \.self)
    let last = peer.margins.last ?? 0
    let end =
      last == 0
      ? "no side ahead" : "\(towardsA(last) > 0 ? "A" : "B") ahead by \(Numbers.fixed(abs(last)))"
    return "kept it in \(kept) of \(peer.isKept.count) epochs; in the end \(end)"
  }
}
