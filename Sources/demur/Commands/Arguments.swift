public import ArgumentParser
public import CurationEngine
public import PreferenceData
public import PreferenceScoring

// Values of ours as words of the command line.

extension Outcome: ExpressibleByArgument {}
extension CleaningPlan.Scope: ExpressibleByArgument {}
extension CleaningPlan.Ties: ExpressibleByArgument {}
extension NoiseKind: ExpressibleByArgument {}

extension LogProbabilityUnit: ExpressibleByArgument {}

extension AnnotatorName: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension FieldMapping: ExpressibleByArgument {
  /// `prompt=a.b,chosen=c,rejected=d`; the prompt may be missing.
  public init?(argument: String) {
    var paths: [Substring: FieldPath] = [:]
    for part in argument.split(separator: ",") {
      let sides = part.split(separator: "=", maxSplits: 1)
      guard sides.count == 2, ["prompt", "chosen", "rejected"].contains(sides[0]),
        paths[sides[0]] == nil, let path = FieldPath(String(sides[1]))
      else { return nil }
      paths[sides[0]] = path
    }
    guard let chosen = paths["chosen"], let rejected = paths["rejected"] else { return nil }
    self.init(prompt: paths["prompt"], chosen: chosen, rejected: rejected)
  }
}
