/// Bytes that come in parts, from first to last.
protocol PartSource {
  /// How many bytes of the file or pipe itself were read so far.
  var bytesRead: Int { get }

  /// Why the bytes ended before their end; nil where they are whole so far.
  var failure: DatasetReadError? { get }

  /// Puts the next bytes into `buffer`; how many, 0 at the end. A source that has to wait for them
  /// calls `waiting` now and then.
  mutating func read(
    into buffer: inout [UInt8], waiting: () throws(DatasetReadError) -> Void
  ) throws(DatasetReadError) -> Int
}

/// The bytes of a file or pipe as they are.
struct ByteSource: PartSource {
  private let file: OpenFile
  private let start: Int
  /// How many bytes of a file there are; nil for a pipe, which is read to its end.
  private let size: Int?
  private(set) var bytesRead = 0
  let failure: DatasetReadError? = nil
  /// Bytes that were looked at and not yet taken.
  private var pending: [UInt8] = []

  /// - Parameters:
  ///   - file: Where the bytes come from.
  ///   - start: The first byte to read; nothing for a pipe.
  ///   - size: How many bytes of it to read; nil for a pipe.
  init(_ file: OpenFile, from start: Int = 0, size: Int?) {
    self.file = file
    self.start = start
    self.size = size
  }

  /// The first bytes, which stay to be read.
  mutating func peek(_ count: Int) throws(DatasetReadError) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: count)
    while pending.count < count {
      let added = try take(into: &buffer)
      if added == 0 { break }
      pending += buffer[..<added]
    }
    return pending
  }

  mutating func read(
    into buffer: inout [UInt8], waiting: () throws(DatasetReadError) -> Void = {}
  ) throws(DatasetReadError) -> Int {
    guard pending.isEmpty else {
      let count = min(pending.count, buffer.count)
      buffer.replaceSubrange(0..<count, with: pending[..<count])
      pending.removeFirst(count)
      return count
    }
    return try take(into: &buffer)
  }

  private mutating func take(into buffer: inout [UInt8]) throws(DatasetReadError) -> Int {
    let wanted = size.map { min($0 - bytesRead, buffer.count) }
    let count: Int
    do throws(SystemFailure) {
      if let wanted {
        count = try file.read(at: start + bytesRead, into: &buffer, range: 0..<wanted)
      } else {
        count = try file.readNext(into: &buffer)
      }
    } catch {
      throw .system(error)
    }
    guard wanted == nil || count == wanted else { throw .changedWhileReading }
    bytesRead += count
    return count
  }
}

/// The bytes of a source behind its compression. Where that is damaged or cut off, they end.
final class UnpackedSource: PartSource {
  private var source: ByteSource
  private let stream: CompressedStream
  private var input = [UInt8](repeating: 0, count: 1 << 18)
  private var available = 0..<0
  private var state = CompressedStream.State.complete
  private var bytesMade = 0
  private(set) var failure: DatasetReadError?

  init(_ source: ByteSource, _ compression: DatasetContainer.Compression) {
    self.source = source
    stream = CompressedStream(.unpacking, compression)
  }

  var bytesRead: Int { source.bytesRead }

  func read(
    into buffer: inout [UInt8], waiting: () throws(DatasetReadError) -> Void = {}
  ) throws(DatasetReadError) -> Int {
    while failure == nil {
      if available.isEmpty {
        let count = try source.read(into: &input)
        guard count > 0 else {
          if state != .complete { failure = .damagedCompression(unpackedBytes: bytesMade) }
          return 0
        }
        available = 0..<count
      }
      let step = stream.unpack(input.span.extracting(available), into: &buffer)
      state = step.state
      available = (available.lowerBound + step.used)..<available.upperBound
      bytesMade += step.made
      switch state {
      case .continues, .complete: break
      case .damaged: failure = .damagedCompression(unpackedBytes: bytesMade)
      case .tooWide: throw .unpackingTakesMemory(limit: CompressedStream.memoryLimit)
      }
      if step.made > 0 { return step.made }
    }
    return 0
  }
}
