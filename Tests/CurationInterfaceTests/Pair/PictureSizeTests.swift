import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Sizes of pictures")
struct PictureSizeTests {
  /// The beginning of a picture of 640 x 480 in each format, as its specification lays it out.
  static let headers: [(name: String, bytes: [UInt8])] = [
    (
      "PNG",
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)
        + [0, 0, 0x02, 0x80, 0, 0, 0x01, 0xE0, 8, 6, 0, 0, 0]
    ),
    ("GIF", Array("GIF89a".utf8) + [0x80, 0x02, 0xE0, 0x01, 0, 0, 0]),
    (
      "JPEG",
      [0xFF, 0xD8, 0xFF, 0xE0, 0, 6, 1, 2, 3, 4, 0xFF, 0xFF, 0xC4, 0, 3, 9]
        + [0xFF, 0xC2, 0, 17, 8, 0x01, 0xE0, 0x02, 0x80, 3]
    ),
    (
      "WebP, extended",
      Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WEBPVP8X".utf8) + [10, 0, 0, 0, 0, 0, 0, 0]
        + [0x7F, 0x02, 0, 0xDF, 0x01, 0]
    ),
    (
      "WebP, lossy",
      Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WEBPVP8 ".utf8) + [0, 0, 0, 0, 0, 0, 0]
        + [0x9D, 0x01, 0x2A, 0x80, 0x42, 0xE0, 0x81]
    ),
    (
      "WebP, lossless",
      Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WEBPVP8L".utf8) + [0, 0, 0, 0, 0x2F]
        + [0x7F, 0xC2, 0x77, 0x00]
    ),
  ]

  @Test("every format says its size", arguments: headers.indices)
  func sizes(number: Int) {
    let (name, bytes) = Self.headers[number]
    let size = PictureSize(header: bytes)
    #expect(size?.width == 640 && size?.height == 480, "\(name)")
  }

  @Test("no bytes trap, whether cut, changed or made up", arguments: 0..<20 as Range<UInt64>)
  func hostile(seed: UInt64) {
    var generator = SplitMix(seed: seed)
    for (_, bytes) in Self.headers {
      for length in 0...bytes.count { _ = PictureSize(header: Array(bytes.prefix(length))) }
      for _ in 0..<200 {
        var changed = bytes
        for _ in 0..<3 {
          changed[Int.random(in: 0..<changed.count, using: &generator)] =
            UInt8.random(in: 0...255, using: &generator)
        }
        if let size = PictureSize(header: changed) { #expect(size.width > 0 && size.height > 0) }
      }
    }
    #expect(PictureSize(header: []) == nil)
    // Lengths that go nowhere end the search.
    #expect(PictureSize(header: [0xFF, 0xD8, 0xFF, 0xE0, 0, 0, 0xFF, 0xC0]) == nil)
  }

  @Test("the pair says what its picture is and which key opens it; nothing in a name is a control")
  func shown() throws {
    let rows = [
      SampleRows.pair(
        "what is on ![it](photos/cat.png)?", "a cat [image: dog\u{1B}[31m.png]", "no")
    ]
    var script = ReviewScript(rows: rows, size: Size(columns: 120, rows: 24))
    script.go(to: 0)
    #expect(
      script.commands.contains(
        .lookAtPictures(["photos/cat.png", "dog\u{1B}[31m.png"])))
    let size = try #require(PictureSize(header: Self.headers[0].bytes))
    script.send(.picturesSeen(["photos/cat.png": PictureFacts(byteCount: 12_345, size: size)]))
    #expect(script.screen.contains("picture cat.png 640x480, 12 KB (1 of 2)  ,v opens"))
    script.press(",v")
    #expect(script.screen.contains("opened photos/cat.png"))
    script.press("Esc")
    #expect(script.screen.contains("(2 of 2)"))
    #expect(!script.screen.unicodeScalars.contains("\u{1B}"))
    let asked = script.commands.count { if case .lookAtPictures = $0 { true } else { false } }
    #expect(asked == 1)
  }

  @Test("a file that is not here says so, and one of another format says its length alone")
  func unknown() {
    #expect(PictureFacts().phrase == "not here")
    #expect(PictureFacts(byteCount: 999).phrase == "999 B")
    #expect(PictureFacts(byteCount: 1_499_500).phrase == "1,500 KB")
  }
}
