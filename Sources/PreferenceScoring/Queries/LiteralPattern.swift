/// Words to be found in texts, letter case ignored.
///
/// A letter and its single lower-case letter are the same; the Kelvin sign and the dotted capital I, whose
/// lower case would be ASCII, stand for themselves, so that a search for ASCII need not look at anything
/// else.
///
/// - Source: Horspool, 1980, doi:10.1002/spe.4380100608.
public struct LiteralPattern: Sendable {
  /// In lower case.
  private let needle: Needle
  private let isASCII: Bool
  /// The longest stretch of letters and digits: files write it as it is, unless they escape it as
  /// `\u00..`, and no format puts a text together within it.
  private let plainStretch: Needle?

  private static let escape = Needle(Array("\\u00".utf8))

  /// - Parameter text: What is looked for; where it is empty, nothing is found.
  public init(_ text: String) {
    let bytes = Self.lowered(text)
    needle = Needle(bytes)
    isASCII = bytes.allSatisfy { $0 < 0x80 }
    let stretch = bytes.split { !(0x30...0x39).contains($0) && !(0x61...0x7A).contains($0) }
      .max { $0.count < $1.count }
      // Reasoning that a file keeps in a field of its own is read between tags that the file lacks.
      .flatMap { "think".contains(String(decoding: $0, as: UTF8.self)) ? nil : $0 }
    plainStretch = stretch.map { Needle(Array($0)) }
  }

  /// Whether `text` holds the words.
  /// - Complexity: O(length of `text`) for usual texts.
  public func isFound(in text: String) -> Bool {
    guard !needle.bytes.isEmpty else { return false }
    guard isASCII else { return needle.isFound(in: Self.lowered(text).span) }
    var text = text
    text.makeContiguousUTF8()
    return needle.isFound(in: text.utf8.span)
  }

  /// Whether the bytes of a row can show that it does not hold the words.
  var tellsByBytes: Bool { plainStretch != nil }

  /// False only where no text in a row whose bytes are these can hold the words.
  func mayBeFound(inBytes bytes: Span<UInt8>) -> Bool {
    guard let plainStretch else { return true }
    return plainStretch.isFound(in: bytes) || Self.escape.isFound(in: bytes)
  }

  private static func lowered(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        bytes.append(Needle.lowered[Int(scalar.value)])
        continue
      }
      let mapping = scalar.properties.lowercaseMapping.unicodeScalars
      if let lower = mapping.first, mapping.count == 1, !lower.isASCII {
        bytes += UTF8.encode(lower)?.map(\.self) ?? []
      } else {
        bytes += UTF8.encode(scalar)?.map(\.self) ?? []
      }
    }
    return bytes
  }

  /// Bytes in lower case, and how far a search for them may go on after each byte.
  private struct Needle: Sendable {
    let bytes: [UInt8]
    /// By the byte under the end of the needle; 0 where it is the needle's last one.
    private var shifts: [Int]
    private var shiftAfterLast = 1

    /// ASCII in lower case, other bytes as they are.
    static let lowered: [UInt8] = (0...255).map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }

    init(_ bytes: [UInt8]) {
      self.bytes = bytes
      shifts = Array(repeating: max(bytes.count, 1), count: 256)
      for (place, byte) in bytes.dropLast().enumerated() {
        for spelling in Self.spellings(of: byte) { shifts[spelling] = bytes.count - 1 - place }
      }
      guard let last = bytes.last else { return }
      shiftAfterLast = shifts[Int(last)]
      for spelling in Self.spellings(of: last) { shifts[spelling] = 0 }
    }

    private static func spellings(of byte: UInt8) -> [Int] {
      (0...255).filter { lowered[$0] == byte }
    }

    func isFound(in text: Span<UInt8>) -> Bool {
      var end = bytes.count - 1
      guard end >= 0 else { return false }
      while end < text.count {
        let shift = shifts[Int(text[end])]
        if shift > 0 {
          end += shift
          continue
        }
        var place = bytes.count - 2
        var at = end - 1
        while place >= 0, Self.lowered[Int(text[at])] == bytes[place] {
          place -= 1
          at -= 1
        }
        if place < 0 { return true }
        end += shiftAfterLast
      }
      return false
    }
  }
}
