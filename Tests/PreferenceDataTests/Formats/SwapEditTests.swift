import PreferenceData
import Testing

@Suite("Swap edits")
struct SwapEditTests {
  static let rows: [(format: String, before: String, after: String)] = [
    (
      "trl-standard-explicit", #"{"prompt":"q","chosen":"a","rejected":"bb"}"#,
      #"{"prompt":"q","chosen":"bb","rejected":"a"}"#
    ),
    (
      "trl-standard-implicit", #"{ "rejected" : "q? b", "chosen":"q? \u0061" }"#,
      #"{ "rejected" : "q? \u0061", "chosen":"q? b" }"#
    ),
    (
      "trl-standard-explicit",
      #"{"score_chosen":8.50,"prompt":"q","chosen":"a","score_rejected":7,"rejected":"b"}"#,
      #"{"score_chosen":7,"prompt":"q","chosen":"b","score_rejected":8.50,"rejected":"a"}"#
    ),
    (
      "trl-standard-explicit", #"{"prompt":"q","chosen":"a","rejected":"b","margin":-1.0e0}"#,
      #"{"prompt":"q","chosen":"b","rejected":"a","margin":1.0e0}"#
    ),
    (
      "trl-standard-explicit", #"{"prompt":"q","chosen":"a","rejected":"b","margin":0.0}"#,
      #"{"prompt":"q","chosen":"b","rejected":"a","margin":0.0}"#
    ),
    (
      "trl-standard-explicit", #"{"prompt":"q","chosen":"a","rejected":"b","chosen_by":"x"}"#,
      #"{"prompt":"q","chosen":"b","rejected":"a","chosen_by":"x"}"#
    ),
  ]

  @Test("the other side becomes the preferred one and the rest stays", arguments: rows)
  func swaps(format: String, before: String, after: String) throws {
    #expect(try swapped(before, as: format) == after)
    #expect(try swapped(after, as: format) == before)
    #expect(try read(after, as: format).pairID == (try read(before, as: format)).pairID)
  }

  @Test("with fields inside objects named by side, the whole objects change places")
  func nestedSides() throws {
    let format = RowFormats.mapped(
      prompt: nil, chosen: try #require(FieldPath("chosen.text")),
      rejected: try #require(FieldPath("rejected.text")))
    let row = #"{"chosen":{"text":"a","model":"m"},"rejected":{"text":"b","model":"n"},"x":1}"#
    let edits = try #require(format.swapEdits(in: try document(row).root))
    let swapped = LabelEdit.apply(edits, to: Array(row.utf8))
    #expect(
      String(decoding: swapped, as: UTF8.self)
        == #"{"chosen":{"text":"b","model":"n"},"rejected":{"text":"a","model":"m"},"x":1}"#)
  }

  @Test("edits replace and exchange spans wherever they stand")
  func applying() {
    let row = Array("0123456789".utf8)
    let edits: [LabelEdit] = [.exchange(6..<9, 1..<2), .replace(3..<5, with: Array("x".utf8))]
    #expect(String(decoding: LabelEdit.apply(edits, to: row), as: UTF8.self) == "06782x519")
    #expect(LabelEdit.apply([], to: row) == row)
  }

  private func swapped(_ row: String, as name: String) throws -> String {
    let format = try #require(RowFormats.all.first { $0.name == name })
    let edits = try #require(format.swapEdits(in: try document(row).root))
    return String(decoding: LabelEdit.apply(edits, to: Array(row.utf8)), as: UTF8.self)
  }
}
