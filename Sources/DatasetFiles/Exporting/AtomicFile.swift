import Glibc

/// A file that appears under its name all at once: after `commit` the new bytes are there and on
/// the disk, before it whatever was there.
///
/// The bytes go into a hidden file beside it, which is renamed in the end. That file carries a
/// kernel lock while it is written, so that two writers of one name exclude each other, and the
/// next writer takes over what a killed process left. Without `commit` it is removed.
public final class AtomicFile {
  /// What a commit has written.
  public struct Written: Hashable, Sendable {
    /// As on disk: behind the compression.
    public var byteCount: Int
    /// 64 hexadecimal digits; of the bytes on disk.
    public var sha256: String
  }

  private let target: String
  private let partial: String
  private let file: OpenFile
  private let digest = WrittenDigest()
  private let stream: CompressedStream?
  private var output: [UInt8] = []
  private var byteCount = 0
  private var isCommitted = false

  /// Begins the file at `path`; a name that ends in `.gz`, `.zst` or `.xz` is compressed.
  ///
  /// - Parameters:
  ///   - path: Where it shall appear. A symbolic link stays, and what it points at is replaced.
  ///   - inputs: The files that must not be replaced.
  /// - Throws: Why nothing can be written there.
  public convenience init(
    path: String, protecting inputs: [FileFingerprint] = []
  ) throws(ExportError) {
    try self.init(path: path, protecting: inputs, columnar: nil)
  }

  /// The same where `columnar` is what is written, if the name says so.
  init(
    path: String, protecting inputs: [FileFingerprint] = [], columnar: ColumnarContainer?
  ) throws(ExportError) {
    let target = resolvedPath(path) ?? path
    let mode = try Self.modeOfReplaced(target, protecting: inputs)
    let compression =
      columnar?.isNamed(path) ?? false ? nil : try Self.compression(of: path)
    stream = compression.map { CompressedStream(.packing, $0) }
    let (folder, name) = Self.split(target)
    let partial = folder + "." + name + ".demur-partial"
    file = try Self.openPartial(partial)
    self.target = target
    self.partial = partial
    do throws(SystemFailure) {
      try file.truncate()
      if let mode { try file.setMode(mode) }
    } catch {
      throw ExportError(error)
    }
  }

  deinit {
    if !isCommitted { unsafe unlink(partial) }
  }

  /// Adds `bytes` behind those before.
  public func write(_ bytes: Span<UInt8>) throws(ExportError) {
    guard stream != nil else { return try store(bytes) }
    try pack(bytes, finishing: false)
  }

  /// Adds the UTF-8 bytes of `text`.
  public func write(_ text: String) throws(ExportError) {
    var text = text
    text.makeContiguousUTF8()
    try write(text.utf8.span)
  }

  /// Puts the file under its name. Returns once both are on the disk.
  ///
  /// - Precondition: Called once, and nothing is written afterwards.
  /// - Returns: What was written.
  /// - Throws: Why it could not be; then the old file still stands.
  @discardableResult
  public func commit() throws(ExportError) -> Written {
    precondition(!isCommitted, "a file is committed once")
    if stream != nil { try pack([UInt8]().span, finishing: true) }
    do throws(SystemFailure) {
      try file.synchronise()
      try systemCall("rename") { unsafe rename(partial, target) }
      isCommitted = true
      try OpenFile(path: Self.split(target).folder, flags: O_RDONLY | O_DIRECTORY).synchronise()
    } catch {
      throw ExportError(error)
    }
    return Written(byteCount: byteCount, sha256: digest.finish())
  }

  private func pack(_ bytes: Span<UInt8>, finishing: Bool) throws(ExportError) {
    if output.isEmpty { output = [UInt8](repeating: 0, count: 1 << 16) }
    var done = 0
    while finishing || done < bytes.count {
      guard
        let step = stream?.pack(
          bytes.extracting(done..<bytes.count), into: &output, finishing: finishing)
      else { return }
      done += step.used
      let packed = output
      try store(packed.span.extracting(0..<step.made))
      if step.state == .complete { return }
    }
  }

  private func store(_ bytes: Span<UInt8>) throws(ExportError) {
    do throws(SystemFailure) {
      try file.write(bytes)
    } catch {
      throw ExportError(error)
    }
    digest.update(bytes)
    byteCount += bytes.count
  }

  /// The folder of `path` with the slash behind it, and the name in it.
  static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return ("./", path) }
    return (String(path[...slash]), String(path[path.index(after: slash)...]))
  }

  /// Whether what is written to `path` is compressed, or nothing can be.
  static func isCompressed(_ path: String) -> Bool {
    do throws(ExportError) {
      return try compression(of: path) != nil
    } catch {
      return true
    }
  }

  /// The compression that a file's name asks for.
  private static func compression(
    of path: String
  ) throws(ExportError) -> DatasetContainer.Compression? {
    guard let dot = path.lastIndex(of: ".") else { return nil }
    let suffix = path[path.index(after: dot)...].lowercased()
    guard !["bz2", "zip", "parquet", "arrow"].contains(suffix) else {
      throw .unsupportedCompression(suffix)
    }
    return DatasetContainer.Compression(rawValue: suffix)
  }

  /// The permissions of the file that will be replaced; nil where there is none.
  private static func modeOfReplaced(
    _ target: String, protecting inputs: [FileFingerprint]
  ) throws(ExportError) -> mode_t? {
    let status: FileStatus?
    do throws(SystemFailure) {
      status = try FileStatus(path: target)
    } catch {
      throw ExportError(error)
    }
    guard let status else { return nil }
    guard !inputs.contains(where: status.fingerprint.isSameFile) else { throw .isInput }
    guard !status.isFolder else { throw .isFolder }
    guard status.isRegularFile else { throw .notRegularFile }
    return status.mode & 0o7777
  }

  /// The hidden file, locked. Whoever held the lock before may have renamed the file meanwhile: then
  /// it is no longer the one under this name, and the next attempt makes another.
  private static func openPartial(_ path: String) throws(ExportError) -> OpenFile {
    do throws(SystemFailure) {
      while true {
        let file = try OpenFile(path: path, flags: O_RDWR | O_CREAT | O_NOFOLLOW, mode: 0o666)
        guard try file.lock() else { throw SystemFailure(operation: "flock", code: EWOULDBLOCK) }
        let own = try file.status().fingerprint
        if let named = try FileStatus(path: path), named.fingerprint.isSameFile(as: own) {
          return file
        }
      }
    } catch {
      throw ExportError(error)
    }
  }
}

extension ExportError {
  init(_ failure: SystemFailure) {
    switch failure.code {
    case ENOSPC, EDQUOT, EFBIG: self = .diskFull
    case ENOENT, ENOTDIR: self = .folderMissing
    case EACCES, EPERM: self = .notPermitted
    case EROFS: self = .readOnlyFileSystem
    case EWOULDBLOCK: self = .busy
    default: self = .system(failure)
    }
  }
}
