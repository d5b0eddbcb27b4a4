/// Bytes that come in parts, from first to last.
protocol PartSource {
  /// How many bytes of the file or pipe itself were read so far.
  var bytesRead: Int { get }

  /// How many bytes came before the source turned out to be damaged; nil where it is whole so far.
  var intactBytes: Int? { get }

  /// Puts the next bytes into `buffer`; how many, 0 at the end.
  mutating func read(into buffer: inout [UInt8]) throws(DatasetReadError) -> Int
}

/// The bytes of a file or pipe as they are.
struct ByteSource: PartSource {
  private let file: OpenFile
  /// Where a file ends; nil for a pipe, which is read to its end.
  private let size: Int?
  private(set) var bytesRead = 0
  let intactBytes: Int? = nil
  /// Bytes that were looked at and not yet taken.
  private var pending: [UInt8] = []

  /// - Parameters:
  ///   - file: Where the bytes come from.
  ///   - size: How many bytes of it to read; nil for a pipe.
  init(_ file: OpenFile, size: Int?) {
    self.file = file
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

  mutating func read(into buffer: inout [UInt8]) throws(DatasetReadError) -> Int {
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
        count = try file.read(at: bytesRead, into: &buffer, range: 0..<wanted)
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
  private(set) var intactBytes: Int?

  init(_ source: ByteSource, _ compression: DatasetContainer.Compression) {
    self.source = source
    stream = CompressedStream(.unpacking, compression)
  }

  var bytesRead: Int { source.bytesRead }

  func read(into buffer: inout [UInt8]) throws(DatasetReadError) -> Int {
    while intactBytes == nil {
      if available.isEmpty {
        let count = try source.read(into: &input)
        guard count > 0 else {
          if state != .complete { intactBytes = bytesMade }
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
      case .damaged: intactBytes = bytesMade
      case .tooWide: throw .unpackingTakesMemory(limit: CompressedStream.memoryLimit)
      }
      if step.made > 0 { return step.made }
    }
    return 0
  }
}
