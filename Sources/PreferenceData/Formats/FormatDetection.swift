/// Which format a data set is read in, and how sure that is.
public struct FormatDetection: Sendable {
  public var format: any RowFormat
  /// What the sampled rows looked like.
  public var evidence: FormatEvidence

  public init(format: any RowFormat, evidence: FormatEvidence) {
    self.format = format
    self.evidence = evidence
  }

  /// A format that was not looked for.
  public init(given format: any RowFormat) {
    self.init(
      format: format, evidence: FormatEvidence(rowCount: 0, objectCount: 0, readings: [], keys: []))
  }

  /// How many of the sampled rows have the shape of the format.
  public var fitting: Int {
    evidence.readings.first { $0.format == format.name }?.fitting ?? 0
  }

  /// How many of the sampled rows are JSON objects, whatever their shape.
  public var sampled: Int { evidence.objectCount }

  /// Other formats that some rows have the shape of, the most frequent first.
  public var alternatives: [FormatEvidence.Reading] {
    evidence.readings.filter { $0.format != format.name }
  }
}

/// What a sample of rows looked like: names of keys and formats, never their text.
public struct FormatEvidence: Error, Hashable, Sendable {
  /// A format, and how many rows have its shape.
  public struct Reading: Hashable, Sendable {
    public var format: String
    public var fitting: Int

    public init(format: String, fitting: Int) {
      self.format = format
      self.fitting = fitting
    }
  }

  /// A key of the rows' objects, and how many rows have it.
  public struct Key: Hashable, Sendable {
    public var name: String
    public var kind: JSONDocument.Kind
    public var count: Int

    public init(name: String, kind: JSONDocument.Kind, count: Int) {
      self.name = name
      self.kind = kind
      self.count = count
    }
  }

  public var rowCount: Int
  /// How many of the rows are JSON objects.
  public var objectCount: Int
  /// Formats with at least one row, the most frequent first.
  public var readings: [Reading]
  /// The most frequent keys with the kind of value seen first, at most 24.
  public var keys: [Key]
  /// The question whose answer would settle the format: what the values of the label mean.
  public var ambiguity: LabelAmbiguity?

  public init(
    rowCount: Int, objectCount: Int, readings: [Reading], keys: [Key],
    ambiguity: LabelAmbiguity? = nil
  ) {
    self.rowCount = rowCount
    self.objectCount = objectCount
    self.readings = readings
    self.keys = keys
    self.ambiguity = ambiguity
  }
}

extension RowFormats {
  /// How many rows are looked at before a format is settled.
  public static let sampleSize = 1000

  /// The share of rows that have to have the shape of a format.
  public static let requiredShare = 0.95

  /// The format of which `sample` are rows.
  ///
  /// A format is accepted when at least 95 % of the rows that are objects have its shape (in a
  /// small sample: all but one, if that is most) and no second format is as common. Rows that are
  /// no objects say nothing about the format. Where no known format fits, sides are looked for in
  /// columns and lists of any name; what their label means then has to be clear.
  ///
  /// - Parameters:
  ///   - sample: The rows' documents, nil for a row that is no JSON.
  ///   - candidates: The formats to try.
  /// - Returns: The format, or what was seen where none or more than one fits.
  public static func detect(
    _ sample: some Sequence<JSONDocument?>, among candidates: [any RowFormat] = all
  ) -> Result<FormatDetection, FormatEvidence> {
    let sample = Array(sample)
    let (evidence, counts) = survey(sample, candidates)
    let accepted = candidates.indices.filter { isEnough(counts[$0], of: evidence.objectCount) }
    if accepted.count == 1 {
      return .success(FormatDetection(format: candidates[accepted[0]], evidence: evidence))
    }
    guard accepted.isEmpty else { return .failure(evidence) }
    return search(sample, FieldMapping(), evidence)
  }

