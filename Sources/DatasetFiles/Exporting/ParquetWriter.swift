import PreferenceData

/// Writes one file of Parquet or Arrow anew: rows nobody changed are copied if there are no others,
/// else the program that reads it is told what changes.
struct ParquetWriter: PartWriter {
  private let part: DatasetPart
  private let parquet: ParquetFile
  private let file: AtomicFile
  private let bytes: (Int, RowDisposition) throws(ExportError) -> [UInt8]
  /// What changes, a line a row.
  private let changes: OpenFile
  private var changeCount = 0
  private var longestLine = 0
  private var changedColumns: Set<Int> = []

  init(
    _ part: DatasetPart, _ parquet: ParquetFile, to file: AtomicFile,
    bytes: @escaping (Int, RowDisposition) throws(ExportError) -> [UInt8]
  ) throws(ExportError) {
    self.part = part
    self.parquet = parquet
    self.file = file
    self.bytes = bytes
    do throws(SystemFailure) {
      changes = try OpenFile(unnamedIn: parquet.duckDB.scratchFolder)
    } catch {
      throw .reading(.system(error))
    }
  }

  mutating func put(_ row: Int, _ disposition: RowDisposition) throws(ExportError) {
    switch disposition {
    case .asIs: return
    case .omit: try note("{\"row\":\(row),\"drop\":true}")
    case .swap, .prefer, .rank:
      let columns = try changedValues(from: bytes(row, .asIs), to: bytes(row, disposition), of: row)
      changedColumns.formUnion(columns.map(\.column))
      let values = columns.map { ",\"h\($0.column)\":true,\"c\($0.column)\":\($0.value)" }
      try note("{\"row\":\(row)\(values.joined())}")
    }
  }

  func flush(ifLongerThan limit: Int, before row: Int) -> Bool { row.isMultiple(of: 4096) }

  mutating func finish(
    endingLine: Bool, waiting: () throws(ExportError) -> Void
  ) throws(ExportError) {
    guard changeCount > 0 else { return try copyOriginal() }
    var buffer = [UInt8](repeating: 0, count: Dataset.chunkSize)
    var output: ProgramOutput
    do throws(DatasetReadError) {
      output = try parquet.changed(
        by: changes, in: changedColumns.sorted(), longestLine: longestLine)
    } catch {
      throw .reading(error)
    }
    while true {
      // What ends the waiting has to come through the reading.
      var ended: ExportError?
      let count: Int
      do throws(DatasetReadError) {
        count = try output.read(into: &buffer) { () throws(DatasetReadError) in
          do throws(ExportError) {
            try waiting()
          } catch {
            ended = error
            throw .cancelled
          }
        }
      } catch {
        throw ended ?? .reading(error)
      }
      guard count > 0 else { return }
      let written = buffer
      try file.write(written.span.extracting(0..<count))
    }
  }

  private func copyOriginal() throws(ExportError) {
    var original = part.original
    var buffer = [UInt8](repeating: 0, count: Dataset.chunkSize)
    while true {
      let count: Int
      do throws(DatasetReadError) {
        count = try original.read(into: &buffer)
      } catch {
        throw .reading(error)
      }
      guard count > 0 else { return }
      try file.write(buffer.span.extracting(0..<count))
    }
  }

  /// The columns in which two spellings of a row differ, and their new values.
  private func changedValues(
    from old: [UInt8], to new: [UInt8], of row: Int
  ) throws(ExportError) -> [(column: Int, value: String)] {
    let oldValues = try values(in: old, of: row)
    let newValues = try values(in: new, of: row)
    guard oldValues.count == newValues.count else { throw .cannotSwap(row: row) }
    let changed = newValues.indices.filter { oldValues[$0] != newValues[$0] }
    for column in changed {
      // Pictures stand in the row by their size only; and a value that comes from a column of
      // another type (0.5 to whole numbers) might not be the same there.
      let type = parquet.columns[column].type
      let sources = changed.filter { oldValues[$0] == newValues[column] }
      guard !parquet.columns[column].isBinary,
        sources.isEmpty || sources.contains(where: { parquet.columns[$0].type == type })
      else { throw .cannotSwap(row: row) }
    }
    return changed.map { ($0, String(decoding: newValues[$0], as: UTF8.self)) }
  }

  private func values(in row: [UInt8], of number: Int) throws(ExportError) -> [ArraySlice<UInt8>] {
    do throws(JSONSyntaxError) {
      let values = try JSONDocument(lenient: row.span).root.children.map { row[$0.span] }
      precondition(values.count == parquet.columns.count, "a row has a value for every column")
      return values
    } catch {
      throw .cannotSwap(row: number)
    }
  }

  private mutating func note(_ line: String) throws(ExportError) {
    let bytes = Array((line + "\n").utf8)
    changeCount += 1
    longestLine = max(longestLine, bytes.count)
    do throws(SystemFailure) {
      try changes.write(bytes.span)
    } catch {
      throw .reading(.system(error))
    }
  }
}
