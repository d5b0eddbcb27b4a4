import Glibc
public import PreferenceData

extension Dataset {
  /// Opens a data set: finds its container, its rows and its format.
  ///
  /// A folder is one data set of the rows of all its data files, in the order of their names.
  ///
  /// The file is read through once, in parts; compressed and piped data goes into a file without a
  /// name on the way. Rows are found, not parsed, but for a sample that settles the format.
  ///
  /// - Parameters:
  ///   - input: Where it comes from.
  ///   - mapping: Which fields hold the parts of a row; nil to find the format from the rows.
  ///   - columns: Which fields hold rewards, the group and the annotator, where the person says so.
  ///   - format: The format, where it need not be found.
  ///   - described: The format that a description beside the data set gives, if any: it is looked for
  ///     before all others.
  ///   - settings: Bounds on what reading may cost.
  ///   - observe: Told how far it has come, about every half megabyte; false ends the work.
  ///   - firstRows: Given the rows within the first megabyte of a longer data set, as soon as they
  ///     are there and their format is clear, and not called again.
  /// - Returns: The whole data set.
  /// - Throws: Why there is none; bad rows are no reason.
  public static func open(
    _ input: DatasetInput, mapping: FieldMapping? = nil, columns: NamedColumns = NamedColumns(),
    format: (any RowFormat)? = nil, described: (any RowFormat)? = nil,
    settings: DatasetReadSettings = .init(),
    observe: (OpenProgress) -> Bool = { _ in true }, firstRows: (Dataset) -> Void = { _ in }
  ) throws(DatasetReadError) -> Dataset {
    let (origins, folder) = try DatasetOrigin.all(of: input)
    guard !origins.isEmpty else { throw .noDataFiles }
    let sizes = origins.map { $0.fingerprint?.size }
    let bytesTotal = sizes.contains(nil) ? nil : sizes.reduce(0) { $0 + ($1 ?? 0) }
    let readers = RowReaders()
    func dataset(of parts: [DatasetPart], isComplete: Bool) throws(DatasetReadError) -> Dataset {
      var parts = parts
      let detection = try FormatSample(
        readers, settings, mapping, given: format, described: described
      )
      .detect(&parts)
      return Dataset(
        parts: parts, folder: folder, readers: readers, detection: detection, columns: columns,
        rowLimit: settings.rowLimit, isComplete: isComplete)
    }
    var isFirstShown = false
    var intake = Intake(settings)
    for origin in origins {
      do throws(DatasetReadError) {
        try intake.take(origin) { (progress, before, part) throws(DatasetReadError) in
          let told = OpenProgress(
            bytesRead: progress.bytesRead, bytesTotal: bytesTotal, rows: progress.rows)
          guard observe(told) else { throw .cancelled }
          guard !isFirstShown, progress.bytesMade >= firstPartSize, progress.rows > 0 else {
            return
          }
          isFirstShown = true
          do throws(DatasetReadError) {
            firstRows(try dataset(of: before + [part], isComplete: false))
          } catch {
            // The whole may be clearer than its beginning; if not, opening fails below.
            return
          }
        }
      } catch {
        guard folder != nil, error != .cancelled else { throw error }
        if error == .empty { intake.takeEmpty(origin) } else { throw .inFile(origin.name, error) }
      }
    }
    guard intake.parts.contains(where: { $0.rowCount > 0 }) else { throw .noRows }
    let whole = try dataset(of: intake.parts, isComplete: true)
    if let missing = whole.missingColumn { throw .noColumn(missing) }
    return whole
  }

  /// The first of the named columns that no row of a sample has.
  private var missingColumn: String? {
    guard !columns.isEmpty else { return nil }
    let count = min(rowCount, RowFormats.sampleSize)
    var rows: [PreferenceRow] = []
    for place in 0..<count {
      if case .success(let row) = row(at: place * rowCount / count) { rows.append(row) }
    }
    return columns.missing(in: rows)
  }

  private static let firstPartSize = 1 << 20
}

extension DatasetOrigin {
  /// The files of a data set, and the folder that was opened, if it was one.
  static func all(
    of input: DatasetInput
  ) throws(DatasetReadError) -> (origins: [DatasetOrigin], folder: DatasetFolder?) {
    switch input {
    case .standardInput(let descriptor):
      let file = OpenFile(descriptor: descriptor, isOwned: false)
      let origin = DatasetOrigin(name: "standard input", path: nil, file: file, fingerprint: nil)
      return ([origin], nil)
    case .file(let path):
      do throws(SystemFailure) {
        if try FileStatus(path: path)?.isFolder ?? false {
          let folder = try DatasetFolder(path: path)
          var origins: [DatasetOrigin] = []
          for name in folder.names {
            origins.append(try DatasetOrigin(path: folder.path + "/" + name, name: name))
          }
          return (origins, folder)
        }
        return ([try DatasetOrigin(path: path, name: DatasetFolder.lastName(of: path))], nil)
      } catch {
        switch error.code {
        case ENOENT, ENOTDIR: throw .missing
        case EACCES, EPERM: throw .notPermitted
        default: throw .system(error)
        }
      }
    }
  }

  private init(path: String, name: String) throws(SystemFailure) {
    let file = try OpenFile(path: path, flags: O_RDONLY)
    let status = try file.status()
    self.init(
      name: name, path: path, file: file,
      fingerprint: status.isRegularFile ? status.fingerprint : nil)
  }

  /// The file may have grown while it was read: then it counts as it was before. Anything else makes
  /// what was read worthless.
  func checkUnchanged() throws(DatasetReadError) {
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
