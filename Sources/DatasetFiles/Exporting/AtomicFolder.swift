import Glibc

/// A folder of files that appears under its name all at once: after `commit` it is there with all
/// its files, before it nothing is.
///
/// The files go into a hidden folder beside it, which is renamed in the end. That folder carries a
/// kernel lock while it is written, so that two writers exclude each other; what a killed process
/// left in it is removed by the next. Without `commit` it is removed.
final class AtomicFolder {
  private let target: String
  private let partial: String
  private let folder: OpenFile
  private var subfolders: [String] = []
  private var isLocked = false
  private var isCommitted = false

  /// - Parameter path: Where it shall appear: nothing, or an empty folder, stands there.
  /// - Throws: Why nothing can be written there.
  init(path: String) throws(ExportError) {
    target = path
    let (parent, name) = AtomicFile.split(path)
    partial = parent + "." + name + ".demur-partial"
    do throws(SystemFailure) {
      if let status = try FileStatus(path: path) {
        guard status.isFolder else { throw SystemFailure(operation: "mkdir", code: ENOTDIR) }
        guard try Folder.names(in: path).isEmpty else {
          throw SystemFailure(operation: "mkdir", code: ENOTEMPTY)
        }
      }
      try Folder.make(partial)
      folder = try OpenFile(path: partial, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
      guard try folder.lock() else { throw SystemFailure(operation: "flock", code: EWOULDBLOCK) }
      isLocked = true
      try Folder.clear(partial)
    } catch {
      throw Self.error(error, at: path)
    }
  }

  deinit {
    // Without the lock, what lies there belongs to another writer.
    guard isLocked, !isCommitted else { return }
    do {
      try Folder.clear(partial)
      unsafe rmdir(partial)
    } catch {
      // The next writer of this name removes what is left.
      return
    }
  }

  /// A file at `name`, its path in the folder; commit it before the folder.
  func file(named name: String, columnar: ColumnarContainer?) throws(ExportError) -> AtomicFile {
    var path = partial
    for step in name.split(separator: "/").dropLast() {
      path += "/" + step
      if !subfolders.contains(path) { subfolders.append(path) }
      do throws(SystemFailure) {
        try Folder.make(path)
      } catch {
        throw ExportError(error)
      }
    }
    return try AtomicFile(path: partial + "/" + name, columnar: columnar)
  }

  /// Puts the folder under its name. Returns once it is on the disk.
  func commit() throws(ExportError) {
    precondition(!isCommitted, "a folder is committed once")
    do throws(SystemFailure) {
      for path in subfolders.reversed() {
        try OpenFile(path: path, flags: O_RDONLY | O_DIRECTORY).synchronise()
      }
      try folder.synchronise()
      try systemCall("rename") { unsafe rename(partial, target) }
      isCommitted = true
      let parent = AtomicFile.split(target).folder
      try OpenFile(path: parent, flags: O_RDONLY | O_DIRECTORY).synchronise()
    } catch {
      throw Self.error(error, at: target)
    }
  }

  private static func error(_ failure: SystemFailure, at path: String) -> ExportError {
    switch failure.code {
    case ENOTEMPTY, EEXIST: .folderNotEmpty
    case ENOTDIR: .notFolder
    default: ExportError(failure)
    }
  }
}
