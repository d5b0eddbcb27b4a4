import Foundation
import Glibc
import Testing

/// Disks that are full and folders that may not be written.
@Suite("Full and read-only disks", .serialized)
struct DiskTests {
  /// A sandbox with a small file system in the folder `disk`; nil where that takes rights that this
  /// account has not.
  private func smallDisk(_ sandbox: Sandbox) throws -> SmallDisk {
    let disk = SmallDisk(path: sandbox.path(of: "disk"))
    guard geteuid() == 0, try disk.mount(sandbox) else {
      try Test.cancel("a small file system can be mounted by root only")
    }
    return disk
  }

  @Test(
    "a disk that fills up while labelling: not saved is said, nothing saved is lost, room heals it")
  func labelling() throws {
    let sandbox = try Sandbox()
    let disk = try smallDisk(sandbox)
    let file = "disk/data.jsonl"
    try sandbox.write(try Sandbox.sampleBytes("support-chat.jsonl"), to: file)
    try sandbox.done("label", file, "row:0", "keep")
    try disk.fill()
    var saved = 1
    var refusal: Sandbox.Outcome?
    for row in 1..<60 where refusal == nil {
      let outcome = try sandbox.demur(
        "label", file, "row:\(row)", "keep", "--note", String(repeating: "n", count: 3000))
      if outcome.isDone { saved += 1 } else { refusal = outcome }
    }
    let refused = try #require(refusal)
    #expect(refused.ending == .exited(6))
    try expectOneSentence(refused.error)
    #expect(refused.error.contains("full"))
    disk.empty()
    #expect(try sandbox.loggedDecisions(of: file).map { $0["row"]?.integer } == Array(0..<saved))
    try sandbox.done("label", file, "row:\(saved)", "keep")
    #expect(try sandbox.loggedDecisions(of: file).count == saved + 1)
  }

  @Test("a disk that fills up under the UI: the pair stays, the screen says so, room heals it")
  func reviewing() throws {
    let sandbox = try Sandbox()
    let disk = try smallDisk(sandbox)
    let file = "disk/data.jsonl"
    try sandbox.write(try Sandbox.sampleBytes("support-chat.jsonl"), to: file)
    let interface = try Interface.scanned(sandbox, file)
    try interface.openPair()
    try disk.fill()
    var decided: [Int] = []
    while !interface.screen.contains("[NOT SAVED]") {
      let row = try #require(interface.shownRow)
      interface.type("i\(String(repeating: "n", count: 2000))\r")
      interface.type("a")
      try interface.terminal.wait(for: "saved or not") {
        interface.shownRow != row && interface.shownRow != nil || $0.contains("[NOT SAVED]")
      }
      if interface.shownRow != row { decided.append(row) }
      try #require(decided.count < 55)
    }
    let row = try #require(interface.shownRow)
    #expect(interface.screen.contains("the disk is full"), "\(interface.screen.text)")
    disk.empty()
    try interface.decide("b")
    try interface.terminal.wait(for: "[saved]")
    try interface.quit()
    let log = try sandbox.loggedDecisions(of: file).map { $0["row"]?.integer }
    #expect(log == decided + [row])
  }

  @Test("an export that does not fit leaves the old file and no rest")
  func exporting() throws {
    let sandbox = try Sandbox()
    let disk = try smallDisk(sandbox)
    let file = try sandbox.sample()
    try sandbox.write("old", to: "disk/out.jsonl")
    try disk.fill()
    let refused = try sandbox.demur("export", file, "-o", "disk/out.jsonl")
    #expect(refused.ending == .exited(4))
    try expectOneSentence(refused.error)
    #expect(refused.error.contains("full"))
    #expect(try sandbox.names(in: "disk") == ["filler", "out.jsonl"])
    #expect(try sandbox.bytes("disk/out.jsonl") == Array("old".utf8))
    disk.empty()
    try sandbox.done("export", file, "-o", "disk/out.jsonl")
    #expect(try sandbox.bytes("disk/out.jsonl") == sandbox.bytes(file))
  }

