/// Where the files of a data set go: each to a file of its name in a new folder, or all rows to one
/// file.
struct ExportDestination {
  private enum Kind {
    case folder(AtomicFolder)
    case file(AtomicFile)
  }

  private let kind: Kind
  /// Whether the one file is one of columns, as the data set is.
  private let isColumnar: Bool
  /// The folder that was opened, where a folder is written.
  private let source: DatasetFolder?
  private var written: [(name: String, file: AtomicFile.Written, rowCount: Int)] = []

  /// A folder becomes a folder, unless the name asked for is that of a data file.
  init(_ dataset: Dataset, path: String) throws(ExportError) {
    let columnar = dataset.parts.count == 1 ? dataset.parts[0].parquet?.container : nil
    guard let folder = dataset.folder else {
      kind = .file(
        try AtomicFile(path: path, protecting: dataset.fingerprints, columnar: columnar))
      isColumnar = columnar?.isNamed(path) ?? false
      source = nil
      return
    }
    let output = try DatasetFolder.Output(path: path, of: folder)
    guard DatasetFolder.isData(DatasetFolder.lastName(of: output.path)) else {
      kind = .folder(try AtomicFolder(path: output.path))
      isColumnar = false
      source = folder
      return
    }
    guard dataset.canJoin else { throw .cannotJoin }
    isColumnar = columnar?.isNamed(output.path) ?? false
    let asked = [.parquet, .arrow].contains { (one: ColumnarContainer) in one.isNamed(output.path) }
    if asked, !isColumnar { throw .cannotJoin }
    kind = .file(
      try AtomicFile(path: output.path, protecting: dataset.fingerprints, columnar: columnar))
    source = nil
  }

  /// Whether the rows of all files are written one after another to one.
  var isJoined: Bool {
    if case .file = kind { true } else { false }
  }

  /// The file to which the rows of `part` go.
  func file(for part: DatasetPart) throws(ExportError) -> AtomicFile {
    switch kind {
    case .file(let file): file
    case .folder(let folder):
      try folder.file(named: part.origin.name, columnar: part.parquet?.container)
    }
  }

  /// Whether `part` is a file of columns and becomes one.
  private func keepsColumns(_ part: DatasetPart) -> Bool {
    guard let container = part.parquet?.container else { return false }
    return isJoined ? isColumnar : container.isNamed(part.origin.name)
  }

  /// What writes the rows of `part` to `file`: a file of columns stays one where its name says so,
  /// and becomes JSON lines elsewhere. Only JSON can get columns, and rows in columns cannot be
  /// repeated.
  func writer(
    for part: DatasetPart, to file: AtomicFile, isFirst: Bool, isAdding: Bool, isRepeating: Bool,
    bytes: @escaping (Int, RowDisposition) throws(ExportError) -> [UInt8]
  ) throws(ExportError) -> any PartWriter {
    if keepsColumns(part), let parquet = part.parquet {
      guard !isAdding else { throw .cannotAddColumns }
      guard !isRepeating else { throw .cannotRepeat }
      return try ParquetWriter(part, parquet, to: file, bytes: bytes)
    }
    guard !isAdding || part.layout.table == nil else { throw .cannotAddColumns }
    return ExportWriter(
      part, to: file, isContinuing: isJoined && !isFirst, isRewriting: isAdding || isRepeating,
      bytes: bytes)
  }

  /// Takes note that all rows of `part` are in `file`, `rowCount` that were written.
  mutating func complete(
    _ part: DatasetPart, in file: AtomicFile, rowCount: Int
  ) throws(ExportError) {
    if case .folder = kind { written.append((part.origin.name, try file.commit(), rowCount)) }
  }

  /// Puts everything under its name. `isChanged` says whether any row is not what it was.
  func commit(isChanged: Bool) throws(ExportError) -> AtomicFile.Written {
    switch kind {
    case .file(let file): return try file.commit()
    case .folder(let folder):
      let digest = SHA256.ofListing(written.map { ($0.name, $0.file.sha256) })
      try writeCompanions(to: folder, digest: isChanged ? digest : nil)
      try folder.commit()
      return AtomicFile.Written(
        byteCount: written.reduce(0) { $0 + $1.file.byteCount }, sha256: digest)
    }
  }

  /// Copies what `load_from_disk` asks for beside the data; with a digest of changed data, with
  /// fingerprints that are another split by split, and with the rows that the splits have now.
  private func writeCompanions(
    to folder: AtomicFolder, digest: String?
  ) throws(ExportError) {
    guard let source else { return }
    var companions: [(name: String, bytes: [UInt8])] = []
    for name in source.companions {
      do throws(DatasetReadError) {
        guard let bytes = try Companions.bytes(of: source.path + "/" + name) else { continue }
        companions.append((name, bytes))
      } catch {
        throw .reading(error)
      }
    }
    for (name, original) in companions {
      var bytes = original
      switch DatasetFolder.lastName(of: name) {
      case SavedFolder.stateName:
        if let digest { bytes = SavedFolder.state(bytes, of: SHA256.ofListing([(name, digest)])) }
      case SavedFolder.infoName:
        if digest != nil {
          bytes = SavedFolder.info(bytes, rowCounts: rowCounts(near: name, companions))
        }
      default: break
      }
      let file = try folder.file(named: name, columnar: nil)
      try file.write(bytes.span)
      _ = try file.commit()
    }
  }

  /// How many rows were written to the splits that stand beside the file `name`: to its own folder, and
  /// to those with the same parent. Of several that call themselves the same its own counts.
  private func rowCounts(
    near name: String, _ companions: [(name: String, bytes: [UInt8])]
  ) -> [String: Int] {
    let home = Self.folder(of: name)
    let parent = Self.folder(of: home)
    var counts: [String: Int] = [:]
    for (state, bytes) in companions
    where DatasetFolder.lastName(of: state) == SavedFolder.stateName {
      let own = Self.folder(of: state)
      guard Self.folder(of: own) == parent, let split = SavedFolder.split(ofState: bytes),
        own == home || counts[split] == nil
      else { continue }
      counts[split] = written.filter { Self.folder(of: $0.name) == own }
        .reduce(0) { $0 + $1.rowCount }
    }
    return counts
  }

  /// The folder that holds the file or folder `path`; empty for the data set's own.
  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }
}

extension DatasetFolder {
  /// A place beside the folder, not in it.
  struct Output {
    let path: String

    init(path: String, of folder: DatasetFolder) throws(ExportError) {
      var path = path
      while path.count > 1, path.hasSuffix("/") { path.removeLast() }
      self.path = path
      guard let input = resolvedPath(folder.path),
        let parent = resolvedPath(AtomicFile.split(path).folder)
      else { throw .folderMissing }
      if resolvedPath(path) == input { throw .isInput }
      if parent == input || parent.hasPrefix(input + "/") { throw .insideInput }
    }
  }
}

extension Dataset {
  /// Whether an export of the rows as they are to `path` becomes a folder of files.
  public func becomesFolder(at path: String) -> Bool {
    folder != nil && !DatasetFolder.isData(DatasetFolder.lastName(of: path))
  }

  /// Whether the rows of all files can stand in one: as JSON lines, or as records below one header.
  fileprivate var canJoin: Bool {
    let full = parts.filter { $0.rowCount > 0 }
    return full.allSatisfy { part in
      switch part.layout.arrangement {
      case .lines: full[0].layout.arrangement == .lines
      case .array: full.count == 1
      case .parquet, .arrow: false
      case .table: part.layout.table?.isWritten(like: full[0].layout.table) ?? false
      }
    }
  }
}
