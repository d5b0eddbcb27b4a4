import Foundation
import Testing

/// What a terminal of today can do beyond keys.
@Suite("Mouse, ground and viewer on a terminal")
struct MouseAndViewerTests {
  @Test("with --mouse the wheel scrolls and a click selects; it is given back in the end")
  func mouse() throws {
    let sandbox = try Sandbox()
    let interface = try Interface(sandbox, [try sandbox.sample(), "--mouse"])
    try interface.terminal.wait(for: "[scan done]")
    #expect(interface.screen.modes.hasMouseReports)
    interface.type("\u{1B}[<0;10;6M\u{1B}[<0;10;6m")
    try interface.terminal.wait(for: "the third row") { $0.lines[5].hasPrefix(">") }
    interface.type("\u{1B}[<65;10;6M")
    try interface.terminal.wait(for: "the sixth row") { $0.lines[8].hasPrefix(">") }
    // A report that comes in two pieces, and one that means nothing.
    interface.type("\u{1B}[<35;1;1M\u{1B}[<64;10;6M")
    try interface.terminal.wait(for: "the third row again") { $0.lines[5].hasPrefix(">") }
    #expect(!interface.screen.contains("does nothing"))
    try interface.quit()
  }

  @Test("without it, the mouse stays the terminal's")
  func noMouse() throws {
    let sandbox = try Sandbox()
    let interface = try Interface.scanned(sandbox, try sandbox.sample())
    #expect(!interface.screen.modes.hasMouseReports)
    interface.type("\u{1B}[<0;10;6M")
    try interface.openPair()
    try interface.quit()
    let sent = String(decoding: interface.terminal.transcript, as: UTF8.self)
    #expect(!sent.contains("?1000h"))
  }

  @Test(
    "the theme follows the terminal's ground",
    arguments: [("ffff/ffff/ffff", true), ("0000/0000/0000", false)])
  func ground(colour: String, isLight: Bool) throws {
    let sandbox = try Sandbox()
    let interface = try Interface(
      sandbox, [try sandbox.sample(), "--theme", "auto", "--color", "256"])
    // The model of a terminal answers the second question only: the first is answered beforehand.
    interface.type("\u{1B}]11;rgb:\(colour)\u{1B}\\")
    try interface.terminal.wait(for: "[scan done]")
    let sent = String(decoding: interface.terminal.transcript, as: UTF8.self)
    #expect(sent.contains("\u{1B}]11;?"))
    #expect((sent.contains("48;5;231m") || sent.contains("48;5;15m")) == isLight)
    try interface.quit()
  }

  @Test("a picture goes to the viewer as one argument, read by no shell")
  func viewer() throws {
    let sandbox = try Sandbox()
    let name = "a $(touch pwned) ;&' b.png"
    try sandbox.write("picture", to: name)
    try sandbox.write(
      "#!/bin/sh\nprintf '%s\\n' \"$#\" \"$@\" >> \"$HOME/viewed\"\n", to: "viewer")
    try sandbox.setMode(0o755, of: "viewer")
    sandbox.environment["DEMUR_VIEWER"] = sandbox.path(of: "viewer") + " --one"
    let row = """
      {"prompt":"[image: \(name)] [image: gone.png] [image: /etc/passwd] [image: file:///x.png]","chosen":"a","rejected":"b"}

      """
    try sandbox.write(row + row, to: "pictures.jsonl")
    let interface = try Interface(sandbox, ["pictures.jsonl"])
    try interface.terminal.wait(for: "2 rows")
    try interface.openPair()
    interface.type(",v")
    try interface.terminal.wait(for: "opened a $(touch pwned)")
    let viewed = String(decoding: try sandbox.bytes("home/viewed"), as: UTF8.self)
    #expect(viewed == "2\n--one\n\(sandbox.path(of: name))\n")
    for reason in ["no such file", "not that of a picture", "only files and http"] {
      interface.type(",v")
      try interface.terminal.wait(for: reason)
    }
    #expect(!sandbox.exists("pwned"))
    #expect(try sandbox.bytes("home/viewed").count == viewed.utf8.count)
    try interface.expectConsistent()
    try interface.quit()
  }
}
