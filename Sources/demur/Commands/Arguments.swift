public import ArgumentParser
public import CurationEngine
public import PreferenceData
public import PreferenceScoring

// Values of ours as words of the command line.

extension Outcome: ExpressibleByArgument {}
extension CleaningPlan.Ties: ExpressibleByArgument {}
extension NoiseKind: ExpressibleByArgument {}

extension LogProbabilityUnit: ExpressibleByArgument {}

extension AnnotatorName: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension FieldMapping: ExpressibleByArgument {
  /// `prompt=a.b,chosen=c,rejected=d`, or `prompt=a.b,a=c,b=d,label=e`.
  public init?(argument: String) { self.init(fields: argument) }
}

extension FieldPath: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension LabelValues: ExpressibleByArgument {
  /// `a=1,b=2,tie=0`.
  public init?(argument: String) { self.init(argument) }
}
