import PreferenceData
import Testing

@testable import CurationInterface

@Suite("Rubric files")
struct RubricTests {
  @Test("criteria, reasons and tags come in the order of the file, reasons with a key each")
  func reading() throws {
    let rubric = try Rubric(
      """
      ask = true
      scale = 3
      tags = ["safety", "math"]
      [criteria]
      helpful = "Does it do what was asked?"
      honest = "Nothing is made up"
      [reasons]
      slip = "the wrong button"
      spam = "it sells something"
      """)
    #expect(rubric.asks && rubric.scale == 3 && rubric.tags == ["safety", "math"])
    #expect(rubric.criteria.map(\.name) == ["helpful", "honest"])
    #expect(rubric.criteria[1].hint == "Nothing is made up")
    #expect(rubric.reasons.map(\.name) == ["slip", "spam"])
    #expect(rubric.reasons.map(\.key) == ["s", "p"])
  }

  @Test(
    "what a file does not say is as usual, and the usual reasons have the keys a file gives them")
  func usual() throws {
    let rubric = try Rubric("[criteria]\nhelpful = \"\"")
    #expect(rubric.reasons == ReviewReason.standard && rubric.scale == 5 && !rubric.asks)
    #expect(try Rubric("") == Rubric())
    let written = ReviewReason.standard.map { "\($0.name) = \"\($0.meaning)\"\n" }.joined()
    #expect(try Rubric("[reasons]\n\(written)").reasons == ReviewReason.standard)
  }

  @Test(
    "a wrong file is refused with its line",
    arguments: [
      ("ask = 1", 1, RubricError.Problem.wrongValue("ask", wanted: "true or false")),
      ("\nscale = 4", 2, .noScale(4)),
      ("[criteria]\nx = 3", 2, .wrongValue("criteria.x", wanted: "a text")),
      ("[criterion]\nx = \"\"", 2, .unknownName("criterion.x")),
      ("tags = [\"two words\"]", 1, .noName(limit: 24)),
      ("[criteria]\n\"esc\\u001b[31m\" = \"\"", 2, .noName(limit: 24)),
      ("[reasons]\na = \"\"\nb = \"\"\n\"ab\" = \"\"", 4, .noKeyLeft("ab")),
    ])
  func refused(source: String, line: Int, problem: RubricError.Problem) {
    do throws(RubricError) {
      _ = try Rubric(source)
      Issue.record("\(source) is a rubric")
    } catch {
      #expect(error.problem == problem)
      // A key that is spelt with an escape cannot be found again in the text.
      #expect(error.line == line || source.contains("\\u"))
    }
  }

  @Test(
    "a hostile file is refused and nothing else happens",
    arguments: [
      "\0", "[", "[[]]", "a = {", "a = [{", "a = [1,\n2]", "[criteria", "= 1", "a = ", "\u{FEFF}[",
      String(repeating: "a", count: 70_000), "[criteria]\nx = \"",
    ])
  func hostile(source: String) {
    #expect(throws: RubricError.self) { try Rubric(source) }
  }

  @Test("more criteria or reasons than a person answers are refused")
  func tooMany() {
    for section in ["criteria", "reasons"] {
      let lines = "abcdefghijklm".map { "\($0) = \"\"" }.joined(separator: "\n")
      #expect(throws: RubricError.self) { try Rubric("[\(section)]\n\(lines)") }
    }
  }
}
