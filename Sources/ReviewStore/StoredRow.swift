import GRDB
import PreferenceData

/// A column that holds what this program never writes.
struct UnreadableColumn: Error {
  var name: String
}

extension Row {
  /// The value under `name`. GRDB's own subscript traps where the value has another type; a
  /// damaged file must be an error.
  func stored<Value: DatabaseValueConvertible>(_ name: String) throws -> Value {
    guard let value: Value = try storedIfPresent(name) else { throw UnreadableColumn(name: name) }
    return value
  }

  func storedIfPresent<Value: DatabaseValueConvertible>(_ name: String) throws -> Value? {
    let held: DatabaseValue = self[name]
    guard !held.isNull else { return nil }
    guard let value = Value.fromDatabaseValue(held) else { throw UnreadableColumn(name: name) }
    return value
  }

  func side(_ name: String) throws -> SideID? {
    guard let text: String = try storedIfPresent(name) else { return nil }
    guard let hash = StableHash(hexadecimal: text) else { throw UnreadableColumn(name: name) }
    return SideID(hash)
  }

  /// The two sides that were judged; nil where the whole row was, as in every journal that nobody has
  /// written to since before there were such columns.
  func judgedPair() throws -> SidePair? {
    guard hasColumn("judged_first"), let first = try side("judged_first") else { return nil }
    guard let second = try side("judged_second"), first != second else {
      throw UnreadableColumn(name: "judged_second")
    }
    return SidePair(first, second)
  }

  func annotator(_ name: String) throws -> AnnotatorName {
    guard let annotator = AnnotatorName(try stored(name)) else {
      throw UnreadableColumn(name: name)
    }
    return annotator
  }

  /// The row of the data set that `pair` and `occurrence` name.
  func rowID() throws -> RowID {
    guard let pair = StableHash(hexadecimal: try stored("pair") as String) else {
      throw UnreadableColumn(name: "pair")
    }
    let occurrence: Int = try stored("occurrence")
    guard occurrence >= 0 else { throw UnreadableColumn(name: "occurrence") }
    return RowID(pair: PairID(pair), occurrence: occurrence)
  }
}
