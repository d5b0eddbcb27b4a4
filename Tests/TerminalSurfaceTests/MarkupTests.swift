import TerminalSurface
import Testing

@Suite("Markup")
struct MarkupTests {
  private func pieces(_ text: String, _ roles: Set<ThemeRole>) -> [String] {
    Markup(text).spans.filter { roles.contains($0.role) }.map { span in
      String(decoding: Array(text.utf8)[span.range], as: UTF8.self)
    }
  }

  @Test("spans are in order, apart, never empty, and inside the text", arguments: 0..<64)
  func spansAreInOrder(seed: Int) {
    var generator = SeededNumbers(seed)
    let parts = [
      "```python\n", "```", "\n", "~~~", "`", "``", "**", "# ", "- ", "1. ", "|", "|---|\n", "a",
      "def f():", "\"", "'", "\\", "<think>", "</think>", "<tool_call>", "</tool_call>", "f({",
      "})",
      "é", "日本", "[image: ", "]", "![", "](", ")", "> ", "***\n", " ", "\t", "\r\n", "12.5", "#",
      "```html\n", "<a href=", ">", "<!--", "```sql\n", "SELECT", "```sh\n", "{\"a\": 1}",
    ]
    let text = (0..<200).map { _ in parts.randomElement(using: &generator) ?? "" }.joined()
    for spans in [Markup(text).spans, Markup(json: text).spans] {
      var end = 0
      for span in spans {
        #expect(span.range.lowerBound >= end && !span.range.isEmpty)
        end = span.range.upperBound
      }
      #expect(end <= text.utf8.count)
    }
  }

  @Test("text without markup has none")
  func plainText() {
    for text in [
      "", "\n", "plain words, 3 of them\nand more (so it is) a_b_c 2*3*4 = 24", "-", "#no",
    ] {
      #expect(Markup(text).spans.isEmpty, "\(text)")
    }
  }

  @Test("keywords, strings, comments and numbers are told apart by language")
  func languages() {
    func kinds(_ language: String, _ code: String) -> [[String]] {
      let text = "```\(language)\n\(code)\n```"
      return [.codeKeyword, .codeString, .codeComment, .codeNumber].map { pieces(text, [$0]) }
    }
    #expect(
      kinds("python", "def f(x):  # no \"string\"\n  return 'it\\'s' + \"\"\"two\nlines\"\"\" * 2")
        == [
          ["def", "return"], ["'it\\'s'", "\"\"\"two\nlines\"\"\""], ["# no \"string\""], ["2"],
        ])
    #expect(
      kinds("ts", "const a = `x\ny`; /* const\n1 */ let b = 0x1F // end")
        == [["const", "let"], ["`x\ny`"], ["/* const\n1 */", "// end"], ["0x1F"]])
    #expect(
      kinds("json", "{\"a\": [true, 1.5], \"b\": null}")
        == [["true", "null"], ["\"a\"", "\"b\""], [], ["1.5"]])
    #expect(
      kinds("bash", "echo \"$#\" a#b # done")
        == [["echo"], ["\"$#\""], ["# done"], []])
    #expect(
      kinds("sql", "Select name -- all\nFROM t WHERE n = 'it'")
        == [["Select", "FROM", "WHERE"], ["'it'"], ["-- all"], []])
    #expect(
      kinds("html", "<!-- <b> --><a href=\"x\">it's 3</a>")
        == [["a", "a"], ["\"x\""], ["<!-- <b> -->"], []])
    #expect(
      kinds("rust", "fn f() -> u8 { 'a'; \"s\" } // c")
        == [["fn"], ["'a'", "\"s\""], ["// c"], []])
    #expect(kinds("brainfuck", "if \"x\" # 1") == [[], [], [], []])
  }

  @Test("a block of code ends at its fence, or with the text")
  func fences() {
    let code: Set<ThemeRole> = [.code, .codeKeyword, .codeString, .codeComment, .codeNumber]
    let inside = "a\n~~~\n``\n"
    #expect(pieces("text\n```\n\(inside)```\n# after", code).joined() == inside)
    #expect(pieces("```\n\(inside)```\n# after", [.markupHeading]) == ["# after"])
    #expect(pieces("  ~~~~\nx\n~~~\n# no\n", code).joined() == "x\n~~~\n# no\n")
  }

  @Test("headings, lists, rules, emphasis, inline code and images")
  func marks() {
    #expect(pieces("## Two\n#not\n####### seven", [.markupHeading]) == ["## Two"])
    #expect(
      pieces("- a\n  * b\n1. c\n23) d\n-e\n1.5 f\n---\n> g", [.markupMark])
        == ["-", "*", "1.", "23)", "---", "> "])
    #expect(pieces("a **b c** d **e", [.markupStrong]) == ["b c"])
    #expect(pieces("use `x` and ``a`b`` but `not\nthis`", [.code]) == ["`x`", "``a`b``"])
    #expect(
      pieces("[image: a b.png] ![cat](c.jpg) [link](d)", [.code])
        == ["[image: a b.png]", "![cat](c.jpg)"])
  }

  @Test("calls of tools are read as a name and JSON")
  func calls() {
    #expect(
      pieces("lookup({\"q\": \"a\"})", [.codeKeyword, .codeString]) == ["lookup", "\"q\"", "\"a\""])
    #expect(pieces("see lookup({\"q\": 1})", [.codeKeyword]) == [])
    #expect(
      pieces(
        "<tool_call>\n{\"n\": 1}\n</tool_call> **b**", [.markupMark, .codeString, .codeNumber])
        == ["<tool_call>", "\"n\"", "1", "</tool_call>", "**", "**"])
  }

  @Test("marks that are never closed take linear time")
  func unclosedMarks() {
    // Quadratic, each of these would take minutes.
    for part in [
      "`", "``a`", "**a ", "[image ", "![", "<think>", "|a", "\"", "<tool_call>", "<tool_call>\n",
    ] {
      let text = String(repeating: part, count: 500_000 / part.utf8.count)
      #expect(Markup(text).spans.allSatisfy { $0.range.upperBound <= text.utf8.count })
    }
  }
}

@Suite("Tables in texts")
struct MarkupTableTests {
  private let table = "|name|what it is|\n|---|:--:|\n|日本|a country|\n| x | y |\n|z\\|z|\n"

  private func aligned(_ text: String, columns: Int) -> String {
    let bytes = Array(text.utf8)
    var result = bytes
    let insertions = Markup(text).tables.flatMap {
      $0.aligned(in: bytes, columns: columns, display: DisplayText())
    }
    for insertion in insertions.reversed() {
      result.insert(contentsOf: insertion.text.utf8, at: insertion.offset)
    }
    return String(decoding: result, as: UTF8.self)
  }

  @Test("bars come to stand below each other, and nothing else changes")
  func alignment() {
    let expected = """
      |name|what it is|
      |----|:--------:|
      |日本|a country |
      | x  | y        |
      |z\\|z|

      """
    #expect(aligned(table, columns: 40) == expected)
    let text = "before | x\n\n\(table)\nafter | y"
    #expect(aligned(text, columns: 40) == "before | x\n\n\(expected)\nafter | y")
  }

  @Test("a table that would not fit stays as it is written")
  func tooWide() {
    #expect(aligned(table, columns: 16) == table)
    #expect(aligned(table, columns: 17) != table)
  }

  @Test("bars without a line of dashes are no table")
  func noTable() {
    for text in ["a | b\nc | d", "| a |", "|---|---|", "---\na | b"] {
      #expect(Markup(text).tables.isEmpty)
    }
  }
}
