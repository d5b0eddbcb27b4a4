import CPseudoTerminal
import Glibc

/// A terminal that a test holds in its hands: the program writes to it as to any other, the test
/// types, resizes, and reads what is on it.
final class PseudoTerminal {
  struct Unavailable: Error {
    let code: Int32
  }

  /// The name by which a program opens it.
  let path: String
  let screen: VirtualScreen
  /// A second one that begins empty in the middle, as another window on the same session would.
  var witness: VirtualScreen?
  /// Everything that was ever written to it.
  private(set) var transcript: [UInt8] = []
  private let master: Int32

  init(columns: Int = 80, rows: Int = 24) throws {
    var name = [CChar](repeating: 0, count: 64)
    master = unsafe pseudo_terminal_open(&name, name.count)
    if master < 0 { throw Unavailable(code: errno) }
    path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    screen = VirtualScreen(columns: columns, rows: rows)
    setSize()
  }

  deinit { if !isHungUp { close(master) } }

  private var isHungUp = false

  /// Takes the terminal away, as when its window is closed or the line breaks.
  func hangUp() {
    isHungUp = true
    close(master)
  }

  /// What programs are told of the size; they are signalled when it changes.
  func resize(columns: Int, rows: Int) {
    screen.resize(columns: columns, rows: rows)
    setSize()
  }

  private func setSize() {
    let result = pseudo_terminal_resize(master, UInt16(screen.columns), UInt16(screen.rows))
    precondition(result == 0, "the size cannot be set, error \(errno)")
  }

  /// The line discipline's settings as bytes, to be compared.
  var settings: [UInt8] {
    var settings = termios()
    unsafe tcgetattr(master, &settings)
    return unsafe withUnsafeBytes(of: settings) { unsafe Array($0) }
  }

  /// The process group that the keyboard's signals go to.
  var foregroundGroup: pid_t { tcgetpgrp(master) }

  /// Types `text`, which may hold control characters and escape sequences.
  func type(_ text: String) { send(Array(text.utf8)) }

  private func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe write(master, $0.baseAddress, $0.count) }
      if count < 0 {
        guard errno == EAGAIN else { return }
        read(waiting: 10)
      } else {
        rest = rest.dropFirst(count)
      }
    }
  }

  /// Shows what has been written by now, waiting up to `milliseconds` for something.
  ///
  /// - Parameter milliseconds: How long to wait.
  /// - Returns: False where nothing came.
  @discardableResult
  func read(waiting milliseconds: Int32 = 0) -> Bool {
    var waiting = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&waiting, 1, milliseconds) == 1 else { return false }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = unsafe bytes.withUnsafeMutableBytes {
      unsafe Glibc.read(master, $0.baseAddress, $0.count)
    }
    guard count > 0 else {
      // EIO: no program has it open. Not worth a busy loop.
      Deadline.pause(milliseconds: min(milliseconds, 2))
      return false
    }
    let written = Array(bytes[..<count])
    transcript += written
    _ = witness?.write(written)
    let answers = screen.write(written)
    if !answers.isEmpty { send(answers) }
    return true
  }

  /// Shows everything that was written before the call.
  func readAll() { while read() {} }

  /// Waits until the screen is as wanted and stays so, for a frame may come in pieces.
  func wait(
    for what: @autoclosure () -> String, until isReached: (VirtualScreen) throws -> Bool
  ) throws {
    let deadline = Deadline.standard
    while true {
      if try isReached(screen) {
        guard read(waiting: 10) else { return }
      } else {
        if deadline.hasPassed { throw Overdue(what: "\(what()) on\n\(screen.text)") }
        read(waiting: 20)
      }
    }
  }

  /// Waits until `text` stands in one of the rows.
  func wait(for text: String) throws {
    try wait(for: "'\(text)'") { $0.contains(text) }
  }
}
