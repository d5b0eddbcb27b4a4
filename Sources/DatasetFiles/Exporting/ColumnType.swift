import PreferenceData

/// What the values of a column of JSON objects are, as a table has to know it.
indirect enum ColumnType: Hashable, Sendable {
  /// Nothing but nulls was seen.
  case empty
  case boolean, integer, number, text
  case list(ColumnType)
  /// Members in the order in which they were first seen; a value may lack some.
  case record([Member])
  /// Values of several kinds, which stand there as their JSON.
  case json

  struct Member: Hashable, Sendable {
    var name: String
    var type: ColumnType
  }

  init(_ value: JSONView) {
    switch value.kind {
    case .null: self = .empty
    case .true, .false: self = .boolean
    case .number: self = value.scalarText.flatMap { Int($0) } == nil ? .number : .integer
    case .string: self = .text
    case .array:
      self = .list(value.children.reduce(.empty) { $0.joined(with: ColumnType($1)) })
    case .object:
      let members = value.children.map { Member(name: $0.key, type: ColumnType($0)) }
      self = members.isEmpty ? .json : Self.record(of: members)
    }
  }

  /// The narrowest type that holds what either holds.
  func joined(with other: ColumnType) -> ColumnType {
    switch (self, other) {
    case (.empty, let type), (let type, .empty): return type
    case (.integer, .number), (.number, .integer): return .number
    case (.list(let own), .list(let more)): return .list(own.joined(with: more))
    case (.record(var members), .record(let more)):
      for member in more {
        if let place = members.firstIndex(where: { $0.name == member.name }) {
          members[place].type = members[place].type.joined(with: member.type)
        } else {
          members.append(member)
        }
      }
      return Self.record(of: members)
    case _ where self == other: return self
    default: return .json
    }
  }

  /// A table does not tell names apart by the case of their letters, and has each once.
  private static func record(of members: [Member]) -> ColumnType {
    Set(members.map { $0.name.lowercased() }).count == members.count ? .record(members) : .json
  }

  /// Whether a value is more than a text, a number or a truth.
  var isNested: Bool {
    switch self {
    case .list, .record, .json: true
    case .empty, .boolean, .integer, .number, .text: false
    }
  }

  /// As DuckDB spells it.
  var sql: String {
    switch self {
    case .empty, .text: "VARCHAR"
    case .boolean: "BOOLEAN"
    case .integer: "BIGINT"
    case .number: "DOUBLE"
    case .list(let type): type.sql + "[]"
    case .record(let members):
      "STRUCT("
        + members.map { "\(DuckDB.column($0.name)) \($0.type.sql)" }.joined(separator: ", ") + ")"
    case .json: "JSON"
    }
  }
}
