import PreferenceData

/// Rows spread evenly over a data set, from which its format is found.
struct FormatSample {
  private let readers: RowReaders
  private let settings: DatasetReadSettings
  private let mapping: FieldMapping?
  /// The format, where it need not be found.
  private let given: (any RowFormat)?
  /// The format that a description of the data set gives, which may be wrong.
  private let described: (any RowFormat)?

  init(
    _ readers: RowReaders, _ settings: DatasetReadSettings, _ mapping: FieldMapping?,
    given: (any RowFormat)? = nil, described: (any RowFormat)? = nil
  ) {
    self.described = described
    self.readers = readers
    self.settings = settings
    self.mapping = mapping
    self.given = given
  }

  /// The format of the rows in `parts`, whose tables learn what their columns hold.
  ///
  /// Cells have no types, so columns are first read as what they spell: numbers and flags where all
  /// cells do. Where that gives no format, all are read as text: answers may be numbers.
  func detect(_ parts: inout [DatasetPart]) throws(DatasetReadError) -> FormatDetection {
    let rows = rows(of: parts)
    var typed = parts
    for part in typed.indices where typed[part].layout.table != nil {
      var cells: [[UInt8]] = []
      for row in rows where row.part == part {
        let span = typed[part].layout.spans[row.row]
        guard span.count <= settings.rowLimit else { continue }
        cells.append(
          try readers.withReader(near: span.lowerBound) { (reader) throws(DatasetReadError) in
            try reader.bytes(in: span, of: typed[part].contents)
          })
      }
      typed[part].layout.table?.learnKinds(from: cells)
    }
    if let given {
      parts = typed
      return FormatDetection(given: given)
    }
    switch detection(try documents(rows, typed)) {
    case .success(let detection):
      parts = typed
      return detection
    case .failure(var seen):
      if typed.contains(where: { $0.layout.table?.isTyped ?? false }),
        case .success(let detection) = detection(try documents(rows, parts))
      {
        return detection
      }
      // Examples are counted within the sample.
      let firstRows = parts.indices.map { part in
        parts[..<part].reduce(0) { $0 + $1.rowCount }
      }
      seen.ambiguity?.renumber { firstRows[rows[$0].part] + rows[$0].row }
      let isUnclear = !seen.readings.isEmpty || seen.ambiguity != nil
      throw isUnclear ? .unclearFormat(seen) : .noPairs(seen)
    }
  }

  private func rows(of parts: [DatasetPart]) -> [(part: Int, row: Int)] {
    let total = parts.reduce(0) { $0 + $1.rowCount }
    let count = min(total, RowFormats.sampleSize)
    var chosen: [(part: Int, row: Int)] = []
    var part = 0
    var before = 0
    for place in 0..<count {
      let row = place * total / count
      while row - before >= parts[part].rowCount {
        before += parts[part].rowCount
        part += 1
      }
      chosen.append((part, row - before))
    }
    return chosen
  }

  private func documents(
    _ rows: [(part: Int, row: Int)], _ parts: [DatasetPart]
  ) throws(DatasetReadError) -> [JSONDocument?] {
    var sample: [JSONDocument?] = []
    for (part, row) in rows {
      let span = parts[part].layout.spans[row]
      guard span.count <= settings.rowLimit else {
        sample.append(nil)
        continue
      }
      let document = try readers.withReader(near: span.lowerBound) {
        (reader) throws(DatasetReadError) in
        try reader.document(
          in: span, of: parts[part].contents, table: parts[part].layout.table)
      }
      switch document {
      case .success(let document): sample.append(document)
      case .failure: sample.append(nil)
      }
    }
    return sample
  }

  private func detection(
    _ sample: [JSONDocument?]
  ) -> Result<FormatDetection, FormatEvidence> {
    if let mapping { return RowFormats.detect(sample, mapping: mapping) }
    if let described,
      case .success(let found) = RowFormats.detect(sample, among: [described]),
      found.format.identity == described.identity
    {
      return .success(found)
    }
    return RowFormats.detect(sample)
  }
}
