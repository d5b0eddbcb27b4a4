public import PreferenceScoring
public import TerminalSurface

extension HeldOutTrajectory {
  /// The probability that the label is right, epoch by epoch, as one bar each from low to high; as its
  /// tenths, 0 to 9, where there is nothing but ASCII.
  public func sparkline(_ glyphs: Glyphs) -> String {
    let marks = Array(
      glyphs == .ascii
        ? "0123456789" : "\u{2581}\u{2582}\u{2583}\u{2584}\u{2585}\u{2586}\u{2587}\u{2588}")
    return String(
      probabilities.map { marks[min(marks.count - 1, Int($0 * Double(marks.count)))] })
  }
}
