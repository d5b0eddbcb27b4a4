import Foundation
import PreferenceData
import Testing

@testable import ReviewStore

@Suite("Where a review lives")
struct SessionFolderTests {
  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test("beside the data set, for its owner alone")
  func besideData() throws {
    let folder = try TemporaryFolder()
    let places = SessionPlaces(
      of: .file(path: folder.path + "/pairs.jsonl"), environment: [:], home: folder.path)
    #expect(places.existing == nil)
    #expect(try folder.names().isEmpty)
    let session = try places.writable()
    #expect(session == SessionFolder(path: folder.path + "/pairs.jsonl.demur", place: .besideData))
    #expect(try mode(session.path) == 0o700)
    #expect(try places.writable() == session)
    #expect(places.existing == nil)
    _ = try ReviewJournal.openForWriting(session)
    #expect(places.existing == session)
  }

  @Test("under the state folder where there is no room beside the data set")
  func stateHome() throws {
    let folder = try TemporaryFolder()
    let state = folder.path + "/deep/state"
    // A file stands where the folder should be made.
    try folder.write("x", to: "a.jsonl.demur")
    let places = SessionPlaces(
      of: .file(path: folder.path + "/a.jsonl"), environment: ["XDG_STATE_HOME": state], home: "/h")
    let session = try places.writable()
    #expect(session.place == .stateHome)
    #expect(session.path.hasPrefix(state + "/demur/a.jsonl-"))
    #expect(try mode(session.path) == 0o700)
    #expect(try mode(state) == 0o700)
  }

  @Test("a review that has been begun is found again, wherever a new one would go")
  func begunElsewhere() throws {
    let folder = try TemporaryFolder()
    let places = SessionPlaces(
      of: .file(path: folder.path + "/a.jsonl"), environment: [:], home: folder.path)
    let state = try #require(places.candidates.last)
    try FileSystem.makePrivateFolder(at: state.path)
    _ = try ReviewJournal.openForWriting(state)
    #expect(places.existing == state)
    #expect(try places.writable() == state)
  }

  @Test("candidates depend on nothing but path, environment and home")
  func candidates() {
    func paths(_ data: ReviewedData, named: String? = nil, state: String? = nil) -> [String] {
      SessionPlaces(
        of: data, named: named, environment: state.map { ["XDG_STATE_HOME": $0] } ?? [:],
        home: "/home/ada"
      ).candidates.map(\.path)
    }
    let hash = StableHash("/data/a b.jsonl").description.prefix(16)
    #expect(
      paths(.file(path: "/data/a b.jsonl"))
        == ["/data/a b.jsonl.demur", "/home/ada/.local/state/demur/a b.jsonl-\(hash)"])
    // The specification: a relative path is to be passed over.
    for state in ["", "relative"] {
      #expect(paths(.file(path: "/a"), state: state).last?.hasPrefix("/home/ada/.local") == true)
    }
    #expect(paths(.stream(name: "stdin-1"), state: "/s") == ["/s/demur/stdin-1"])
    #expect(paths(.file(path: "/a"), named: "/x/y", state: "/s") == ["/x/y"])
    let long = paths(.file(path: "/" + String(repeating: "名", count: 84)))
    #expect(long.last?.split(separator: "/").last?.utf8.count ?? 256 <= 255)
    #expect(paths(.file(path: "/a/x")).last != paths(.file(path: "/b/x")).last)
  }

  @Test("a folder that the person names is made with those above it, or refused with the reason")
  func named() throws {
    let folder = try TemporaryFolder()
    func places(_ path: String) -> SessionPlaces {
      SessionPlaces(of: .file(path: "/a"), named: path, environment: [:], home: "/h")
    }
    let session = try places(folder.path + "/x/y/z/").writable()
    #expect(try mode(session.path) == 0o700)
    try folder.write("", to: "file")
    let refused = folder.path + "/file/under"
    #expect(throws: SessionFolderError.noneWritable([.init(path: refused, code: 20)])) {
      try places(refused).writable()
    }
  }
}
