/// A label field whose values can be understood in more than one way.
public struct LabelAmbiguity: Hashable, Sendable {
  /// One way to understand the values, and how to say so.
  public struct Reading: Hashable, Sendable {
    public var values: LabelValues

    public init(values: LabelValues) { self.values = values }
  }

  /// A row with one of the values.
  public struct Example: Hashable, Sendable {
    public var row: Int
    public var value: String

    public init(row: Int, value: String) {
      self.row = row
      self.value = value
    }
  }

  public var field: FieldPath
  /// Two or more, the likelier first.
  public var readings: [Reading]
  /// At most three rows, with different values where there are several.
  public var examples: [Example]

  public init(field: FieldPath, readings: [Reading], examples: [Example]) {
    self.field = field
    self.readings = readings
    self.examples = examples
  }

  /// Gives the rows of the examples their numbers in the whole data set.
  public mutating func renumber(_ number: (Int) -> Int) {
    for place in examples.indices { examples[place].row = number(examples[place].row) }
  }
}