  /// What starts a program without root's power to write everywhere.
  private func withoutPrivileges(_ sandbox: Sandbox) throws -> [String] {
    guard geteuid() == 0 else { return [] }
    let words = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"]
    guard unsafe access(words[0], X_OK) == 0,
      try sandbox.demur("--version", before: words).isDone
    else {
      try Test.cancel(
        "no other account can run the binary where it lies, and root may write anywhere")
    }
    return words
  }

  @Test("beside a folder that may not be written the review goes to the state folder")
  func readOnlyFolder() throws {
    let sandbox = try Sandbox()
    let words = try withoutPrivileges(sandbox)
    try FileManager.default.createDirectory(
      atPath: sandbox.path(of: "data"), withIntermediateDirectories: true)
    let file = "data/support-chat.jsonl"
    try sandbox.write(try Sandbox.sampleBytes("support-chat.jsonl"), to: file)
    try sandbox.setMode(0o555, of: "data")
    defer { #expect(throws: Never.self) { try sandbox.setMode(0o755, of: "data") } }
    try sandbox.setMode(0o777, of: "home")
    let saved = try sandbox.demur("label", file, "row:3", "swap", before: words)
    #expect(saved.isDone, "\(saved.error)")
    #expect(try sandbox.names(in: "data") == ["support-chat.jsonl"])
    #expect(sandbox.exists("home/.local/state/demur"))
    let log = try sandbox.demur("log", file, "--jsonl", before: words)
    #expect(log.lines.count == 1)

    sandbox.environment["XDG_STATE_HOME"] = sandbox.path(of: "home/elsewhere")
    #expect(try sandbox.demur("label", file, "row:4", "swap", before: words).isDone)
    #expect(sandbox.exists("home/elsewhere/demur"))

    sandbox.environment["XDG_STATE_HOME"] = sandbox.path(of: "data/state")
    let refused = try sandbox.demur("label", file, "row:4", "swap", before: words)
    #expect(refused.ending == .exited(4))
    try expectOneSentence(refused.error)
    #expect(refused.error.contains("--session"))
    // Nothing needs a place to only look.
    for command in ["scan", "ls", "stats", "check"] {
      let outcome = try sandbox.demur(command, file, before: words)
      #expect(outcome.isDone, "\(command): \(outcome.error)")
    }
    let refusedExport = try sandbox.demur("export", file, "-o", "data/out.jsonl", before: words)
    #expect(refusedExport.ending == .exited(4))
    try expectOneSentence(refusedExport.error)
    let unreadable = sandbox.path(of: "home/secret.jsonl")
    try sandbox.write(try Sandbox.sampleBytes("support-chat.jsonl"), to: unreadable)
    try sandbox.setMode(0o000, of: unreadable)
    let secret = try sandbox.demur("check", unreadable, before: words)
    #expect(secret.ending == .exited(4))
    try expectOneSentence(secret.error)
  }
}

/// A file system of one megabyte.
private final class SmallDisk {
  let path: String
  private var isMounted = false

  init(path: String) { self.path = path }

  func mount(_ sandbox: Sandbox) throws -> Bool {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    isMounted = try run(["/bin/mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", path])
    return isMounted
  }

  private func run(_ words: [String]) throws -> Bool {
    let process = try ChildProcess(
      words, environment: [:], folder: "/",
      streams: .init(output: "/dev/null", error: "/dev/null"))
    return try process.waitForEnding() == .exited(0)
  }

  /// Takes all room that is left.
  func fill() throws {
    let descriptor = unsafe open(path + "/filler", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    let block = [UInt8](repeating: 0, count: 512)
    while unsafe block.withUnsafeBytes({ unsafe write(descriptor, $0.baseAddress, $0.count) }) > 0 {
    }
  }

  func empty() { unsafe unlink(path + "/filler") }

  deinit {
    if isMounted { #expect(throws: Never.self) { try run(["/bin/umount", "-l", path]) } }
  }
}
