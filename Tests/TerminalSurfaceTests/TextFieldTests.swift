import TerminalSurface
import Testing

@Suite("A line being typed")
struct TextFieldTests {
  private func field(_ keys: [KeyPress], in text: String = "") -> TextField {
    var field = TextField(text)
    for key in keys { _ = field.press(key) }
    return field
  }

  @Test("each editing key does what it does in a shell")
  func edits() {
    #expect(field([.character("a"), .paste("b\nc\u{1B}\t")]).text == "ab c ")
    #expect(field([.control("w")], in: "one two  ").text == "one ")
    #expect(field([.home, .control("k")], in: "all").text == "")
    #expect(field([.left, .control("u")], in: "abc").text == "c")
    #expect(field([.control("a"), .delete], in: "abc").text == "bc")
    #expect(field([.left, .left, .backspace, .character("x")], in: "abc").text == "xbc")
    #expect(field([.backspace], in: "e\u{301}").text == "")
    #expect(field([.home, .right, .control("e"), .character("!")], in: "日本").text == "日本!")
  }

  @Test("keys that are not for the field are left to its owner, and change nothing")
  func leavesOtherKeys() {
    var field = TextField("text")
    for key in [KeyPress.enter, .escape, .tab, .up, .down, .control("c"), .function(1), .unknown] {
      let isTaken = field.press(key)
      #expect(!isTaken)
    }
    #expect(field == TextField("text"))
  }

  @Test("no key traps, and the insertion point stays in the text", arguments: 0..<100)
  func survivesAnyKeys(seed: Int) {
    var numbers = SeededNumbers(seed)
    let keys: [KeyPress] = [
      .left, .right, .home, .end, .backspace, .delete, .control("w"), .control("k"), .control("u"),
      .paste(hostileText(seed: seed, pieces: 3)), .character("\u{301}"), .character("語"),
    ]
    var field = TextField()
    for _ in 0..<200 {
      _ = field.press(keys[Int.random(in: keys.indices, using: &numbers)])
      #expect((0...field.text.count).contains(field.insertionPoint))
      var frame = Frame(size: Size(columns: 12, rows: 1))
      field.draw(in: &frame, column: 2, row: 0, columns: 8)
      #expect(frame.cursor.map { (2..<10).contains($0.column) } == true)
    }
  }

  @Test("a long text scrolls so that the insertion point shows")
  func scrolls() {
    var frame = Frame(size: Size(columns: 10, rows: 1))
    field([], in: "0123456789abcdef").draw(in: &frame, column: 0, row: 0, columns: 6)
    #expect(frame.lines == ["bcdef     "])
    #expect(frame.cursor?.column == 5)
    field([.home], in: "0123456789abcdef").draw(in: &frame, column: 0, row: 0, columns: 6)
    #expect(frame.lines == ["012345    "])
    #expect(frame.cursor?.column == 0)
  }
}
