import PreferenceData
import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Golden screens")
struct GoldenScreenTests {
  private static let sizes = [
    Size(columns: 40, rows: 10), Size(columns: 60, rows: 20), Size(columns: 80, rows: 24),
    Size(columns: 120, rows: 36), Size(columns: 160, rows: 48),
  ]

  /// A screen: the name of its file, the row to open first if any, and the keys pressed then.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var row: Int?
    var keys = ""
    var isBlind = true
    var isScanned = true
    var glyphs = Glyphs.ascii

    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "queue/file-order", isScanned: false),
    Case(name: "queue/scanned-blind", keys: "j j"),
    Case(name: "queue/scanned-open", isBlind: false),
    Case(name: "queue/decided", row: 0, keys: "A b t x d - gq"),
    Case(name: "queue/which-key", keys: "g"),
    Case(name: "queue/order", keys: "o"),
    Case(name: "queue/marked", keys: "m j m"),
    Case(name: "filter/empty", keys: "f"),
    Case(name: "filter/counted", keys: "f s u s p > . 5 Space - s t a t u s : d o n e"),
    Case(name: "filter/wrong", keys: "f w h y : X"),
    Case(name: "filter/refused", keys: "f c h o s e n : x"),
    Case(name: "filter/completion", keys: "f s t Tab Tab", isBlind: false),
    Case(name: "filter/listed", keys: "f t h e Enter"),
    Case(name: "pair/blind", row: 0),
    Case(name: "pair/unicode", row: 0, glyphs: .unicode),
    Case(name: "pair/open", row: 0, isBlind: false),
    Case(name: "pair/decided", row: 0, keys: "a K"),
    Case(name: "pair/conversation", row: 11),
    Case(name: "pair/conversation-unfolded", row: 11, keys: "p"),
    Case(name: "pair/wide-characters", row: 2),
    Case(name: "pair/emoji", row: 3),
    Case(name: "pair/hostile", row: 4),
    Case(name: "pair/unreadable", row: 5),
    Case(name: "pair/identical", row: 6),
    Case(name: "pair/long-scrolled", row: 12, keys: "PgDn Tab"),
    Case(name: "pair/note", row: 0, keys: "i x y z"),
    Case(name: "pair/reveal", row: 0, keys: "e"),
    Case(name: "evidence/decided", row: 0, keys: "A K e"),
    Case(name: "evidence/related", row: 9, keys: "A K e Tab Tab Tab"),
    Case(name: "evidence/all-signals", row: 8, keys: "e s G", isBlind: false),
    Case(name: "evidence/unicode", row: 0, keys: "A K e", glyphs: .unicode),
    Case(name: "evidence/no-scan", row: 0, keys: "A K e", isScanned: false),
    Case(name: "bias/blind", keys: "gb j"),
    Case(name: "bias/open", keys: "gb j j", isBlind: false),
    Case(name: "bias/unicode", keys: "gb", isBlind: false, glyphs: .unicode),
    Case(name: "bias/bottom", keys: "gb G", isBlind: false),
    Case(name: "bias/refused", keys: "gb Enter"),
    Case(name: "bias/counter-examples", keys: "gb Enter j", isBlind: false),
    Case(name: "dashboard/unknown", keys: "gd", isScanned: false),
    Case(name: "dashboard/decided", row: 0, keys: "a b - t gd j"),
    Case(name: "dashboard/open-below", row: 0, keys: "a b gd PgDn", isBlind: false),
    Case(name: "dashboard/unicode", keys: "gd", glyphs: .unicode),
    Case(name: "file/blind", keys: "gf j"),
    Case(name: "file/open", keys: "gf", isBlind: false),
    Case(name: "file/bottom", keys: "gf G", isBlind: false, glyphs: .unicode),
    Case(name: "file/rows", keys: "gf j j j j j j j j Enter"),
    Case(name: "epochs/doubted", row: 0, keys: "e t", isBlind: false),
    Case(name: "epochs/trusted-unicode", row: 12, keys: "e t", isBlind: false, glyphs: .unicode),
    Case(name: "help/pair", row: 0, keys: "? t i e"),
    Case(name: "export/planned", keys: "E Enter"),
  ]

  @Test("screens look as they are kept", arguments: cases)
  func screens(of screen: Case) throws {
    for size in Self.sizes {
      var script = ReviewScript(
        size: size, isBlind: screen.isBlind, isScanned: screen.isScanned, glyphs: screen.glyphs)
      if let row = screen.row { script.go(to: row) }
      script.press(screen.keys)
      try GoldenScreen.check(script.session.frame(), screen.name)
    }
  }

  @Test("too small a window says so, and that nothing is lost")
  func tooSmall() throws {
    var script = ReviewScript()
    script.send(.resized(Size(columns: 38, rows: 9)))
    try GoldenScreen.check(script.session.frame(), "queue/too-small")
    for columns in 12..<40 {
      script.send(.resized(Size(columns: columns, rows: 9)))
      #expect(script.screen.contains("still saving"), "\(columns) columns")
    }
  }

  @Test("while the biases are worked out, their screen says how far that is")
  func surveying() throws {
    var script = ReviewScript(isScanned: true)
    script.isSurveyWaiting = true
    script.press("gb")
    try GoldenScreen.check(script.session.frame(), "bias/working")
  }

  @Test("what went wrong with the journal, the scan or the file shows in the first row")
  func failures() throws {
    let problem = ProblemText(
      what: "the disk is full", why: "no space left on the volume", remedy: "free some space")
    var script = ReviewScript()
    script.go(to: 0)
    script.journal = .fails(problem)
    script.press("a")
    script.send(.scanFailed(problem))
    try GoldenScreen.check(script.session.frame(), "pair/not-saved")
    var reader = ReviewScript(access: .read(heldBy: "lee since 10:04"))
    reader.send(.datasetChanged("the file was changed by another program: reopen it"))
    try GoldenScreen.check(reader.session.frame(), "queue/read-only-changed")
  }
}
