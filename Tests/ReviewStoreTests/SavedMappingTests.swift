import Foundation
import PreferenceData
import Testing

@testable import ReviewStore

@Suite("Saved mapping")
struct SavedMappingTests {
  private func path(_ text: String) throws -> FieldPath { try #require(FieldPath(text)) }

  @Test("every mapping that can be said is read back as it was written")
  func roundTrip() throws {
    let values = try #require(LabelValues("a=1,b=2,tie=0"))
    let listed = FieldMapping.Sides.listed([try path("x.a"), try path("x.b"), try path("c")])
    let mappings = [
      FieldMapping(labelValues: values), FieldMapping(label: try path("meta.winner")),
      FieldMapping(prompt: try path("q")),
      FieldMapping(prompt: try path("p"), chosen: try path("good"), rejected: try path("bad")),
      FieldMapping(prompt: try path("p"), sides: listed, label: try path("l"), labelValues: values),
    ]
    let folder = try TemporaryFolder()
    for mapping in mappings {
      let session = SessionFolder(path: folder.path)
      try SavedMapping.write(mapping, to: session)
      #expect(try SavedMapping.read(at: folder.path + "/mapping.json") == mapping)
      if let text = mapping.fieldsText { #expect(FieldMapping(fields: text)?.fieldsText == text) }
    }
  }

  @Test(
    "a file that is no mapping is told from one that is missing",
    arguments: [
      "", "{}", "[]", "{\"fields\":\"nonsense\"}", "{\"label_values\":\"a=1\"}",
      "{\"fields\":\"chosen=a,rejected=b\",\"label_values\":\"a=1,b=2\"}", "{\"fields\":7}",
    ])
  func notUnderstood(text: String) throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/mapping.json"
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    #expect(throws: SavedMapping.Failure.notUnderstood(path: file)) {
      try SavedMapping.read(at: file)
    }
    let places = SessionPlaces(
      of: .file(path: "/nowhere"), named: folder.path, environment: [:], home: "/")
    #expect(SavedMapping.path(in: places) == file)
    let empty = try TemporaryFolder()
    let none = SessionPlaces(
      of: .file(path: "/nowhere"), named: empty.path, environment: [:], home: "/")
    #expect(SavedMapping.path(in: none) == nil)
  }
}
