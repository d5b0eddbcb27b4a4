import Glibc

/// What stands in folders, by path.
enum Folder {
  /// The names in the folder at `path` in the order of their bytes, without `.` and `..`.
  static func names(in path: String) throws(SystemFailure) -> [String] {
    guard let stream = unsafe opendir(path) else {
      throw SystemFailure(operation: "opendir", code: errno)
    }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else {
        guard errno == 0 else { throw SystemFailure(operation: "readdir", code: errno) }
        break
      }
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Makes the folder at `path`; it may be there already.
  static func make(_ path: String, mode: mode_t = 0o777) throws(SystemFailure) {
    do {
      try systemCall("mkdir") { unsafe mkdir(path, mode) }
    } catch {
      guard error.code == EEXIST else { throw error }
    }
  }

  /// Removes all that stands in the folder at `path`.
  static func clear(_ path: String) throws(SystemFailure) {
    for name in try names(in: path) {
      let inner = path + "/" + name
      var status = stat()
      try systemCall("lstat") { unsafe lstat(inner, &status) }
      if status.st_mode & S_IFMT == S_IFDIR {
        try clear(inner)
        try systemCall("rmdir") { unsafe rmdir(inner) }
      } else {
        try systemCall("unlink") { unsafe unlink(inner) }
      }
    }
  }
}
