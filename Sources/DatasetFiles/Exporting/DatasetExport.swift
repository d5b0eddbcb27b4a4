import PreferenceData

/// What becomes of a row in an export.
public enum RowDisposition: Hashable, Sendable {
  case asIs
  /// The other side is preferred.
  case swap
  case omit
}

/// How far an export has come.
public struct ExportProgress: Hashable, Sendable {
  public var rowsDone: Int
  public var rowsTotal: Int

  public init(rowsDone: Int, rowsTotal: Int) {
    self.rowsDone = rowsDone
    self.rowsTotal = rowsTotal
  }
}

/// What an export wrote.
public struct ExportSummary: Hashable, Sendable {
  public var asIs = 0
  public var swapped = 0
  public var omitted = 0
  public var file: AtomicFile.Written
}

extension Dataset {
  /// Writes a copy of the data set in which some rows are swapped or left out.
  ///
  /// Every other byte is as it was: rows nobody changed, blank lines, line ends, a byte order mark,
  /// the blanks of an array. In a swapped row the spans of its label-bearing values change places.
  /// An array stays an array whichever elements are left out.
  ///
  /// - Precondition: The data set is complete.
  /// - Parameters:
  ///   - path: Where to write; a name that ends in `.gz`, `.zst` or `.xz` is compressed. Never the data set's own
  ///     file.
  ///   - observe: Told how far it has come, about every megabyte; false ends the work.
  ///   - disposition: What becomes of each row; called once a row, in order.
  /// - Returns: What was written.
  /// - Throws: Why nothing was; then an older file under this name still stands.
  @discardableResult
  public func export(
    to path: String, observe: (ExportProgress) -> Bool = { _ in true },
    disposition: (Int) -> RowDisposition
  ) throws(ExportError) -> ExportSummary {
    precondition(isComplete, "an export is of a whole data set")
    try checkUnchanged()
    let file = try AtomicFile(path: path, protecting: fingerprint)
    var writer = ExportWriter(dataset: self, file: file)
    var counts: [RowDisposition: Int] = [:]
    for row in 0..<rowCount {
      let fate = disposition(row)
      counts[fate, default: 0] += 1
      try writer.put(row, fate)
      if try writer.flush(ifLongerThan: 1 << 20, before: row + 1),
        !observe(ExportProgress(rowsDone: row + 1, rowsTotal: rowCount))
      {
        throw .cancelled
      }
    }
    try writer.finish()
    try checkUnchanged()
    let written = try file.commit()
    return ExportSummary(
      asIs: counts[.asIs] ?? 0, swapped: counts[.swap] ?? 0, omitted: counts[.omit] ?? 0,
      file: written)
  }

  /// The bytes of `row` with the other side preferred.
  func swappedBytes(of row: Int) throws(ExportError) -> [UInt8] {
    guard case .success(let document) = document(row),
      case .success = format.row(from: document.root)
    else { throw .cannotSwap(row: row) }
    do throws(DatasetReadError) {
      return LabelEdit.apply(format.swapEdits(in: document.root), to: try rowBytes(row))
    } catch {
      throw .reading(error)
    }
  }

  private func checkUnchanged() throws(ExportError) {
    let change: FileChange?
    do throws(DatasetReadError) {
      change = try self.change()
    } catch {
      throw .reading(error)
    }
    if let change { throw .inputChanged(change) }
  }
}
