import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Key scripts")
struct KeyScriptTests {
  @Test("lines spell keys as the help does, commands and remarks apart, with their numbers")
  func reading() throws {
    let script = try KeyScript(
      """
      # opens the third pair
      jj Enter

        a Ctrl-R :
      # b
      #
      :type two words
      :expect row 2: A better
      :refuse chosen
      :resize 160x48
      :wait idle
      :dump-screen out.txt
      """)
    let expected: [(Int, KeyScript.Step)] = [
      (2, .press([.character("j"), .character("j"), .enter])),
      (4, .press([.character("a"), .control("r"), .character(":")])),
      (6, .press([.character("#")])),
      (7, .press("two words".map(KeyPress.character))),
      (8, .expect("row 2: A better", isThere: true)),
      (9, .expect("chosen", isThere: false)),
      (10, .resize(Size(columns: 160, rows: 48))), (11, .waitUntilIdle),
      (12, .dumpScreen(path: "out.txt")),
    ]
    #expect(script.lines.map(\.number) == expected.map(\.0))
    #expect(script.lines.map(\.step) == expected.map(\.1))
  }

  @Test("every key of the key map is spelt in a script as in the help")
  func everyKey() throws {
    for binding in Keymap.standard.bindings {
      for sequence in binding.sequences {
        let script = try KeyScript(sequence.description)
        #expect(script.lines.map(\.step) == [.press(sequence.keys)], "\(sequence)")
      }
    }
  }

  @Test(
    "what makes no sense is refused with its line, before a key is pressed",
    arguments: [
      ("a\n:wiat idle", 2, KeyScriptError.Problem.unknownCommand(":wiat")),
      (":expect", 1, .missingArgument(command: ":expect")),
      ("a\n\nj Entr", 3, .unknownKey("Entr")), ("Ctrl-", 1, .unknownKey("Ctrl-")),
      (":resize 80", 1, .noSize("80")), (":resize 0x24", 1, .noSize("0x24")),
      (":wait soon", 1, .unknownWait("soon")),
    ])
  func refused(text: String, line: Int, problem: KeyScriptError.Problem) {
    #expect(throws: KeyScriptError(line: line, problem: problem)) { try KeyScript(text) }
  }

  @Test("keys from the command line are pressed when all is there, and the screen is printed")
  func keysAlone() throws {
    let script = try KeyScript(keys: "af?u")
    #expect(
      script.lines.map(\.step) == [
        .waitUntilIdle, .press("af?u".map(KeyPress.character)), .waitUntilIdle,
        .dumpScreen(path: "-"),
      ])
  }
}
