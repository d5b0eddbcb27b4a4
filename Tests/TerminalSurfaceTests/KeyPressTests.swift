import TerminalSurface
import Testing

@Suite("Keys")
struct KeyPressTests {
  @Test("a key's spelling names that key")
  func spellingsRoundTrip() {
    var keys: [KeyPress] = [
      .enter, .escape, .tab, .backTab, .backspace, .delete, .insert, .up, .down, .left, .right,
      .pageUp, .pageDown, .home, .end,
    ]
    keys += (1...24).map { .function($0) }
    keys += "abcdefghijklmnopqrstuvwxyz".map { .control($0) }
    keys += "aZ09 ?:#語".map { .character($0) }
    for key in keys { #expect(KeyPress(key.description) == key) }
    #expect(KeyPress("nothing") == nil)
  }
}
