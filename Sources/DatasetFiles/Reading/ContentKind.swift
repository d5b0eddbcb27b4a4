/// What the first bytes of a file say that it is.
enum ContentKind: Hashable {
  case text
  case compressed(DatasetContainer.Compression)
  case parquet
  case arrow
  /// Something else that is known, by its usual file extension.
  case other(String)
  case gitLFSPointer
  case binary

  /// How many bytes are looked at.
  static let sampleSize = 4096

  private static let beginnings: [(bytes: [UInt8], kind: ContentKind)] = [
    ([0x1F, 0x8B], .compressed(.gzip)),
    ([0x28, 0xB5, 0x2F, 0xFD], .compressed(.zstd)),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], .compressed(.xz)),
    (Array("BZh".utf8), .other("bz2")),
    ([0x50, 0x4B, 0x03, 0x04], .other("zip")),
    (Array("PAR1".utf8), .parquet),
    (Array("ARROW1".utf8), .arrow),
    // A stream of Arrow, as `save_to_disk` of Hugging Face datasets writes it, has no name: a
    // continuation mark and a length (Arrow Columnar Format 1.0, "Encapsulated message format").
    ([0xFF, 0xFF, 0xFF, 0xFF], .arrow),
    (Array("SQLite format 3\0".utf8), .other("sqlite")),
    ([0xFF, 0xFE], .other("utf-16")),
    ([0xFE, 0xFF], .other("utf-16")),
    (Array("version https://git-lfs".utf8), .gitLFSPointer),
  ]

  /// - Parameter first: The first `sampleSize` bytes, or all of a shorter file.
  init(_ first: some Collection<UInt8>) {
    if let known = Self.beginnings.first(where: { first.starts(with: $0.bytes) }) {
      self = known.kind
    } else {
      // A NUL byte is in no text, and in nearly every other file.
      self = first.contains(0) ? .binary : .text
    }
  }

  /// Why this is not read as it is, or nil where it is text.
  var refusal: DatasetReadError? {
    switch self {
    case .text: nil
    case .compressed(let compression): .unsupported(container: compression.rawValue)
    case .parquet: .unsupported(container: "parquet")
    case .arrow: .unsupported(container: "arrow")
    case .other(let name): .unsupported(container: name)
    case .gitLFSPointer: .gitLFSPointer
    case .binary: .notText
    }
  }
}
