public import PreferenceData

/// What becomes of a row in an export.
public enum RowDisposition: Hashable, Sendable {
  case asIs
  /// The other one of its two sides is preferred.
  case swap
  /// The side at this position is better than every other one.
  case prefer(Int)
  /// Each side of a ranking takes the place of the side at this position (`JudgedRanking`).
  case rank([Int])
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
  public var asIs: Int
  /// Rows whose label was changed.
  public var swapped: Int
  public var omitted: Int
  public var file: AtomicFile.Written

  public init(asIs: Int, swapped: Int, omitted: Int, file: AtomicFile.Written) {
    self.asIs = asIs
    self.swapped = swapped
    self.omitted = omitted
    self.file = file
  }
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
  ///   - path: Where to write; a name that ends in `.gz`, `.zst` or `.xz` is compressed. Never the
  ///     data set's own file. A folder becomes a new folder of files with the same names, each
  ///     written as its name says, unless this is the name of a data file: then all rows go there.
  ///   - added: The members that each row gets at its end; nil where rows stay as they are. Only JSON
  ///     rows can get any; those that are no objects stay as they are.
  ///   - copies: How often each row that is not left out is written, one after another, from 1; nil
  ///     for once each. Parquet rows cannot be repeated.
  ///   - observe: Told how far it has come, about every megabyte; false ends the work.
  ///   - disposition: What becomes of each row; called once a row, in order.
  /// - Returns: What was written.
  /// - Throws: Why nothing was; then an older file under this name still stands.
  @discardableResult
  public func export(
    to path: String, adding added: ((Int) -> [JSONValue.Member])? = nil,
    copies: ((Int) -> Int)? = nil, observe: (ExportProgress) -> Bool = { _ in true },
    disposition: (Int) -> RowDisposition
  ) throws(ExportError) -> ExportSummary {
    precondition(isComplete, "an export is of a whole data set")
    try checkUnchanged()
    if folder == nil { try checkName(of: path) }
    var destination = try ExportDestination(self, path: path)
    var (asIs, changed, omitted) = (0, 0, 0)
    var row = 0
    func told() throws(ExportError) {
      guard observe(ExportProgress(rowsDone: row, rowsTotal: rowCount)) else { throw .cancelled }
    }
    for part in parts {
      let file = try destination.file(for: part)
      let first = row
      var writer = try destination.writer(
        for: part, to: file, isFirst: first == 0, isAdding: added != nil,
        isRepeating: copies != nil
      ) { (position, disposition) throws(ExportError) in
        var bytes = try self.bytes(of: first + position, as: disposition)
        if let added { bytes = try Self.row(bytes, adding: added(first + position)) }
        let separator: [UInt8] = part.layout.arrangement == .array ? Array(",\n".utf8) : [0x0A]
        let more = repeatElement(separator + bytes, count: (copies?(first + position) ?? 1) - 1)
        return bytes + more.joined()
      }
      var writtenCount = 0
      for position in 0..<part.rowCount {
        let fate = disposition(row)
        switch fate {
        case .asIs: asIs += 1
        case .swap, .prefer, .rank: changed += 1
        case .omit: omitted += 1
        }
        try writer.put(position, fate)
        if fate != .omit { writtenCount += copies?(row) ?? 1 }
        row += 1
        if try writer.flush(ifLongerThan: 1 << 20, before: position + 1) { try told() }
      }
      try writer.finish(endingLine: destination.isJoined && row < rowCount, waiting: told)
      try destination.complete(part, in: file, rowCount: writtenCount)
    }
    try checkUnchanged()
    let isChanged = changed + omitted > 0 || copies != nil || added != nil
    let written = try destination.commit(isChanged: isChanged)
    return ExportSummary(asIs: asIs, swapped: changed, omitted: omitted, file: written)
  }

  /// Whether an export of every row as it is to `path` has the bytes of the data set's one file.
  public func isCopied(to path: String) -> Bool {
    folder == nil && parts[0].origin.fingerprint != nil
      && parts[0].contents === parts[0].origin.file && !AtomicFile.isCompressed(path)
  }

  /// Whether the format of the data set can say that the side at `position` of `row` is best.
  public func canPrefer(_ position: Int, in row: Int) -> Bool {
    guard case .success(let document) = document(row) else { return false }
    return format.edits(preferring: position, in: document.root) != nil
  }

  /// Whether the format of the data set can say that each side of `row` has the place of the side in
  /// `sources`.
  public func canRank(_ sources: [Int], in row: Int) -> Bool {
    guard case .success(let document) = document(row) else { return false }
    return format.edits(assigning: sources, in: document.root) != nil
  }

  /// The bytes of `row` in an export.
  func bytes(of row: Int, as disposition: RowDisposition) throws(ExportError) -> [UInt8] {
    let bytes: [UInt8]
    do throws(DatasetReadError) {
      bytes = try rowBytes(row)
    } catch {
      throw .reading(error)
    }
    if disposition == .asIs || disposition == .omit { return bytes }
    guard case .success(let document) = document(row),
      let edits = edits(of: document.root, as: disposition),
      let edited = apply(edits, to: bytes, of: row)
    else { throw .cannotSwap(row: row) }
    return edited
  }

  private func edits(of root: JSONView, as disposition: RowDisposition) -> [LabelEdit]? {
    switch disposition {
    case .asIs, .omit: []
    case .swap: format.swapEdits(in: root)
    case .prefer(let position): format.edits(preferring: position, in: root)
    case .rank(let sources): format.edits(assigning: sources, in: root)
    }
  }

  /// `bytes` of `row` after `edits` of its JSON values; nil where its container has no way to write
  /// one of them.
  func apply(_ edits: [LabelEdit], to bytes: [UInt8], of row: Int) -> [UInt8]? {
    guard let table = parts[place(of: row).part].layout.table else {
      return LabelEdit.apply(edits, to: bytes)
    }
    return table.cellEdits(edits, in: bytes).map { LabelEdit.apply($0, to: bytes) }
  }

  /// Makes sure that the files are what was opened.
  public func checkUnchanged() throws(ExportError) {
    let change: FileChange?
    do throws(DatasetReadError) {
      change = try self.change()
    } catch {
      throw .reading(error)
    }
    if let change { throw .inputChanged(change) }
  }
}
