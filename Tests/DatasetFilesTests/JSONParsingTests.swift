import PreferenceData
import Testing

@testable import DatasetFiles

@Suite("JSON parsing")
struct JSONParsingTests {
  @Test("simdjson and the lenient reader see the same document", arguments: 0..<64)
  func bothReadersAgree(seed: Int) {
    var rows = OddRows(seed: seed)
    let parser = SIMDParser()
    var accepted = 0
    for _ in 0..<40 {
      var bytes = rows.row()
      for _ in 0..<Int.random(in: 0..<3, using: &rows.random) { mutate(&bytes, &rows.random) }
      let lenient = Result { () throws(JSONSyntaxError) in try JSONDocument(lenient: bytes.span) }
      let padded = bytes + [UInt8](repeating: 0x22, count: SIMDParser.padding)
      guard let strict = parser.parse(padded, 0..<bytes.count) else { continue }
      accepted += 1
      guard case .success(let document) = lenient else {
        Issue.record("only simdjson takes \(String(decoding: bytes, as: UTF8.self))")
        continue
      }
      #expect(document.comparable == strict.comparable)
    }
    #expect(accepted > 0)
  }

  @Test("rows that Swift wrote as JSON are taken by simdjson itself")
  func strictRowsAreParsedFast() {
    let parser = SIMDParser()
    let row = Array(#"{"a":[1,-2.5e3,true,false,null,{}],"é":"\ud83d\ude42\n","":[[]]}"#.utf8)
    let padded = row + [UInt8](repeating: 0, count: SIMDParser.padding)
    let document = parser.parse(padded, 0..<row.count)
    #expect(document?.root["é"]?.string == "🙂\n")
    #expect(document?.root["a"]?.children.count == 6)
    #expect(document?.root["a"]?.children[1].number == -2500)
    #expect(document.map { row[$0.root.span] } == row[...])
  }

  @Test("one parser reads texts one after another, each as if it were the first")
  func parserIsReusable() {
    let parser = SIMDParser()
    var rows = OddRows(seed: 7)
    for _ in 0..<200 {
      let bytes = rows.row() + [UInt8](repeating: 0, count: SIMDParser.padding)
      let range = 0..<(bytes.count - SIMDParser.padding)
      #expect(
        parser.parse(bytes, range)?.comparable == SIMDParser().parse(bytes, range)?.comparable)
    }
  }

  @Test("nesting beyond the limit is refused by both and crashes neither")
  func nestingIsBounded() {
    let parser = SIMDParser()
    for depth in [JSONDocument.depthLimit, JSONDocument.depthLimit + 1, 100_000] {
      let open = [UInt8](repeating: 0x5B, count: depth)
      let bytes = open + [UInt8](repeating: 0x5D, count: depth)
      let fits = depth <= JSONDocument.depthLimit
      let padded = bytes + [UInt8](repeating: 0, count: SIMDParser.padding)
      #expect((parser.parse(padded, 0..<bytes.count) != nil) == fits)
      #expect(((try? JSONDocument(lenient: bytes.span)) != nil) == fits)
    }
  }

  private func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    guard !bytes.isEmpty else { return }
    let place = Int.random(in: 0..<bytes.count, using: &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes.remove(at: place)
    case 2: bytes.insert(random.one(of: Array("{}[]\",:\\u0- \n".utf8)), at: place)
    default: bytes.removeSubrange(place...)
    }
  }
}

extension JSONDocument {
  /// All that formats can see.
  fileprivate var comparable: [[Int]] {
    [texts.map(Int.init)]
      + nodes.map {
        [
          Int($0.kind.rawValue), $0.span.lowerBound, $0.span.upperBound, $0.text.lowerBound,
          $0.text.upperBound, $0.key.lowerBound, $0.key.upperBound, $0.next,
        ]
      }
  }
}
