import PreferenceData
import Testing

@Suite("Lenient JSON")
struct LenientJSONTests {
  @Test(
    "what parsers refuse and people have is read, with its bytes where they are",
    arguments: [
      (#""\ud800x""#, "\u{FFFD}x"), (#""\udc00""#, "\u{FFFD}"), (#""\ud83d\ude42""#, "🙂"),
      (#""\ud83d\u0041""#, "\u{FFFD}A"), ("\"a\tb\"", "a\tb"), (#""\u0000""#, "\0"),
      (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), ("NaN", "NaN"), ("-Infinity", "-Infinity"),
      ("-0.5e+10", "-0.5e+10"),
    ])
  func oddities(text: String, decoded: String) throws {
    let root = try document(" " + text + "\r").root
    #expect(root.scalarText == decoded)
    #expect(root.span == 1..<(1 + text.utf8.count))
  }

  @Test("invalid UTF-8 is repaired in the text only")
  func invalidUTF8() throws {
    let bytes: [UInt8] = [0x22, 0x61, 0xFF, 0x62, 0xE6, 0xBC, 0x22]
    let root = try JSONDocument(lenient: bytes.span).root
    #expect(root.string == "a\u{FFFD}b\u{FFFD}")
    #expect(root.span == 0..<7)
  }

  @Test(
    "what is no JSON says where, and what ends too early says so",
    arguments: [
      ("", 0, true), ("{", 1, true), (#"{"a""#, 4, true), (#"{"a":1"#, 6, true),
      (#""abc"#, 4, true),
      ("tru", 3, true), ("{a:1}", 1, false), ("[1,]", 3, false), ("[1 2]", 3, false),
      ("01", 1, false), ("1.", 2, true), ("+1", 0, false), (#""\x""#, 2, false),
      ("{} {}", 3, false),
      (#"{"a":1,}"#, 7, false), ("nulL", 3, false), ("--1", 1, false),
    ])
  func errors(text: String, offset: Int, isCutOff: Bool) {
    let error = #expect(throws: JSONSyntaxError.self) { try document(text) }
    #expect(error?.offset == offset)
    #expect((error?.found == nil) == isCutOff)
  }

  @Test("keys, values and paths are found")
  func views() throws {
    let root = try document(#"{"a":{"b":[1,{"c":"x"}]},"a":2,"é":true,"n":null}"#).root
    #expect(root.count(of: "a") == 2)
    #expect(root["a"]?.kind == .object)
    #expect(root["é"]?.bool == true)
    #expect(root["n"]?.isNull == true)
    #expect(root["none"] == nil)
    #expect(root.children.map(\.key) == ["a", "a", "é", "n"])
    let path = try #require(FieldPath("a.b.1.c"))
    #expect(root[path: path]?.string == "x")
    #expect(root[path: path].map { Array($0.utf8 ?? []) } == Array("x".utf8))
  }
}
