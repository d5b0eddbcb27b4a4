import Glibc

extension Span<UInt8> {
  /// The first place of `byte` at or behind `start`, by the C library's vector code.
  func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    guard start < count else { return nil }
    return unsafe withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress,
        let found = unsafe memchr(base + start, Int32(byte), bytes.count - start)
      else { return nil }
      return unsafe found - UnsafeMutableRawPointer(mutating: base)
    }
  }
}