  /// The format in which a person has named the fields: taken at their word as soon as one row of
  /// `sample` has them.
  public static func detect(
    _ sample: some Sequence<JSONDocument?>, mapping: FieldMapping
  ) -> Result<FormatDetection, FormatEvidence> {
    let sample = Array(sample)
    guard case .named(let chosen, let rejected) = mapping.sides else {
      return search(sample, mapping, survey(sample, []).0)
    }
    let format = mapped(prompt: mapping.prompt, chosen: chosen, rejected: rejected)
    let (evidence, counts) = survey(sample, [format])
    guard counts[0] > 0 else { return .failure(evidence) }
    return .success(FormatDetection(format: format, evidence: evidence))
  }

  /// The format of rows whose sides stand in columns or lists of no fixed name.
  private static func search(
    _ sample: [JSONDocument?], _ mapping: FieldMapping, _ evidence: FormatEvidence
  ) -> Result<FormatDetection, FormatEvidence> {
    var evidence = evidence
    let roots = sample.enumerated().compactMap { row, document in
      document.flatMap { $0.root.kind == .object ? (row: row, root: $0.root) : nil }
    }
    let format: any RowFormat
    switch SideBySideSearch(roots, mapping: mapping).find() {
    case .nothing:
      guard let found = RankedListSearch(roots.map(\.root), mapping: mapping).find() else {
        return .failure(evidence)
      }
      format = found
    case .ambiguous(let ambiguity):
      evidence.ambiguity = ambiguity
      return .failure(evidence)
    case .format(let found): format = found
    }
    let (found, counts) = survey(sample, [format])
    let isAccepted =
      mapping == FieldMapping() ? isEnough(counts[0], of: found.objectCount) : counts[0] > 0
    evidence.readings += found.readings
    return isAccepted
      ? .success(FormatDetection(format: format, evidence: found)) : .failure(evidence)
  }

  /// What the rows look like, and how many have the shape of each candidate.
  private static func survey(
    _ sample: some Sequence<JSONDocument?>, _ candidates: [any RowFormat]
  ) -> (FormatEvidence, [Int]) {
    var keys = KeySurvey()
    var rowCount = 0
    var objectCount = 0
    var counts = Array(repeating: 0, count: candidates.count)
    for document in sample {
      rowCount += 1
      guard let root = document?.root, root.kind == .object else { continue }
      objectCount += 1
      keys.note(root)
      for position in candidates.indices where candidates[position].recognises(root) {
        counts[position] += 1
      }
    }
    let readings = candidates.indices.filter { counts[$0] > 0 }
      .sorted { (-counts[$0], $0) < (-counts[$1], $1) }
      .map { FormatEvidence.Reading(format: candidates[$0].name, fitting: counts[$0]) }
    let evidence = FormatEvidence(
      rowCount: rowCount, objectCount: objectCount, readings: readings, keys: keys.mostFrequent)
    return (evidence, counts)
  }

  /// Whether so many rows of a sample decide what the others are.
  static func isEnough(_ fitting: Int, of total: Int) -> Bool {
    let misfits = total - fitting
    let allowed = max(1, Int(Double(total) * (1 - requiredShare)))
    return fitting > misfits && misfits <= allowed
  }
}

/// The keys of many objects, counted in the order in which they first appear.
private struct KeySurvey {
  private static let limit = 24
  private var positions: [String: Int] = [:]
  private var seen: [FormatEvidence.Key] = []

  mutating func note(_ root: JSONView) {
    for value in root.children {
      let name = value.key
      if let position = positions[name] {
        seen[position].count += 1
      } else if seen.count < 10 * Self.limit {
        positions[name] = seen.count
        seen.append(.init(name: name, kind: value.kind, count: 1))
      }
    }
  }

  var mostFrequent: [FormatEvidence.Key] {
    let order = seen.indices.sorted { (-seen[$0].count, $0) < (-seen[$1].count, $1) }
    return order.prefix(Self.limit).map { seen[$0] }
  }
}
