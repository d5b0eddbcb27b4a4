import CurationInterface
import PreferenceScoring

extension Failure {
  /// The sentence for noise that cannot be planted in a data set.
  init(_ error: NoisePlantingError) {
    switch error {
    case .noneLargeEnough(let kind, let largest, let needed):
      self.init(
        .badData, what: "no \(kind.rawValue) can be given wrong labels",
        why: largest == 0
          ? "the file names no \(kind.rawValue)s"
          : "the largest \(kind.rawValue) has \(Numbers.count(largest, "pair")), "
            + "\(Numbers.grouped(needed)) are needed",
        remedy: "use another --noise")
    case .tooFewShorterChosen(let possible, let wanted):
      self.init(
        .badData, what: "\(Numbers.grouped(wanted)) labels cannot be flipped to the longer side",
        why: "the chosen side is the shorter one in \(Numbers.count(possible, "pair"))",
        remedy: "use a smaller --flip-rate")
    }
  }
}
