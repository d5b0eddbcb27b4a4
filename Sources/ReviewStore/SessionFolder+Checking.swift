extension SessionFolder {
  /// Whether it can be written, or could be made. Makes nothing.
  public var couldBeWritten: Bool {
    do {
      try FileSystem.requireWritableFolder(at: nearestThere)
      return true
    } catch {
      return false
    }
  }

  /// Whether it lies on another machine, or in a process that stands in for a disk; false where
  /// that cannot be told.
  public var isOnNetwork: Bool {
    do {
      return try FileSystem.isNetwork(nearestThere)
    } catch {
      return false
    }
  }

  /// The folder itself, or the first one above it that is there.
  private var nearestThere: String {
    var path = path
    while !FileSystem.exists(path), let slash = path.lastIndex(of: "/"), path != "/" {
      path = slash == path.startIndex ? "/" : String(path[..<slash])
    }
    return FileSystem.exists(path) ? path : "."
  }
}
