import Glibc

/// A file that is open for as long as somebody holds this value.
///
/// Reads and writes at given offsets need no shared position, so any number of threads may use one
/// file at once. A file that another process shortens gives short reads here; a memory map would
/// kill the process.
final class OpenFile: Sendable {
  private let descriptor: Int32
  private let isOwned: Bool

  /// - Parameters:
  ///   - descriptor: An open descriptor.
  ///   - isOwned: Whether it is closed with this value.
  init(descriptor: Int32, isOwned: Bool) {
    self.descriptor = descriptor
    self.isOwned = isOwned
  }

  deinit {
    if isOwned { close(descriptor) }
  }

  convenience init(path: String, flags: Int32, mode: mode_t = 0) throws(SystemFailure) {
    let descriptor = try systemCall("open") { unsafe open(path, flags | O_CLOEXEC, mode) }
    self.init(descriptor: descriptor, isOwned: true)
  }

  /// A new file in `folder` that no longer has a name.
  convenience init(unnamedIn folder: String) throws(SystemFailure) {
    var template = Array((folder + "/demur-spool-XXXXXX").utf8CString)
    let descriptor = try systemCall("mkstemp") { unsafe mkstemp(&template) }
    self.init(descriptor: descriptor, isOwned: true)
    try systemCall("fcntl") { fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    try systemCall("unlink") { unsafe unlink(template) }
  }

  func status() throws(SystemFailure) -> FileStatus {
    var status = stat()
    try systemCall("fstat") { unsafe fstat(descriptor, &status) }
    return FileStatus(status)
  }

  /// Fills `buffer` from `offset` on; how many bytes there were, fewer only at the end of the file.
  ///
  /// - Precondition: `range` lies within `buffer`.
  func read(
    at offset: Int, into buffer: inout [UInt8], range: Range<Int>
  ) throws(SystemFailure) -> Int {
    precondition(range.upperBound <= buffer.count, "\(range) within \(buffer.count) bytes")
    var done = 0
    while done < range.count {
      let count = try systemCall("read") {
        unsafe buffer.withUnsafeMutableBytes { bytes in
          unsafe pread(
            descriptor, bytes.baseAddress?.advanced(by: range.lowerBound + done),
            range.count - done, offset + done)
        }
      }
      if count == 0 { break }
      done += count
    }
    return done
  }

  /// Reads what comes next from a pipe or terminal; 0 at its end.
  func readNext(into buffer: inout [UInt8]) throws(SystemFailure) -> Int {
    try systemCall("read") {
      unsafe buffer.withUnsafeMutableBytes {
        unsafe Glibc.read(descriptor, $0.baseAddress, $0.count)
      }
    }
  }

  /// Whether something can be read, or the end has come, before `milliseconds` have passed.
  func isReadable(within milliseconds: Int32) throws(SystemFailure) -> Bool {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return try systemCall("poll") { unsafe poll(&waiting, 1, milliseconds) } > 0
  }

  /// What `body` makes of the descriptor, which it does not keep.
  func whileOpen<Value>(_ body: (Int32) -> Value) -> Value { body(descriptor) }

  /// A path under which a program that we start finds this file, name or no name.
  var pathForChild: String { "/proc/\(getpid())/fd/\(descriptor)" }

  /// Writes all of `bytes` at the file's own position.
  func write(_ bytes: Span<UInt8>) throws(SystemFailure) {
    var done = 0
    while done < bytes.count {
      done += try systemCall("write") {
        unsafe bytes.extracting(done..<bytes.count).withUnsafeBytes {
          unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
        }
      }
    }
  }

  /// Goes back to the first byte for whoever reads or writes at the file's own position.
  func rewind() throws(SystemFailure) {
    try systemCall("lseek") { lseek(descriptor, 0, SEEK_SET) }
  }

  func truncate() throws(SystemFailure) {
    try systemCall("ftruncate") { ftruncate(descriptor, 0) }
  }

  func setMode(_ mode: mode_t) throws(SystemFailure) {
    try systemCall("fchmod") { fchmod(descriptor, mode) }
  }

  /// Returns once the file's bytes, or the folder's names, are on the disk.
  func synchronise() throws(SystemFailure) {
    try systemCall("fsync") { fsync(descriptor) }
  }

  /// Whether nobody else held the lock; if so, it is ours until the file is closed.
  func lock() throws(SystemFailure) -> Bool {
    do {
      try systemCall("flock") { flock(descriptor, LOCK_EX | LOCK_NB) }
      return true
    } catch {
      guard error.code == EWOULDBLOCK else { throw error }
      return false
    }
  }

  /// Free bytes of the file system that holds this file, for whoever is not its administrator.
  func freeSpace() throws(SystemFailure) -> Int {
    var status = statvfs()
    try systemCall("fstatvfs") { unsafe fstatvfs(descriptor, &status) }
    return Int(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize))
  }
}

/// What the file system says of a file.
struct FileStatus {
  var fingerprint: FileFingerprint
  var mode: mode_t

  fileprivate init(_ status: stat) {
    fingerprint = FileFingerprint(
      device: UInt64(status.st_dev), inode: UInt64(status.st_ino), size: Int(status.st_size),
      modifiedSeconds: Int64(status.st_mtim.tv_sec),
      modifiedNanoseconds: Int64(status.st_mtim.tv_nsec))
    mode = status.st_mode
  }

  /// The status of the file at `path`, behind symbolic links; nil where there is none.
  init?(path: String) throws(SystemFailure) {
    var status = stat()
    do {
      try systemCall("stat") { unsafe stat(path, &status) }
    } catch {
      guard error.code == ENOENT || error.code == ENOTDIR else { throw error }
      return nil
    }
    self.init(status)
  }

  var isRegularFile: Bool { mode & S_IFMT == S_IFREG }
  var isFolder: Bool { mode & S_IFMT == S_IFDIR }
}

/// The path of `path` without symbolic links, or nil where it names nothing.
func resolvedPath(_ path: String) -> String? {
  guard let resolved = unsafe realpath(path, nil) else { return nil }
  defer { unsafe free(resolved) }
  return unsafe String(cString: resolved)
}

/// Whether a file that may be run stands at `path`.
func isExecutable(_ path: String) -> Bool {
  do {
    guard let status = try FileStatus(path: path), status.isRegularFile else { return false }
    return unsafe access(path, X_OK) == 0
  } catch {
    // Whatever keeps us from looking at it also keeps us from running it.
    return false
  }
}

/// The path of the program that a person has named by its path, or by its name in one of the folders
/// of `searchPath`, which colons part; nil where there is none.
func executable(named name: String, searchPath: String) -> String? {
  let candidates =
    name.contains("/") ? [name] : searchPath.split(separator: ":").map { $0 + "/" + name }
  return candidates.first(where: isExecutable)
}

/// The result of a call that says failure by a negative number, called again when a signal came
/// between.
@discardableResult
func systemCall<Number: SignedInteger>(
  _ operation: String, _ call: () -> Number
) throws(SystemFailure) -> Number {
  while true {
    let result = call()
    guard result < 0 else { return result }
    let code = errno
    guard code == EINTR else { throw SystemFailure(operation: operation, code: code) }
  }
}
