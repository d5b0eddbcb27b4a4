import Foundation

/// The terminal's own clipboard, which works over ssh too.
struct Clipboard {
  /// Terminals take 74,994 bytes of text in one sequence at least (xterm's limit for OSC 52).
  private static let limit = 74_994

  /// A pipe of Linux holds that much before anyone reads it (pipe(7)).
  private static let pipeCapacity = 65_536

  /// What stands between Demur and the terminal.
  private enum Multiplexer {
    case none, tmux, screen
  }

  private let multiplexer: Multiplexer

  init(environment: [String: String]) {
    multiplexer =
      environment["TMUX"]?.isEmpty == false
      ? .tmux : environment["STY"]?.isEmpty == false ? .screen : .none
  }

  /// Puts `text` into the clipboard; a longer text is cut at a whole character.
  ///
  /// The escape sequence OSC 52 does it, which a terminal that does not know it ignores. tmux takes it from
  /// programs only where `set-clipboard` is `on`, so tmux itself is asked first; GNU screen hands on what
  /// is wrapped for it.
  func copy(_ text: String) {
    var length = 0
    let kept = text.prefix { character in
      length += character.utf8.count
      return length <= Self.limit
    }
    if multiplexer == .tmux, loadIntoTmux(String(kept)) { return }
    let sequence = "\u{1B}]52;c;\(Data(kept.utf8).base64EncodedString())\u{07}"
    let sent = multiplexer == .screen ? "\u{1B}P\(sequence)\u{1B}\\" : sequence
    // A terminal that has gone is reported by the loop.
    try? FileHandle.standardOutput.write(contentsOf: Data(sent.utf8))
  }

  /// Gives `text` to tmux, which hands it on to its terminal. False where that does not work.
  private func loadIntoTmux(_ text: String) -> Bool {
    guard text.utf8.count <= Self.pipeCapacity else { return false }
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["tmux", "load-buffer", "-w", "-"]
    process.standardInput = pipe
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do {
      // Written before there is a reader that could go away.
      try pipe.fileHandleForWriting.write(contentsOf: Data(text.utf8))
      try pipe.fileHandleForWriting.close()
      try process.run()
    } catch {
      return false
    }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
