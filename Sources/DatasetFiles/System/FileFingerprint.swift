/// Which file it was, and in which state: enough to notice that it has changed, at the price of one
/// `stat`.
public struct FileFingerprint: Hashable, Sendable {
  public var device: UInt64
  public var inode: UInt64
  public var size: Int
  public var modifiedSeconds: Int64
  public var modifiedNanoseconds: Int64

  public init(
    device: UInt64, inode: UInt64, size: Int, modifiedSeconds: Int64, modifiedNanoseconds: Int64
  ) {
    self.device = device
    self.inode = inode
    self.size = size
    self.modifiedSeconds = modifiedSeconds
    self.modifiedNanoseconds = modifiedNanoseconds
  }

  func isSameFile(as other: FileFingerprint) -> Bool {
    device == other.device && inode == other.inode
  }

  /// What became of the file, if its fingerprint is `now` (nil where there is none any more).
  func change(to now: FileFingerprint?) -> FileChange? {
    guard let now else { return .removed }
    guard isSameFile(as: now) else { return .replaced }
    if now.size > size { return .appended(bytes: now.size - size) }
    if now.size < size { return .truncated(bytes: size - now.size) }
    return now == self ? nil : .touched
  }
}

/// What happened to a file since it was read.
public enum FileChange: Hashable, Sendable {
  /// It is longer; what stood there before is probably the same.
  case appended(bytes: Int)
  case truncated(bytes: Int)
  /// Another file has its name.
  case replaced
  /// As long as before, but written to.
  case touched
  case removed
}
