import CurationEngine
import DatasetFiles
import Foundation
import PreferenceData
import Testing

@Suite("A data set without decisions is copied without reading its rows")
struct UntouchedCopyTests {
  /// What a path of the rows makes of a file.
  private struct Written {
    let bytes: Data
    let review: Data
    let text: String
    let manifest: JSONView

    init(_ cleaning: Cleaning, to path: String) throws {
      let report = try cleaning.write(to: path, version: "test")
      func read(_ path: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: path))
      }
      bytes = try read(report.path)
      review = try read(report.reviewPath)
      let manifest = Array(try read(report.manifestPath))
      text = String(decoding: manifest, as: UTF8.self)
      self.manifest = try JSONDocument(lenient: manifest.span).root
    }
  }

  static let files: [(name: String, text: String)] = {
    let lines = SampleRows.lines(40)
    return [
      ("plain.jsonl", lines), ("marked.jsonl", "\u{FEFF}" + lines),
      ("endless.jsonl", String(lines.dropLast())),
      ("carriage.jsonl", lines.replacing("\n", with: "\r\n")),
      ("blank.jsonl", "\n \n" + lines.replacing("\n", with: "\n\n") + "\n\t\n"),
      ("broken.jsonl", lines + "{\"prompt\": \"half of a"),
      (
        "array.json",
        " [\n" + lines.dropLast().replacing("\n", with: " ,\n ") + "\n ] \n"
      ),
    ]
  }()

  @Test(
    "it writes what an export writes that knows every row, but for the count of problems",
    arguments: files)
  func same(file: (name: String, text: String)) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(file.text, to: file.name)
    let dataset = try Dataset.open(.file(path))
    let indexed = try #require(IndexedDataset(dataset))
    for output in ["out-\(file.name)", "out-\(file.name).gz"] {
      let copy = try Written(
        Cleaning(copying: dataset, annotator: nil, ties: .drop), to: folder.path + "/" + output)
      let known = try Written(
        Cleaning(of: indexed, ledger: ReviewLedger(), annotator: nil, scope: .all, ties: .drop),
        to: folder.path + "/" + output)
      #expect(copy.bytes == known.bytes)
      #expect(copy.review.isEmpty && known.review.isEmpty)
      let problems = indexed.index.problems.count
      #expect(
        copy.text == known.text.replacing("\"problems\": \(problems)", with: "\"problems\": null"))
      #expect(copy.manifest["input"]?["problems"]?.isNull == true)
      #expect(known.manifest["input"]?["problems"]?.number == Double(problems))
      // One pass over the file and two: the sum is that of the input either way.
      let sum = try dataset.contentDigest()
      #expect(copy.manifest["input"]?["sha256"]?.string == sum)
      if output == "out-\(file.name)" {
        #expect(copy.bytes == Data(file.text.utf8))
        #expect(copy.manifest["output"]?["sha256"]?.string == sum)
      } else {
        #expect(copy.manifest["output"]?["sha256"]?.string != sum)
      }
    }
  }

  @Test("what comes compressed has the sum of the file, not of the rows")
  func compressed() throws {
    let folder = try TemporaryFolder()
    let plain = try Dataset.open(.file(try folder.write(SampleRows.lines(9), to: "rows.jsonl")))
    let packed = folder.path + "/rows.jsonl.gz"
    _ = try Cleaning(copying: plain, annotator: nil, ties: .drop).write(to: packed, version: "test")
    let dataset = try Dataset.open(.file(packed))
    let written = try Written(
      Cleaning(copying: dataset, annotator: nil, ties: .drop), to: folder.path + "/out.jsonl")
    #expect(written.manifest["input"]?["sha256"]?.string == (try dataset.contentDigest()))
    #expect(written.manifest["output"]?["sha256"]?.string == (try plain.contentDigest()))
  }

  @Test("the index is the same however many threads read the rows", arguments: [2, 3, 7])
  func jobs(count: Int) throws {
    let folder = try TemporaryFolder()
    let text = SampleRows.lines(3000) + "broken\n" + SampleRows.lines(700)
    let dataset = try Dataset.open(.file(try folder.write(text, to: "rows.jsonl")))
    var alone = RowIndex()
    for position in 0..<dataset.rowCount { alone.append(dataset.row(at: position)) }
    var shares: [Double] = []
    let together = try #require(
      IndexedDataset(dataset, jobs: count) { share in
        shares.append(share)
        return true
      })
    #expect(together.index == alone)
    #expect(together.index.copyCount == 700 && together.index.problems.count == 1)
    #expect(shares == shares.sorted() && shares.allSatisfy { (0..<1).contains($0) })
  }
}
