import PreferenceData

/// How many rows have each value of the fields that have a few: what a person can ask for.
public struct QueryValues: Hashable, Sendable {
  /// A value, and how many rows have it.
  public struct Count: Hashable, Sendable {
    public var value: String
    public var rows: Int

    public init(_ value: String, rows: Int) {
      self.value = value
      self.rows = rows
    }
  }

  /// By field, the values that any row has: those of Demur in its order, others by falling number.
  public private(set) var counts: [Query.Property: [Count]] = [:]

  public init() {}

  /// - Parameters:
  ///   - subject: The rows.
  ///   - measures: What is counted of their texts; without it nothing is said of sources and annotators.
  /// - Complexity: O(rows), and O(n log n) for each signal that `why` looks at. Reads no texts.
  public init(of subject: QuerySubject, measures: RowMeasures?) {
    let columns = QueryColumns(subject, measures: measures)
    // Whether a label was kept or exchanged is nobody's before it is asked for in open mode.
    let statuses = RowStatus.allCases.filter {
      !Query.Property.status.tellsLabel(value: $0.rawValue)
    }
    counts[.status] = Self.present(
      statuses.map { Count($0.rawValue, rows: columns.rows(with: $0).count(where: \.self)) })
    counts[.why] = Self.present(
      RowDoubt.allCases.map {
        Count($0.rawValue, rows: columns.rows(with: $0).count(where: \.self))
      })
    counts[.tag] = Self.tally(columns.tags)
    counts[.reason] = Self.tally(columns.reasons)
    counts[.criterion] = Self.tally(columns.criteria)
    if let measures {
      counts[.source] = Self.tally(measures.sources.compactMap(\.self))
      counts[.annotator] = Self.tally(measures.annotators.compactMap(\.self))
    }
  }

  private static func present(_ counts: [Count]) -> [Count] { counts.filter { $0.rows > 0 } }

  private static func tally(_ values: some Sequence<String>) -> [Count] {
    var rows: [String: Int] = [:]
    for value in values { rows[value, default: 0] += 1 }
    return rows.map { Count($0.key, rows: $0.value) }
      .sorted { ($1.rows, $0.value) < ($0.rows, $1.value) }
  }
}
