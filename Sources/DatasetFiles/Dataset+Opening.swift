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
    let readers = RowReaders()
    func dataset(of parts: [DatasetPart], isComplete: Bool) throws(DatasetReadError) -> Dataset {
      var parts = parts
      let detection = try FormatSample(readers, settings, mapping).detect(&parts)
      return Dataset(
        name: origin.name, path: origin.path, parts: parts, readers: readers,
        detection: detection, rowLimit: settings.rowLimit, isComplete: isComplete)
    }
    var isFirstShown = false
    var intake = Intake(settings)
    try intake.take(origin) { (progress, before, part) throws(DatasetReadError) in
      let told = OpenProgress(
        bytesRead: progress.bytesRead, bytesTotal: origin.fingerprint?.size, rows: progress.rows)
      guard observe(told) else { throw .cancelled }
      guard !isFirstShown, progress.bytesMade >= firstPartSize, progress.rows > 0 else { return }
      isFirstShown = true
      do throws(DatasetReadError) {
        firstRows(try dataset(of: before + [part], isComplete: false))
      } catch {
        // The whole may be clearer than its beginning; if not, opening fails below.
        return
      }
    }
    guard intake.parts.contains(where: { $0.rowCount > 0 }) else { throw .noRows }
    return try dataset(of: intake.parts, isComplete: true)
  }

  private static let firstPartSize = 1 << 20
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
