import PreferenceData
import Testing

@Suite("Stable hash")
struct StableHashTests {
  /// The bytes (37 i + 11) mod 256 with the seed 0x9747b28c, by the independent implementation
  /// mmh3 5.3.1 from PyPI (`mmh3.hash64(bytes, seed, x64arch=True, signed=False)`, both words as 16
  /// hexadecimal digits): every length of the last, incomplete block, and beyond.
  private static let reference: [(count: Int, hash: String)] = [
    (0, "392b208a1daabbb393b0608fe302957a"),
    (1, "8b6ce7c64b95028f2f5a92030c3c4aa5"),
    (2, "543498c5a85d95e54426e3a0a3bccf8b"),
    (3, "f5c7b4f813b7983f66674f0605fc5d6a"),
    (4, "6526401f9ecf69a99e10571002f49713"),
    (5, "e72f4a83e960bb13853fe6812f22b644"),
    (6, "6d6753dc8b368ab3c5d2fb8f42c98722"),
    (7, "af122a691307450f419517b84a66f1fd"),
    (8, "d8c61819ff0e5aa442fb2f4854e50b63"),
    (9, "6a9d1bd1ef809a06270737178fda89ed"),
    (10, "48fa424e1c1805623e3cdae9700c4a31"),
    (11, "f74deeee1bb9740fb457986fe8a1aa69"),
    (12, "02068a3bb4459c49632f8d95603ca17b"),
    (13, "3e3196f5c24c7d04bec16a85b5a18366"),
    (14, "9ba80c5b5ad2a1aa61a051b0f38edbec"),
    (15, "335f5087d2c8cc583041cdcbb287c4c5"),
    (16, "f000e3ed91b0ee1ca98aa8ff5d8a4c22"),
    (17, "ed5790939ce6c48116d479de0bb57a3b"),
    (18, "729cc8109206c563d56646fbb4b08260"),
    (19, "6d1eec265cde20d26e3e4e9f324947a5"),
    (20, "cbecf91a5caa479fd7f90dc195d92d23"),
    (21, "2f3c6a978abef6a3f46b886368b80fa3"),
    (22, "b907dce1b00c148c9111ab1872191ae7"),
    (23, "143459264c5acca8979658047e9a5b9d"),
    (24, "90d51c76e057c8d4d6ef6578c33229f3"),
    (25, "fc4f5ddc519c2a21bc1324e19a9f94eb"),
    (26, "ab59cd899275ecd37a472c832c86f6df"),
    (27, "275b0b6fdd53a31f1e41eb4c89cd7a31"),
    (28, "2d9533bb3268be261931af5ee678ba10"),
    (29, "cbae29bbaedf8695cc280cad133dfe6c"),
    (30, "17b859ab3d09dc33af0d5b6cc8f06da8"),
    (31, "fd937d733e2b266e868f6285d1a68169"),
    (32, "ef55560a038dd28ff656da744b64242c"),
    (33, "df8ff14bc2ca0d4c3568941c7a9c1896"),
    (63, "a5e119e39eb51400e3292444c136b238"),
    (64, "acc6226962b02cf128eac676aa19f279"),
    (65, "08af640f32e108d88600092a13f6e547"),
    (1000, "fe4e27ab4c759a63f9b4b94748299bbf"),
  ]

  @Test("it is MurmurHash3 x64 128, as an independent implementation computes it")
  func referenceVectors() {
    for (count, expected) in Self.reference {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + 11) }
      #expect(
        StableHash(bytes: bytes.span, seed: 0x9747_b28c).description == expected, "\(count) bytes")
    }
  }

  @Test("it has the published value of the pangram")
  func publishedVector() {
    let hash = StableHash("The quick brown fox jumps over the lazy dog")
    #expect(hash.description == "e34bbc7bbc071b6c7a433ca9c49a9347")
    #expect(StableHash("").description == String(repeating: "0", count: 32))
  }

  @Test("text is hashed by its bytes, wherever the string keeps them")
  func textBytes() {
    let text = "préférence 偏好 👩‍👩‍👧"
    let bytes = Array(text.utf8)
    #expect(StableHash(text, seed: 5) == StableHash(bytes: bytes.span, seed: 5))
    let slice = String("x\(text)y".dropFirst().dropLast())
    #expect(StableHash(slice, seed: 5) == StableHash(text, seed: 5))
  }

  @Test("its hexadecimal name reads back, whatever the case, and nothing else does")
  func hexadecimal() {
    for index in 0..<200 {
      let hash = StableHash("\(index)")
      #expect(StableHash(hexadecimal: hash.description) == hash)
      #expect(StableHash(hexadecimal: hash.description.uppercased()) == hash)
    }
    let small = StableHash(high: 0, low: 1)
    #expect(small.description == String(repeating: "0", count: 31) + "1")
    let digits = small.description
    for text in [
      "", "1", digits + "0", String(digits.dropLast()), "+" + digits.dropFirst(),
      "g" + digits.dropFirst(), String(digits.dropLast(2)) + "é", digits.dropLast() + " ",
    ] {
      #expect(StableHash(hexadecimal: text) == nil, "\(text)")
    }
  }

  @Test("combining depends on both, and on their order")
  func combining() {
    let hashes = (0..<40).map { StableHash("\($0)") }
    var seen: Set<StableHash> = []
    for left in hashes {
      for right in hashes { seen.insert(left.combined(with: right)) }
    }
    #expect(seen.count == hashes.count * hashes.count)
  }

  @Test("one flipped bit flips about half of the bits")
  func avalanche() {
    var flipped = 0
    var count = 0
    for length in [1, 7, 16, 33] {
      let bytes = (0..<length).map { UInt8($0) }
      let hash = StableHash(bytes: bytes.span)
      for bit in 0..<(8 * length) {
        var changed = bytes
        changed[bit / 8] ^= 1 << (bit % 8)
        let other = StableHash(bytes: changed.span)
        flipped +=
          (hash.high ^ other.high).nonzeroBitCount + (hash.low ^ other.low).nonzeroBitCount
        count += 128
      }
    }
    // 58,368 fair coins: five standard deviations are about 0.01.
    #expect(abs(Double(flipped) / Double(count) - 0.5) < 0.01)
  }
}
