/// One object of a conversion.
public struct ConvertedObject: Hashable, Sendable {
  /// Its JSON on one line.
  public var text: String
  /// Its keys, in order.
  public var columns: [String]
}

/// Turns rows of any data set into the objects of one form.
///
/// Nothing is written that would be read as something else: every object is read again as Demur reads
/// files of the form, and must say what the row says: the same context, the same sides, the same
/// preference. A row that does not come through is counted, with the reason.
public struct Conversion: Sendable {
  public let target: any TargetFormat
  private let writer: any TargetWriting
  private let additions: [AddedColumn]
  private let tiesInBothOrders: Bool

  /// - Parameters:
  ///   - target: One of `TargetFormats.all`.
  ///   - additions: Columns that every object gets beside those of the form.
  ///   - tiesInBothOrders: Whether a tie is written as two comparisons, one in each order; else a tie
  ///     cannot be written.
  public init(
    to target: any TargetFormat, adding additions: [AddedColumn] = [],
    tiesInBothOrders: Bool = false
  ) {
    guard let writer = target as? any TargetWriting else {
      preconditionFailure("\(target.name) is none of the forms that are written")
    }
    self.target = target
    self.writer = writer
    self.additions = additions
    self.tiesInBothOrders = tiesInBothOrders
  }

  /// The objects that `row` comes to, or why it cannot be written.
  ///
  /// - Parameters:
  ///   - row: The row.
  ///   - label: What is to be said of its sides, where a decision changed it.
  ///   - note: What is known of the row beside its texts.
  /// - Returns: One object or more.
  /// - Complexity: O(length of the row) for each object.
  public func objects(
    of row: ConvertibleRow, label: PreferenceLabel, note: RowNote
  ) -> Result<[ConvertedObject], Inexpressible> {
    Result { () throws(Inexpressible) in
      var objects: [ConvertedObject] = []
      for placed in try row.examples(as: label, tiesInBothOrders: tiesInBothOrders) {
        let added = additions.map { column in
          JSONValue.Member(
            column.name,
            column.value(of: row.row, better: placed.better, worse: placed.worse, note: note))
        }
        let written = try writer.objects(for: placed.example).map { members in
          ConvertedObject(
            text: JSONValue.object(members + added).text(restoringHalves: row.carriesHalves),
            columns: members.map(\.key))
        }
        var rows: [PreferenceRow] = []
        for object in written { rows.append(try readAgain(object.text)) }
        guard writer.isSame(rows, as: placed.example) else { throw .readsOtherwise }
        objects += written
      }
      return objects
    }
  }

  private func readAgain(_ line: String) throws(Inexpressible) -> PreferenceRow {
    let root: JSONView
    do throws(JSONSyntaxError) {
      // Rows without halves hold no carriers, so that carrying does no harm.
      root = try JSONDocument(lenient: Array(line.utf8).span, carryingHalves: true).root
    } catch {
      throw .readsOtherwise
    }
    guard writer.reader.recognises(root), case .success(let row) = writer.reader.row(from: root)
    else { throw .readsOtherwise }
    return row
  }
}
