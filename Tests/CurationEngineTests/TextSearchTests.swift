import CurationEngine
import PreferenceData
import Testing

@Suite("Looking for words")
struct TextSearchTests {
  private let row = PreferenceRow(
    context: [Turn(.system, "Be kind"), Turn(.user, "Wo ist die Straße?")],
    sides: [
      Side(turns: [Turn(.assistant, "Über die Brücke, 東京 entlang")]),
      Side(turns: [Turn(.assistant, "no idea")]),
    ], label: .prefers(0))

  @Test(
    "letter case does not matter, in any turn of prompt and sides",
    arguments: ["KIND", "straße", "über DIE", "京", "no IDEA", "a"])
  func found(text: String) {
    #expect(TextSearch(text).matches(row))
  }

  @Test("what is not there is not found", arguments: ["", "kinder", "no idea!", "assistant"])
  func missing(text: String) {
    #expect(!TextSearch(text).matches(row))
  }
}
