import CurationInterface
import Foundation
import Testing

@Suite("Key table of the README")
struct ReadmeTests {
  @Test("the README shows the keys that there are")
  func keyTableIsTrue() throws {
    let lines = try readme().components(separatedBy: "\n")
    let begin = try #require(lines.firstIndex(of: "<!-- keys: begin -->"))
    let end = try #require(lines[begin...].firstIndex(of: "<!-- keys: end -->"))
    let changes = Keymap.standard.markdownTable.difference(from: lines[(begin + 1)..<end])
    #expect(
      changes.isEmpty, "between the two marks belongs what 'demur keys list' prints")
  }

  private func readme() throws -> String {
    let root = (0..<4).reduce(URL(filePath: #filePath)) { url, _ in
      url.deletingLastPathComponent()
    }
    return try String(decoding: Data(contentsOf: root.appending(path: "README.md")), as: UTF8.self)
  }
}
