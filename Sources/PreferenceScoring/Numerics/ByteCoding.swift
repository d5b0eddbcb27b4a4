/// Writes numbers as little-endian bytes.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  /// What is written so far; what follows stands by itself.
  mutating func takeBytes() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: false) }
    return bytes
  }

  mutating func write(_ value: some FixedWidthInteger) {
    var rest = value
    for _ in 0..<(value.bitWidth / 8) {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }

  mutating func write(_ value: Int) { write(Int64(value)) }

  mutating func write(_ value: Double) { write(value.bitPattern) }

  mutating func write(_ values: [Double]) {
    write(values.count)
    for value in values { write(value) }
  }

  mutating func write(_ texts: [String]) {
    write(texts.count)
    for text in texts {
      write(text.utf8.count)
      bytes += Array(text.utf8)
    }
  }

  /// Seven bits a byte, so that small numbers take one.
  mutating func writeShort(_ value: UInt32) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

/// Reads what `ByteWriter` wrote; throws where the bytes cannot be that.
struct ByteReader {
  /// The bytes are not what was expected; there is nothing more to say of a cache.
  struct Malformed: Error {}

  private let bytes: [UInt8]
  private var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { offset == bytes.count }

  mutating func read<Value: FixedWidthInteger>(
    _ type: Value.Type = Value.self
  ) throws(Malformed) -> Value {
    let size = Value.bitWidth / 8
    guard bytes.count - offset >= size else { throw Malformed() }
    var value: Value = 0
    for index in 0..<size {
      value |= Value(truncatingIfNeeded: bytes[offset + index]) << Value(8 * index)
    }
    offset += size
    return value
  }

  /// A finite number: nothing else is ever written.
  mutating func readDouble() throws(Malformed) -> Double {
    let value = Double(bitPattern: try read())
    guard value.isFinite else { throw Malformed() }
    return value
  }

  mutating func readDoubles() throws(Malformed) -> [Double] {
    let count = try readCount(of: 8)
    var values: [Double] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(try readDouble()) }
    return values
  }

  mutating func readStrings() throws(Malformed) -> [String] {
    var texts: [String] = []
    for _ in 0..<(try readCount(of: 8)) {
      let count = try readCount(of: 1)
      texts.append(String(decoding: bytes[offset..<offset + count], as: UTF8.self))
      offset += count
    }
    return texts
  }

  /// A number of things that take at least `size` bytes each: never more than can follow.
  mutating func readCount(of size: Int) throws(Malformed) -> Int {
    let count = try read(Int64.self)
    guard count >= 0, count <= (bytes.count - offset) / size else { throw Malformed() }
    return Int(count)
  }

  mutating func readShort() throws(Malformed) -> UInt32 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), through: 28, by: 7) {
      let byte = try read(UInt8.self)
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 {
        guard let short = UInt32(exactly: value) else { throw Malformed() }
        return short
      }
    }
    throw Malformed()
  }
}
