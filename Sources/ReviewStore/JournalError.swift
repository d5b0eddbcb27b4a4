import GRDB

/// Why a journal could not be opened, read or appended to. Where appending failed, nothing of the
/// event is in the journal.
public enum JournalError: Error, Hashable, Sendable {
  case diskFull
  /// The file system refused the bytes for another reason than room: a used-up quota, a limit on
  /// the size of files, a failing disk. With SQLite's extended result code.
  case writeFailed(code: Int32)
  /// The journal was opened for reading, or the folder or file system refuses writing.
  case readOnly
  /// Not an SQLite file, damaged, or holding what no version of Demur writes.
  case corrupt
  /// Written by a newer Demur: the steps of its schema that this program does not know.
  case newerSchema(unknown: [String])
  /// Another connection has it locked.
  case busy
  /// Another of SQLite's extended result codes.
  case other(code: Int32)
}

extension JournalError {
  /// - Precondition: `error` comes from the database, or is already ours.
  init(_ error: any Error) {
    switch error {
    case let error as JournalError: self = error
    case let error as DatabaseError: self.init(error)
    case let error as SystemError: self.init(error)
    default: self = .corrupt
    }
  }

  private init(_ error: DatabaseError) {
    switch error.resultCode.primaryResultCode {
    case .SQLITE_FULL: self = .diskFull
    case .SQLITE_READONLY, .SQLITE_PERM: self = .readOnly
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .corrupt
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
    default: self.init(extended: error.extendedResultCode)
    }
  }

  private init(extended result: ResultCode) {
    switch result {
    // Shared memory is refused its size by a full disk only.
    case .SQLITE_IOERR_SHMSIZE: self = .diskFull
    case .SQLITE_IOERR_WRITE, .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC,
      .SQLITE_IOERR_TRUNCATE:
      self = .writeFailed(code: result.rawValue)
    default: self = .other(code: result.rawValue)
    }
  }

  private init(_ error: SystemError) {
    if error.isRefusal {
      self = .readOnly
    } else if error.isLackOfRoom {
      self = .diskFull
    } else {
      self = .other(code: ResultCode.SQLITE_CANTOPEN.rawValue)
    }
  }
}
