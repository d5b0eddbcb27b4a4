/// Which fields hold the parts of a row, where the person says so. What is not said is looked for.
public struct FieldMapping: Hashable, Sendable {
  public enum Sides: Hashable, Sendable {
    /// The names of the fields say which side is better.
    case named(chosen: FieldPath, rejected: FieldPath)
    /// The sides in file order; another field says which is better.
    case listed([FieldPath])
  }

  public var prompt: FieldPath?
  public var sides: Sides?
  /// The field that says which side is better.
  public var label: FieldPath?
  /// What the values of that field mean.
  public var labelValues: LabelValues?

  public init(
    prompt: FieldPath? = nil, sides: Sides? = nil, label: FieldPath? = nil,
    labelValues: LabelValues? = nil
  ) {
    self.prompt = prompt
    self.sides = sides
    self.label = label
    self.labelValues = labelValues
  }

  public init(prompt: FieldPath?, chosen: FieldPath, rejected: FieldPath) {
    self.init(prompt: prompt, sides: .named(chosen: chosen, rejected: rejected))
  }
}

extension FieldMapping: CustomStringConvertible {
  /// The mapping as the command line takes it; different mappings never have the same text.
  public var description: String {
    var parts = prompt.map { ["prompt=\($0)"] } ?? []
    switch sides {
    case .named(let chosen, let rejected): parts += ["chosen=\(chosen)", "rejected=\(rejected)"]
    case .listed(let paths):
      parts += paths.enumerated().map { "\(LabelValues.letter($0.offset))=\($0.element)" }
    case nil: break
    }
    if let label { parts.append("label=\(label)") }
    if let labelValues { parts.append("values=\(labelValues)") }
    return parts.joined(separator: ",")
  }
}
