public import PreferenceData

extension Dataset {
  /// The row with all that a conversion may carry over, or why it cannot be carried as it is: text
  /// that was replaced when it was read, and pictures that stand in the file alone.
  ///
  /// - Complexity: O(length of the row).
  public func convertibleRow(at row: Int) -> Result<ConvertibleRow, Inexpressible> {
    Result { () throws(Inexpressible) in
      guard !format.holdsTokens else { throw .tokens }
      guard case .success(var document) = document(row) else { throw .unreadable }
      var carriesHalves = false
      if document.texts.span.holds(Self.replacement) {
        (document, carriesHalves) = try exactDocument(of: row, readAs: document)
      }
      guard case .success(let read) = format.row(from: document.root) else { throw .unreadable }
      let pair = columns.applied(to: read, of: document.root)
      let turns = pair.context + pair.sides.flatMap(\.turns)
      // JSON inside a text is read apart, and a half surrogate in it is gone.
      if !document.texts.span.holds(Self.replacement),
        turns.contains(where: { $0.text.unicodeScalars.contains("\u{FFFD}") })
      {
        throw .damagedText
      }
      for column in parts[place(of: row).part].parquet?.columns ?? [] where column.isBinary {
        guard let word = document.root[column.name]?.string else { continue }
        guard !turns.contains(where: { $0.text == word }) else { throw .media }
      }
      return ConvertibleRow(pair, root: document.root, carriesHalves: carriesHalves)
    }
  }

  private static let replacement = Array("\u{FFFD}".utf8)

  /// The document of a row whose texts hold U+FFFD: as the file spells it, or with lone surrogates
  /// that are carried.
  private func exactDocument(
    of row: Int, readAs document: JSONDocument
  ) throws(Inexpressible) -> (JSONDocument, carriesHalves: Bool) {
    let bytes: [UInt8]
    do throws(DatasetReadError) {
      bytes = try rowBytes(row)
    } catch {
      throw .unreadable
    }
    guard String(validating: bytes, as: UTF8.self) != nil else { throw .damagedText }
    guard parts[place(of: row).part].layout.table == nil else {
      guard bytes.span.holds(Self.replacement) else { throw .damagedText }
      return (document, false)
    }
    // Scalars by which halves are carried would be taken for halves.
    guard !document.texts.span.holds([0xF4, 0x8D]) else { throw .damagedText }
    do throws(JSONSyntaxError) {
      return (try JSONDocument(lenient: bytes.span, carryingHalves: true), true)
    } catch {
      throw .unreadable
    }
  }
}

extension Span<UInt8> {
  /// Whether `pattern` stands anywhere in these bytes.
  fileprivate func holds(_ pattern: [UInt8]) -> Bool {
    var start = 0
    while let found = firstIndex(of: pattern[0], from: start) {
      if found + pattern.count <= count,
        pattern.indices.allSatisfy({ self[found + $0] == pattern[$0] })
      {
        return true
      }
      start = found + 1
    }
    return false
  }
}
