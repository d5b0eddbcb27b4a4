/// Where the files of a data set go: each to a file of its name in a new folder, or all rows to one
/// file.
struct ExportDestination {
  private enum Kind {
    case folder(AtomicFolder)
    case file(AtomicFile)
  }

  private let kind: Kind
  /// Whether the one file is a Parquet file.
  private let isParquet: Bool
  private var written: [(name: String, file: AtomicFile.Written)] = []

  /// A folder becomes a folder, unless the name asked for is that of a data file.
  init(_ dataset: Dataset, path: String) throws(ExportError) {
    guard let folder = dataset.folder else {
      kind = .file(
        try AtomicFile(
          path: path, protecting: dataset.fingerprints,
          canBeParquet: dataset.parts[0].parquet != nil))
      isParquet = AtomicFile.isParquet(path)
      return
    }
    let output = try DatasetFolder.Output(path: path, of: folder)
    guard DatasetFolder.isData(DatasetFolder.lastName(of: output.path)) else {
      kind = .folder(try AtomicFolder(path: output.path))
      isParquet = false
      return
    }
    guard dataset.canJoin else { throw .cannotJoin }
    isParquet = AtomicFile.isParquet(output.path)
    let hasOne = dataset.parts.count == 1 && dataset.parts[0].parquet != nil
    if isParquet, !hasOne { throw .cannotJoin }
    kind = .file(
      try AtomicFile(path: output.path, protecting: dataset.fingerprints, canBeParquet: hasOne))
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
      try folder.file(named: part.origin.name, canBeParquet: part.parquet != nil)
    }
  }

  /// What writes the rows of `part` to `file`: a Parquet file stays one where its name says so, and
  /// becomes JSON lines elsewhere. Only JSON can get columns, and Parquet rows cannot be repeated.
  func writer(
    for part: DatasetPart, to file: AtomicFile, isFirst: Bool, isAdding: Bool, isRepeating: Bool,
    bytes: @escaping (Int, RowDisposition) throws(ExportError) -> [UInt8]
  ) throws(ExportError) -> any PartWriter {
    if let parquet = part.parquet, isJoined ? isParquet : AtomicFile.isParquet(part.origin.name) {
      guard !isAdding else { throw .cannotAddColumns }
      guard !isRepeating else { throw .cannotRepeat }
      return try ParquetWriter(part, parquet, to: file, bytes: bytes)
    }
    guard !isAdding || part.layout.table == nil else { throw .cannotAddColumns }
    return ExportWriter(
      part, to: file, isContinuing: isJoined && !isFirst, isRewriting: isAdding || isRepeating,
      bytes: bytes)
  }

  /// Takes note that all rows of `part` are in `file`.
  mutating func complete(_ part: DatasetPart, in file: AtomicFile) throws(ExportError) {
    if case .folder = kind { written.append((part.origin.name, try file.commit())) }
  }

  /// Puts everything under its name.
  func commit() throws(ExportError) -> AtomicFile.Written {
    switch kind {
    case .file(let file): return try file.commit()
    case .folder(let folder):
      try folder.commit()
      return AtomicFile.Written(
        byteCount: written.reduce(0) { $0 + $1.file.byteCount },
        sha256: SHA256.ofListing(written.map { ($0.name, $0.file.sha256) }))
    }
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
      case .parquet: false
      case .table: part.layout.table?.isWritten(like: full[0].layout.table) ?? false
      }
    }
  }
}
