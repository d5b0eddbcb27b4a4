import Glibc
public import PreferenceData

extension Dataset {
  /// Opens a data set: finds its container, its rows and its format.
  ///
  /// The file is read through once, in parts; compressed and piped data goes into a file without a
  /// name on the way. Rows are found, not parsed, but for a sample that settles the format.
  ///
  /// - Parameters:
  ///   - input: Where it comes from.
  ///   - mapping: Which fields hold the parts of a row; nil to find the format from the rows.
  ///   - settings: Bounds on what reading may cost.
  ///   - observe: Told how far it has come, about every half megabyte; false ends the work.
  ///   - firstRows: Given the rows within the first megabyte of a longer data set, as soon as they
  ///     are there and their format is clear, and not called again.
  /// - Returns: The whole data set.
  /// - Throws: Why there is none; bad rows are no reason.
  public static func open(
    _ input: DatasetInput, mapping: FieldMapping? = nil, settings: DatasetReadSettings = .init(),
    observe: (OpenProgress) -> Bool = { _ in true }, firstRows: (Dataset) -> Void = { _ in }
  ) throws(DatasetReadError) -> Dataset {
    let origin = try DatasetOrigin(input)
    var source = ByteSource(origin.file, size: origin.fingerprint?.size)
    let first = try source.peek(ContentKind.sampleSize)
    guard !first.isEmpty else { throw .empty }
    let kind = ContentKind(first)
    var intake: Intake
    var compression: DatasetContainer.Compression?
    if case .compressed(let found) = kind {
      compression = found
      intake = Intake(UnpackedSource(source, found), spool: try Spool(settings))
    } else if let refusal = kind.refusal {
      throw refusal
    } else {
      intake = Intake(source, spool: origin.fingerprint == nil ? try Spool(settings) : nil)
    }
    let contents = intake.spool?.file ?? origin.file
    let readers = RowReaders()
    func dataset(of layout: RowLayout, isComplete: Bool) throws(DatasetReadError) -> Dataset {
      let container = DatasetContainer(
        arrangement: layout.arrangement, compression: compression)
      let detection = try detect(layout, contents, readers, settings, mapping)
      return Dataset(
        origin: origin, container: container, layout: layout, contents: contents,
        readers: readers, detection: detection, rowLimit: settings.rowLimit, isComplete: isComplete)
    }
    var isFirstShown = false
    let layout = try intake.readThrough { (bytesRead, unpacked, layout) throws(DatasetReadError) in
      let progress = OpenProgress(
        bytesRead: bytesRead, bytesTotal: origin.fingerprint?.size, rows: layout.spans.count)
      guard observe(progress) else { throw .cancelled }
      guard !isFirstShown, unpacked >= firstPartSize, !layout.spans.isEmpty else { return }
      isFirstShown = true
      do throws(DatasetReadError) {
        firstRows(try dataset(of: layout, isComplete: false))
      } catch {
        // The whole may be clearer than its beginning; if not, opening fails below.
        return
      }
    }
    try origin.checkUnchanged()
    guard !layout.spans.isEmpty else { throw .noRows }
    return try dataset(of: layout, isComplete: true)
  }

  private static let firstPartSize = 1 << 20

  /// The format of rows spread evenly over the data set.
  private static func detect(
    _ layout: RowLayout, _ contents: OpenFile, _ readers: RowReaders,
    _ settings: DatasetReadSettings, _ mapping: FieldMapping?
  ) throws(DatasetReadError) -> FormatDetection {
    let count = min(layout.spans.count, RowFormats.sampleSize)
    var sample: [JSONDocument?] = []
    for place in 0..<count {
      let span = layout.spans[place * layout.spans.count / count]
      guard span.count <= settings.rowLimit else {
        sample.append(nil)
        continue
      }
      let document = try readers.withReader(near: span.lowerBound) {
        (reader) throws(DatasetReadError) in
        try reader.document(in: span, of: contents)
      }
      sample.append(try? document.get())
    }
    do throws(FormatEvidence) {
      if let mapping { return try RowFormats.detect(sample, mapping: mapping).get() }
      return try RowFormats.detect(sample).get()
    } catch {
      throw error.readings.isEmpty ? .noPairs(error) : .unclearFormat(error)
    }
  }
}

extension DatasetOrigin {
  init(_ input: DatasetInput) throws(DatasetReadError) {
    do throws(SystemFailure) {
      switch input {
      case .standardInput(let descriptor):
        let file = OpenFile(descriptor: descriptor, isOwned: false)
        self.init(name: "standard input", path: nil, file: file, fingerprint: nil)
      case .file(let path):
        let file = try OpenFile(path: path, flags: O_RDONLY)
        let status = try file.status()
        guard !status.isFolder else { throw SystemFailure(operation: "open", code: EISDIR) }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        self.init(
          name: name, path: path, file: file,
          fingerprint: status.isRegularFile ? status.fingerprint : nil)
      }
    } catch {
      switch error.code {
      case ENOENT, ENOTDIR: throw .missing
      case EISDIR: throw .isFolder
      case EACCES, EPERM: throw .notPermitted
      default: throw .system(error)
      }
    }
  }

  /// The file may have grown while it was read: then it counts as it was before. Anything else makes
  /// what was read worthless.
  fileprivate func checkUnchanged() throws(DatasetReadError) {
    guard let fingerprint else { return }
    let now: FileFingerprint
    do throws(SystemFailure) {
      now = try file.status().fingerprint
    } catch {
      throw .system(error)
    }
    switch fingerprint.change(to: now) {
    case nil, .appended: return
    default: throw .changedWhileReading
    }
  }
}
