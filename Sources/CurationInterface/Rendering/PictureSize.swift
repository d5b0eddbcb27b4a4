/// How large a picture is, by the first bytes of its file: PNG, JPEG, GIF or WebP.
///
/// - Source: PNG (W3C, 3rd edition) 11.2.1; JPEG (ITU-T T.81) B.2.2; GIF89a 18; RFC 9649 (WebP) 2.5-2.7.
public struct PictureSize: Hashable, Sendable {
  /// In picture elements, as `height`.
  public let width: Int
  public let height: Int

  /// More bytes than this are never needed, unless a JPEG begins with a very large preview.
  public static let headerLimit = 262_144

  /// - Parameter header: The beginning of the file, or all of it; whatever stands in it.
  ///   Nil comes of what is none of these formats, too short, or says that the picture is empty.
  public init?(header: [UInt8]) {
    let bytes = PictureBytes(header)
    guard
      let size = bytes.pngSize ?? bytes.gifSize ?? bytes.webPSize ?? bytes.jpegSize,
      size.width > 0, size.height > 0
    else { return nil }
    (width, height) = size
  }
}

/// Reads numbers at places that may not be there.
private struct PictureBytes {
  typealias Dimensions = (width: Int, height: Int)

  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private func holds(_ text: String, at place: Int) -> Bool {
    bytes.dropFirst(place).starts(with: text.utf8)
  }

  /// The number of `count` bytes at `place`, the highest first or last.
  private func number(_ count: Int, at place: Int, isBigEndian: Bool) -> Int? {
    guard place >= 0, place + count <= bytes.count else { return nil }
    let part = bytes[place..<place + count]
    return isBigEndian
      ? part.reduce(0) { $0 << 8 | Int($1) } : part.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  private func pair(
    _ count: Int, at place: Int, and other: Int, isBigEndian: Bool
  ) -> Dimensions? {
    guard let first = number(count, at: place, isBigEndian: isBigEndian),
      let second = number(count, at: other, isBigEndian: isBigEndian)
    else { return nil }
    return (first, second)
  }

  var pngSize: Dimensions? {
    guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
      holds("IHDR", at: 12)
    else { return nil }
    return pair(4, at: 16, and: 20, isBigEndian: true)
  }

  var gifSize: Dimensions? {
    guard holds("GIF87a", at: 0) || holds("GIF89a", at: 0) else { return nil }
    return pair(2, at: 6, and: 8, isBigEndian: false)
  }

  var webPSize: Dimensions? {
    guard holds("RIFF", at: 0), holds("WEBP", at: 8) else { return nil }
    if holds("VP8X", at: 12) {
      return pair(3, at: 24, and: 27, isBigEndian: false).map { ($0.width + 1, $0.height + 1) }
    }
    if holds("VP8L", at: 12), number(1, at: 20, isBigEndian: false) == 0x2F,
      let packed = number(4, at: 21, isBigEndian: false)
    {
      return ((packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1)
    }
    if holds("VP8 ", at: 12), bytes.dropFirst(23).starts(with: [0x9D, 0x01, 0x2A]) {
      return pair(2, at: 26, and: 28, isBigEndian: false)
        .map { ($0.width & 0x3FFF, $0.height & 0x3FFF) }
    }
    return nil
  }

  /// The size in the first frame header; the segments before it are passed over by their lengths.
  var jpegSize: Dimensions? {
    guard bytes.starts(with: [0xFF, 0xD8]) else { return nil }
    var place = 2
    while let mark = number(2, at: place, isBigEndian: true), mark >> 8 == 0xFF {
      let kind = mark & 0xFF
      // Fill bytes, and marks that stand alone.
      if kind == 0xFF {
        place += 1
        continue
      }
      if kind == 0x01 || (0xD0...0xD8).contains(kind) {
        place += 2
        continue
      }
      let isFrame = (0xC0...0xCF).contains(kind) && ![0xC4, 0xC8, 0xCC].contains(kind)
      if isFrame {
        return pair(2, at: place + 7, and: place + 5, isBigEndian: true)
      }
      guard let length = number(2, at: place + 2, isBigEndian: true), length >= 2 else {
        return nil
      }
      place += 2 + length
    }
    return nil
  }
}
