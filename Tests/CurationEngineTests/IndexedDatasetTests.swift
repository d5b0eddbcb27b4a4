import CurationEngine
import DatasetFiles
import PreferenceData
import Testing

@Suite("Naming rows")
struct IndexedDatasetTests {
  @Test("every row is found by its own id, its identity, its beginning and its position")
  func names() throws {
    let folder = try TemporaryFolder()
    let opened = try #require(IndexedDataset(try SampleRows.dataset(50, in: folder)))
    for row in 0..<50 {
      let id = try #require(opened.index.ids[row])
      #expect(opened.name(of: row) == "r\(row)")
      #expect(opened.position(named: "r\(row)") == .found(row))
      #expect(opened.position(named: "row:\(row)") == .found(row))
      #expect(opened.position(named: id.description) == .found(row))
      #expect(opened.position(named: String(id.description.prefix(16))) == .found(row))
    }
    #expect(opened.position(named: "row:50") == .unknown)
    #expect(opened.position(named: "nobody") == .unknown)
  }

  @Test("a name that several rows share is ambiguous")
  func ambiguous() throws {
    let folder = try TemporaryFolder()
    let lines = SampleRows.lines(3).replacing("\"r1\"", with: "\"r0\"")
    let dataset = try Dataset.open(.file(try folder.write(lines, to: "rows.jsonl")))
    let opened = try #require(IndexedDataset(dataset))
    #expect(opened.position(named: "r0") == .ambiguous([0, 1]))
  }

  @Test("indexing ends where nobody wants it any more")
  func cancelled() throws {
    let folder = try TemporaryFolder()
    #expect(IndexedDataset(try SampleRows.dataset(5, in: folder)) { _ in false } == nil)
  }
}
