import Glibc

/// A file without a name that holds unpacked or piped data; the disk is free again once it is
/// closed, however the process ends.
struct Spool {
  let file: OpenFile
  private let settings: DatasetReadSettings
  private(set) var size = 0
  private var checkedSize = 0

  /// How many bytes are written between two looks at the free space.
  private static let checkInterval = 64 << 20

  init(_ settings: DatasetReadSettings) throws(DatasetReadError) {
    self.settings = settings
    do throws(SystemFailure) {
      file = try OpenFile(unnamedIn: settings.spoolFolder)
    } catch {
      throw Self.error(error, in: settings)
    }
  }

  mutating func append(_ bytes: Span<UInt8>) throws(DatasetReadError) {
    size += bytes.count
    guard size <= settings.spoolLimit else { throw .spoolTooLarge(limit: settings.spoolLimit) }
    do throws(SystemFailure) {
      if size >= checkedSize + Self.checkInterval || checkedSize == 0 {
        checkedSize = size
        guard try file.freeSpace() > settings.spoolReserve else {
          throw SystemFailure(operation: "fstatvfs", code: ENOSPC)
        }
      }
      try file.write(bytes)
    } catch {
      throw Self.error(error, in: settings)
    }
  }

  private static func error(
    _ failure: SystemFailure, in settings: DatasetReadSettings
  ) -> DatasetReadError {
    switch failure.code {
    case ENOSPC, EDQUOT, EFBIG: .spoolDiskFull(folder: settings.spoolFolder)
    default: .system(failure)
    }
  }
}
