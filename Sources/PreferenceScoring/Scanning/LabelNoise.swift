/// What models say of the share of wrong labels in a file. None of it was confirmed by a person.
public struct LabelNoise: Hashable, Sendable {
  /// A share with its 95 % interval.
  public struct Share: Hashable, Sendable {
    public var value: Double
    public var lower: Double
    public var upper: Double

    public var estimate: Estimate { Estimate(value: value, lower: lower, upper: upper) }
  }

  /// Of somebody's labels, or of those from somewhere.
  public struct Group: Hashable, Sendable {
    public var name: String
    public var count: Int
    /// The share of wrong labels among them.
    public var wrong: Double
  }

  /// By the mixture of right and wrong labels (`NoiseEM`).
  public struct Mixture: Hashable, Sendable {
    public var wrong: Share
    /// Whether the labels can tell: the interval is narrow, and flips that were planted on top are found
    /// in the number that was planted. Where it is false, `wrong` is no estimate.
    public var isIdentified: Bool
    /// By annotator, drawn towards `wrong`; empty where fewer than two are named.
    public var annotators: [Group]
    /// By side, where the file says which side stood first; nil elsewhere.
    public var sides: Sides?
  }

  /// Two rates: how often the better side loses where it stands first, and where it stands second.
  public struct Sides: Hashable, Sendable {
    public var firstLoses: Double
    public var secondLoses: Double
    /// By how much two rates fit better than one: twice the difference in log-likelihood.
    public var deviance: Double

    /// Whether they differ beyond chance, at 5 %.
    public var areDifferent: Bool { deviance > LikelihoodProfile.limit }
  }

  /// By confident learning (`ConfidentLearning`).
  public struct Confident: Hashable, Sendable {
    public var wrong: Double
    /// What it would say were every label right and the model calibrated: never 0.
    public var floor: Double
    /// How many labels it counts as wrong.
    public var flaggedCount: Int
    /// By annotator, or by source where none is named.
    public var groups: [Group]
    /// Where the file says which side stood first: the share of the labels for it that count as wrong,
    /// and of those for the other side.
    public var firstWrong: Double?
    public var secondWrong: Double?

    /// Whether the share of `count` labels is above the floor by more than 1.96 standard errors.
    func isAboveFloor(of count: Int) -> Bool {
      let error = (wrong * (1 - wrong) / Double(max(count, 1))).squareRoot()
      return wrong - normalQuantile95 * error > floor
    }
  }

  /// Two labels of the same pair by different annotators.
  public struct DoubleLabels: Hashable, Sendable {
    public var count: Int
    public var agreeingCount: Int
  }

  public var mixture: Mixture?
  public var confident: Confident?
  public var doubleLabels: DoubleLabels?

  /// The same, with what `other` knows besides.
  func adding(_ other: LabelNoise) -> LabelNoise {
    LabelNoise(
      mixture: mixture ?? other.mixture, confident: confident ?? other.confident,
      doubleLabels: doubleLabels ?? other.doubleLabels)
  }

  init(
    mixture: Mixture? = nil, confident: Confident? = nil, doubleLabels: DoubleLabels? = nil
  ) {
    self.mixture = mixture
    self.confident = confident
    self.doubleLabels = doubleLabels
  }
}

extension LabelNoise {
  func write(to writer: inout ByteWriter) {
    writer.write(UInt8(mixture == nil ? 0 : 1))
    if let mixture {
      for value in [mixture.wrong.value, mixture.wrong.lower, mixture.wrong.upper] {
        writer.write(value)
      }
      writer.write(UInt8(mixture.isIdentified ? 1 : 0))
      Self.write(mixture.annotators, to: &writer)
      writer.write(
        mixture.sides.map { [$0.firstLoses, $0.secondLoses, $0.deviance] } ?? [])
    }
    writer.write(UInt8(confident == nil ? 0 : 1))
    if let confident {
      writer.write(confident.wrong)
      writer.write(confident.floor)
      writer.write(confident.flaggedCount)
      Self.write(confident.groups, to: &writer)
      writer.write([confident.firstWrong, confident.secondWrong].compactMap(\.self))
    }
    writer.write(doubleLabels?.count ?? 0)
    writer.write(doubleLabels?.agreeingCount ?? 0)
  }

  init(from reader: inout ByteReader) throws(ByteReader.Malformed) {
    self.init()
    if try reader.read(UInt8.self) == 1 {
      let wrong = Share(
        value: try reader.readDouble(), lower: try reader.readDouble(),
        upper: try reader.readDouble())
      let isIdentified = try reader.read(UInt8.self) == 1
      let annotators = try Self.readGroups(from: &reader)
      let sides = try reader.readDoubles()
      guard sides.isEmpty || sides.count == 3 else { throw ByteReader.Malformed() }
      mixture = Mixture(
        wrong: wrong, isIdentified: isIdentified, annotators: annotators,
        sides: sides.isEmpty
          ? nil : Sides(firstLoses: sides[0], secondLoses: sides[1], deviance: sides[2]))
    }
    if try reader.read(UInt8.self) == 1 {
      var found = Confident(
        wrong: try reader.readDouble(), floor: try reader.readDouble(),
        flaggedCount: Int(try reader.read(Int64.self)),
        groups: try Self.readGroups(from: &reader))
      let sides = try reader.readDoubles()
      guard sides.isEmpty || sides.count == 2 else { throw ByteReader.Malformed() }
      if sides.count == 2 { (found.firstWrong, found.secondWrong) = (sides[0], sides[1]) }
      confident = found
    }
    let count = Int(try reader.read(Int64.self))
    let agreeing = Int(try reader.read(Int64.self))
    if count > 0 { doubleLabels = DoubleLabels(count: count, agreeingCount: agreeing) }
  }

  private static func write(_ groups: [Group], to writer: inout ByteWriter) {
    writer.write(groups.map(\.name))
    for group in groups {
      writer.write(group.count)
      writer.write(group.wrong)
    }
  }

  private static func readGroups(
    from reader: inout ByteReader
  ) throws(ByteReader.Malformed) -> [Group] {
    var groups: [Group] = []
    for name in try reader.readStrings() {
      groups.append(
        Group(
          name: name, count: Int(try reader.read(Int64.self)), wrong: try reader.readDouble()))
    }
    return groups
  }
}
