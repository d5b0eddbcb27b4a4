import PreferenceData
import Testing

@Suite("Named columns")
struct NamedColumnsTests {
  private func row(_ text: String, _ columns: NamedColumns) throws -> PreferenceRow {
    let document = try JSONDocument(lenient: Array(text.utf8).span)
    let format = try #require(RowFormats.all.first { $0.recognises(document.root) })
    return columns.applied(to: try format.row(from: document.root).get(), of: document.root)
  }

  private let text = #"""
    {"prompt":"p","chosen":"c","rejected":"r","source":"s","worker":"w",\#
    "rm":{"a":[1.5,-2]},"good":4,"bad":"x","who":7,"topic":""}
    """#

  @Test("rewards go to the sides, and numbers only")
  func rewards() throws {
    let fields = try [("rm.a.0", "rm.a.1"), ("good", "bad"), ("nowhere", "good")].map {
      NamedColumns.RewardFields(
        first: try #require(FieldPath($0.0)), second: try #require(FieldPath($0.1)))
    }
    let columns = NamedColumns(rewards: fields)
    let row = try row(text, columns)
    #expect(row.sides.map(\.rewards) == [[1.5, 4, nil], [-2, nil, 4]])
    #expect((0..<4).map { row.rewardDifference(at: $0) } == [3.5, nil, nil, nil])
    #expect(
      columns.externalRewards.map(\.name) == ["rm.a.0, rm.a.1", "good, bad", "nowhere, good"])
    #expect(columns.missing(in: [row]) == "good, bad")
  }

  @Test("a named group or annotator takes the place of what the format finds, even of nothing")
  func names() throws {
    let plain = try row(text, NamedColumns())
    #expect(plain.group == "s" && plain.annotator == "w")
    let who = NamedColumns(group: FieldPath(key: "topic"), annotator: FieldPath(key: "who"))
    let named = try row(text, who)
    #expect(named.group == nil && named.annotator == "7")
    #expect(who.missing(in: [named]) == "topic")
    #expect(NamedColumns(annotator: FieldPath(key: "who")).missing(in: [named]) == nil)
  }
}
