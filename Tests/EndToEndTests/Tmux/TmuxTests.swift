import Glibc
import Testing

/// The program as most annotators have it: in tmux, whose terminal is not that of the other tests.
@Suite("In tmux", .enabled(if: TmuxServer.program != nil, "tmux is not installed"))
struct TmuxTests {
  private func command(_ arguments: String) throws -> String {
    "exec '\(try Program.path)' \(arguments)"
  }

  private func opened(_ sandbox: Sandbox, _ file: String) throws -> TmuxServer {
    let tmux = try TmuxServer(sandbox, try command(file))
    try tmux.wait(for: "[scan done]")
    try tmux.wait(for: "[saved]")
    try tmux.type("Enter")
    try tmux.wait(for: "a pair") { $0[0].hasPrefix(" row ") }
    return tmux
  }

  @Test("after kill -9 it begins with the same pair, and what was decided can be taken back")
  func killed() throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample()
    let tmux = try opened(sandbox, file)
    for (number, key) in ["a", "b", "t"].enumerated() {
      try tmux.type(key)
      try tmux.wait(for: "\(number + 1) of ") { $0[0].contains(" \(number + 1) of ") }
    }
    let row = try tmux.shownRow
    kill(try tmux.processID, SIGKILL)
    try tmux.wait(for: "Pane is dead")
    try tmux.run("respawn-pane", try command(file))
    try tmux.wait(for: "the same pair") {
      $0[0].hasPrefix(" row \(row ?? -1) ") && $0[0].contains(" 3 of ")
    }
    for left in [2, 1, 0] {
      try tmux.type("u")
      try tmux.wait(for: "\(left) of ") { $0[0].contains(" \(left) of ") }
    }
    try tmux.quit()
    try tmux.wait(for: "Pane is dead (status 0")
  }

  @Test("through sizes it keeps the pair, and the screen is what a full drawing gives")
  func sizes() throws {
    let sandbox = try Sandbox()
    let tmux = try opened(sandbox, try sandbox.sample())
    let row = try tmux.shownRow
    for (columns, rows) in [(40, 10), (200, 50), (39, 9), (80, 24)] {
      try tmux.run("resize-window", "-x", "\(columns)", "-y", "\(rows)")
      if columns < 40 {
        try tmux.wait(for: "still saving") { $0[0].contains("40") }
        continue
      }
      let lines = try tmux.wait(for: "row \(row ?? -1) at \(columns)x\(rows)") {
        $0[0].hasPrefix(" row \(row ?? -1) ") && $0.count >= rows && $0[rows - 1].contains("a/b")
      }
      try tmux.type("C-l")
      try tmux.wait(for: "the same screen, drawn anew") { $0 == lines }
    }
  }

  @Test("rows come from a pipe, keys from the terminal")
  func pipe() throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample()
    let tmux = try TmuxServer(
      sandbox, "cat \(file) | '\(try Program.path)' - --session home/piped")
    try tmux.wait(for: "[scan done]")
    try tmux.type("Enter")
    try tmux.wait(for: "a pair") { $0[0].hasPrefix(" row ") }
    try tmux.type("a")
    try tmux.wait(for: "1 of ") { $0[0].contains(" 1 of ") }
    try tmux.quit()
    try tmux.wait(for: "Pane is dead (status 0")
  }

  @Test("what stood on the screen before stands there again")
  func leaving() throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample()
    let tmux = try TmuxServer(
      sandbox, "echo before; '\(try Program.path)' \(file); echo behind; exec sleep 600")
    try tmux.wait(for: "[saved]")
    #expect(try !tmux.lines.contains { $0.contains("before") })
    try tmux.quit()
    let lines = try tmux.wait(for: "behind")
    #expect(lines.prefix(2) == ["before", "behind"])
  }
}
