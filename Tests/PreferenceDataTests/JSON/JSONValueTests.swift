import Foundation
import PreferenceData
import Testing

@Suite("Writing JSON")
struct JSONValueTests {
  @Test("members keep their order and numbers their shortest spelling")
  func spelling() {
    let value: JSONValue = [
      "row": 0, "suspicion": 0.93, "whole": 2.0, "none": nil, "flags": [true, false], "empty": [],
    ]
    #expect(
      value.text
        == #"{"row":0,"suspicion":0.93,"whole":2,"none":null,"flags":[true,false],"empty":[]}"#)
  }

  @Test("numbers that JSON has no word for become null", arguments: [Double.nan, .infinity])
  func unwritable(number: Double) {
    #expect(JSONValue.number(number).text == "null")
  }

  @Test("every scalar reads back as itself, and no control reaches the output")
  func scalars() throws {
    for start in stride(from: UInt32(0), to: 0x11_0000, by: 997) {
      var text = "\u{1B}[31m\u{202E}\u{2028}\"\\"
      for value in start..<min(start + 40, 0x11_0000) {
        if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
      }
      let written = JSONValue.string(text).text
      let hasControl = written.unicodeScalars.contains {
        $0.properties.generalCategory == .control || $0.properties.generalCategory == .format
      }
      #expect(!hasControl)
      let read = try JSONSerialization.jsonObject(
        with: Data(written.utf8), options: .fragmentsAllowed)
      #expect((read as? String).map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
    }
  }

  @Test("the indented form holds the same value")
  func pretty() throws {
    let value: JSONValue = ["a": [1, 2, ["b": "c"]], "d": ["e": [nil]]]
    let plain = try JSONSerialization.jsonObject(with: Data(value.text.utf8))
    let pretty = try JSONSerialization.jsonObject(with: Data(value.prettyText.utf8))
    #expect(plain as? NSDictionary == pretty as? NSDictionary)
  }
}
