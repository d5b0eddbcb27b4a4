import Foundation
import PreferenceData
import ReviewStore
import Testing

@Suite("Decision log")
struct DecisionLogTests {
  private func read(_ text: String) throws -> [(line: Int, record: DecisionRecord)] {
    try DecisionLog.records(in: Array(text.utf8))
  }

  @Test(
    "records written are the records read, one line each, the same bytes every time",
    arguments: 0..<16)
  func roundTrip(seed: Int) throws {
    var review = GeneratedReview(seed: seed)
    var records: [DecisionRecord] = []
    for index in 0..<50 {
      let event = try review.event(after: 0)
      guard case .decided(let decisions) = event.content else { continue }
      records += decisions.map {
        DecisionRecord(
          $0, of: event, id: $0.row.description, row: index, outcome: nil, isUndone: false)
      }
    }
    let bytes = DecisionLog.bytes(of: records)
    let lines = try DecisionLog.records(in: bytes)
    #expect(lines.map(\.record) == records)
    #expect(lines.map(\.line) == records.indices.map { $0 + 1 })
    #expect(DecisionLog.bytes(of: lines.map(\.record)) == bytes)
  }

  @Test("a record is spelt as others may rely on")
  func spelling() throws {
    let side = SideID(StableHash(high: 1, low: 2))
    let record = DecisionRecord(
      id: "a/1", row: 7, outcome: .swap, prefers: side, strength: 2, note: "n", tags: ["t"],
      reason: "slip", annotator: try GeneratedReview.annotator(0),
      millisecondsSince1970: 1_800_000_000_123,
      serving: Serving(
        route: .audit, probability: 0.25, scan: "s", rank: 3, suspicion: 0.5, firstSide: side,
        labelSeen: true, evidenceSeen: false, seconds: 1.5), isUndone: true)
    let side128 = "00000000000000010000000000000002"
    #expect(
      String(decoding: DecisionLog.bytes(of: [record]), as: UTF8.self)
        == #"{"annotator":"ada","at":"2027-01-15T08:00:00.123Z","decision":"swap","id":"a/1","#
        + #""note":"n","prefers":"\#(side128)","reason":"slip","row":7,"#
        + #""served":{"evidence_seen":false,"first_side":"\#(side128)","label_seen":true,"#
        + #""probability":0.25,"rank":3,"route":"audit","scan":"s","seconds":1.5,"suspicion":0.5},"#
        + #""strength":2,"tags":["t"],"undone":true}"# + "\n")
  }

  @Test("blank lines, CRLF and a byte order mark are passed over, and counted")
  func layout() throws {
    let line = #"{"row":0,"decision":"keep"}"#
    let lines = try read("\u{feff}\n\(line)\r\n \t\r\n\n\(line)")
    #expect(lines.map(\.line) == [2, 5])
    #expect(try read("").isEmpty)
  }

  @Test(
    "the first bad line is named, with its field and what is wrong with it",
    arguments: [
      ("{", .malformed), ("not json", .malformed), ("[1]", .notAnObject), ("7", .notAnObject),
      (#"{"decision":"keep"}"#, .missing(field: "id")),
      (#"{"row":1}"#, .missing(field: "decision")),
      (#"{"row":"1","decision":"keep"}"#, .wrongType(field: "row")),
      (#"{"id":{},"decision":"keep"}"#, .wrongType(field: "id")),
      (#"{"row":1,"decision":"keep","tags":["a",2]}"#, .wrongType(field: "tags.1")),
      (#"{"row":1,"decision":"flip"}"#, .invalid(field: "decision")),
      (#"{"row":1,"decision":"keep","strength":9}"#, .invalid(field: "strength")),
      (#"{"row":1,"decision":"keep","served":{"route":"bus"}}"#, .invalid(field: "served.route")),
      (#"{"row":1,"decision":"keep","served":{}}"#, .missing(field: "served.route")),
      (#"{"row":1,"decision":"keep","served":3}"#, .wrongType(field: "served")),
    ] as [(String, DecisionLogError.Problem)])
  func problems(text: String, problem: DecisionLogError.Problem) {
    let good = #"{"row":0,"decision":"keep"}"#
    #expect(throws: DecisionLogError(line: 3, problem: problem)) {
      try read("\(good)\n\n\(text)\n{\n")
    }
  }

  @Test("bytes that are not UTF-8 are a malformed line")
  func notText() {
    var bytes = Array(#"{"row":0,"decision":"keep","note":"x"}"#.utf8)
    bytes[bytes.count - 3] = 0xff
    #expect(throws: DecisionLogError(line: 1, problem: .malformed)) {
      try DecisionLog.records(in: bytes)
    }
  }
}
