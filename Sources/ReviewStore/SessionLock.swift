public import PreferenceData

import Foundation

/// Who edits a review, as they wrote it down: to be shown, never to be relied on.
public struct LockHolder: Hashable, Sendable {
  public var annotator: AnnotatorName
  public var host: String
  public var processID: Int32
  public var sinceMillisecondsSince1970: Int64

  public init(
    annotator: AnnotatorName, host: String, processID: Int32, sinceMillisecondsSince1970: Int64
  ) {
    self.annotator = annotator
    self.host = host
    self.processID = processID
    self.sinceMillisecondsSince1970 = sinceMillisecondsSince1970
  }
}

public enum SessionLockError: Error, Hashable, Sendable {
  /// Another process edits this review; nil where it has not said who it is.
  case heldBy(LockHolder?)
  /// The lock cannot be taken at all, with the system's error number.
  case unavailable(code: Int32)
}

/// The right to edit a review, held by at most one process.
///
/// A lock of the kernel, which a dying process lets go of, however it dies. What stands in the file
/// says only who holds it: no process number is ever compared, so nothing stale locks anyone out.
/// Held until the last reference to it goes.
public final class SessionLock: Sendable {
  private let descriptor: Int32

  private init(descriptor: Int32) { self.descriptor = descriptor }

  /// Takes the lock of the review in `folder` and writes down who took it.
  public static func acquire(
    in folder: SessionFolder, holder: LockHolder
  ) throws(SessionLockError) -> SessionLock {
    let taken: Int32?
    do {
      taken = try FileSystem.openLocked(folder.lockPath)
    } catch {
      throw .unavailable(code: error.code)
    }
    guard let taken else { throw .heldBy(LockHolder(readFrom: folder.lockPath)) }
    let lock = SessionLock(descriptor: taken)
    do {
      try FileSystem.replaceContents(of: taken, with: holder.bytes)
    } catch {
      throw .unavailable(code: error.code)
    }
    return lock
  }

  deinit { FileSystem.closeLocked(descriptor) }
}

extension LockHolder {
  /// The names in the lock file, which other versions read too.
  private struct Stored: Codable {
    var annotator: String
    var host: String
    var process: Int32
    var since: String
  }

  fileprivate init?(readFrom path: String) {
    // A file that is being written, or was written by another version, names nobody.
    guard let data = FileManager.default.contents(atPath: path),
      let stored = try? JSONDecoder().decode(Stored.self, from: data),
      let annotator = AnnotatorName(stored.annotator),
      let since = ISO8601.milliseconds(stored.since)
    else { return nil }
    self.init(
      annotator: annotator, host: stored.host, processID: stored.process,
      sinceMillisecondsSince1970: since)
  }

  fileprivate var bytes: [UInt8] {
    let stored = Stored(
      annotator: annotator.text, host: host, process: processID,
      since: ISO8601.text(millisecondsSince1970: sinceMillisecondsSince1970))
    return encodedJSON(stored) + [UInt8(ascii: "\n")]
  }
}
