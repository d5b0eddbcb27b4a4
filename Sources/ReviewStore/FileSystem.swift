import CFileSystem
import Glibc

/// The error number that a system call left behind.
struct SystemError: Error, Hashable {
  var code: Int32

  static var last: SystemError { SystemError(code: errno) }

  var isRefusal: Bool { code == EACCES || code == EROFS || code == EPERM }
  var isLackOfRoom: Bool { code == ENOSPC || code == EDQUOT }
}

/// What the review store asks of the kernel beyond reading and writing.
///
/// The only file of this target that calls C.
enum FileSystem {
  /// Makes the folder at `path` and those above it that are missing, for their owner alone, or
  /// finds that it is there and can be written.
  static func makePrivateFolder(at path: String) throws(SystemError) {
    if unsafe mkdir(path, 0o700) == 0 {
      try synchronizeFolder(at: parent(of: path))
      return
    }
    switch errno {
    case EEXIST:
      try requireWritableFolder(at: path)
    case ENOENT where parent(of: path) != path:
      try makePrivateFolder(at: parent(of: path))
      guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .last }
      try synchronizeFolder(at: parent(of: path))
    default:
      throw .last
    }
  }

  /// Asks whether new files can be made in the folder at `path`.
  static func requireWritableFolder(at path: String) throws(SystemError) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw .last }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw SystemError(code: ENOTDIR) }
    guard unsafe access(path, W_OK | X_OK) == 0 else { throw .last }
  }

  static func isReadable(_ path: String) -> Bool { unsafe access(path, R_OK) == 0 }

  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// Waits until the names in the folder at `path` are on disk: a file whose name is lost with the
  /// power is lost whole.
  static func synchronizeFolder(at path: String) throws(SystemError) {
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last }
    defer { close(descriptor) }
    // Some file systems cannot synchronise a folder and say so with EINVAL: nothing is left to do.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw .last }
  }

  /// Whether the folder at `path` lies on another machine, or in a process that stands in for a
  /// disk.
  ///
  /// SQLite's write-ahead log needs memory that all its processes share, which such file systems do
  /// not give (https://sqlite.org/wal.html, "all processes must be on the same host").
  static func isNetwork(_ path: String) throws(SystemError) -> Bool {
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last }
    defer { close(descriptor) }
    var status = statfs()
    guard unsafe fstatfs(descriptor, &status) == 0 else { throw .last }
    return networkKinds.contains(UInt32(truncatingIfNeeded: status.f_type))
  }

  /// `f_type` of the file systems that are shared between machines or served by a process, from
  /// Linux's `magic.h` and the projects' own headers.
  private static let networkKinds: Set<UInt32> = [
    0x0000_6969,  // NFS
    0x0000_517b,  // SMB
    0xff53_4d42,  // CIFS
    0xfe53_4d42,  // SMB 2
    0x6573_5546,  // FUSE: sshfs, s3fs, GlusterFS, virtiofs
    0x0102_1997,  // 9P
    0x00c3_6400,  // Ceph
    0x5346_414f,  // AFS (OpenAFS)
    0x6b41_4653,  // AFS (kernel)
    0x7375_7245,  // Coda
    0x0000_564c,  // NCP
    0x7461_636f,  // OCFS2
    0x0116_1970,  // GFS2
    0x0bd0_0bd0,  // Lustre
    0x4750_4653,  // GPFS
    0x1983_0326,  // BeeGFS
    0x786f_4256,  // VirtualBox shared folder
  ]

  /// Opens the file at `path`, made where it is missing, and takes its kernel lock; nil where
  /// another holds it.
  static func openLocked(_ path: String) throws(SystemError) -> Int32? {
    // Close-on-exec, or a viewer or editor started from the program would inherit the lock.
    let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .last }
    guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else { return descriptor }
    let error = SystemError.last
    close(descriptor)
    guard error.code == EWOULDBLOCK else { throw error }
    return nil
  }

  /// Puts `bytes` in the place of all that the file holds.
  static func replaceContents(of descriptor: Int32, with bytes: [UInt8]) throws(SystemError) {
    guard ftruncate(descriptor, 0) == 0 else { throw .last }
    let written = unsafe bytes.withUnsafeBytes {
      unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0)
    }
    guard written == bytes.count else { throw .last }
  }

  /// Removes the file at `path`, if it is there.
  static func removeFile(_ path: String) throws(SystemError) {
    guard unsafe unlink(path) == 0 || errno == ENOENT else { throw .last }
  }

  /// Lets go of the lock of a file that `openLocked` opened, and closes it.
  ///
  /// Closing alone lets go only with the last copy of the descriptor, and a process that is being
  /// started holds one until its program runs.
  static func closeLocked(_ descriptor: Int32) {
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  /// The folder that holds `path`.
  private static func parent(of path: String) -> String {
    let trimmed = path.dropLast(while: { $0 == "/" })
    guard let slash = trimmed.lastIndex(of: "/") else { return "." }
    return slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
  }
}

extension StringProtocol {
  fileprivate func dropLast(while predicate: (Character) -> Bool) -> SubSequence {
    guard let last = lastIndex(where: { !predicate($0) }) else { return prefix(0) }
    return self[...last]
  }
}
