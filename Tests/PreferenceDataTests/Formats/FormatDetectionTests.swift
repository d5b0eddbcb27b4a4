import PreferenceData
import Testing

@Suite("Format detection")
struct FormatDetectionTests {
  private let plain = #"{"prompt":"q","chosen":"a","rejected":"b"}"#
  private let transcript =
    #"{"chosen":"\n\nHuman: q\n\nAssistant: a","rejected":"\n\nHuman: q\n\nAssistant: b"}"#

  private func detect(_ rows: [String]) -> Result<FormatDetection, FormatEvidence> {
    RowFormats.detect(rows.map { try? document($0) })
  }

  @Test(
    "a format needs 95 % of the objects, or all but one of a few",
    arguments: [
      (100, 5, true), (100, 6, false), (20, 1, true), (20, 2, false), (3, 1, true), (2, 1, false),
      (1, 0, true),
    ])
  func confidence(rows: Int, odd: Int, isClear: Bool) {
    let sample = (0..<rows).map { $0 < odd ? #"{"chosen":1}"# : plain }
    switch detect(sample) {
    case .success(let detection):
      #expect(isClear)
      #expect(detection.format.name == "trl-standard-explicit")
      #expect(detection.fitting == rows - odd)
      #expect(detection.sampled == rows)
      #expect(detection.alternatives.isEmpty)
    case .failure(let evidence):
      #expect(!isClear)
      #expect(evidence.readings.map(\.fitting) == [rows - odd])
    }
  }

  @Test("rows that are no objects say nothing about the format")
  func brokenRows() throws {
    let detection = try detect([plain, "{", "nonsense", "[]", plain]).get()
    #expect(detection.sampled == 2)
    #expect(detection.evidence.rowCount == 5)
  }

  @Test("a few rows of another format are told, and many make it unclear")
  func mixtures() throws {
    let few = try detect(Array(repeating: transcript, count: 30) + [plain]).get()
    #expect(few.format.name == "hh-transcript")
    #expect(few.alternatives.map(\.format) == ["trl-standard-explicit"])
    guard case .failure(let many) = detect([transcript, plain, transcript, plain]) else {
      Issue.record("half and half is unclear")
      return
    }
    #expect(many.readings.count == 2)
  }

  @Test("keys are listed by how many rows have them")
  func keys() {
    guard case .failure(let evidence) = detect([#"{"b":1}"#, #"{"a":"x","b":2}"#]) else {
      Issue.record("these rows are no pairs")
      return
    }
    #expect(evidence.keys.map(\.name) == ["b", "a"])
    #expect(evidence.keys.map(\.count) == [2, 1])
    #expect(evidence.keys.map(\.kind) == [.number, .string])
  }

  @Test("two candidates that both fit leave it unclear")
  func twoReadings() throws {
    let mapped = RowFormats.mapped(
      prompt: nil, chosen: FieldPath(key: "chosen"), rejected: FieldPath(key: "rejected"))
    let candidates = RowFormats.all + [mapped]
    guard case .failure(let evidence) = RowFormats.detect([try document(plain)], among: candidates)
    else {
      Issue.record("two readings fit")
      return
    }
    #expect(evidence.readings.count == 2)
  }

  @Test("a mapping is taken at its word as soon as one row has its fields")
  func mappings() throws {
    let mapping = FieldMapping(
      prompt: nil, chosen: FieldPath(key: "chosen"), rejected: FieldPath(key: "rejected"))
    let rows: [JSONDocument?] = try [plain, #"{"a":1}"#, #"{"b":1}"#].map { try document($0) }
    #expect(try RowFormats.detect(rows, mapping: mapping).get().fitting == 1)
    let none = RowFormats.detect(rows.dropFirst(), mapping: mapping)
    guard case .failure(let evidence) = none else {
      Issue.record("no row has the fields")
      return
    }
    #expect(evidence.keys.map(\.name) == ["a", "b"])
  }
}
