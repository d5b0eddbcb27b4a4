import CNcurses
import TerminalSurface

/// Turns what ncurses reads into keys as a person thinks of them.
struct CursesKeys {
  /// No paste is longer; what comes beyond is dropped.
  static let pasteLimit = 1 << 20

  /// The text of a paste whose end has not come yet.
  private var paste: String.UnicodeScalarView?

  /// The keys that have arrived.
  mutating func read() -> [KeyPress] {
    var keys: [KeyPress] = []
    while let press = next() {
      if let key = key(for: press) { keys.append(key) }
    }
    return keys
  }

  private func next() -> screen_key_press? {
    let press = screen_read_key()
    return press.key == Int32(screen_key_none.rawValue) ? nil : press
  }

  private mutating func key(for press: screen_key_press) -> KeyPress? {
    let code = screen_key(UInt32(press.key))
    if code == screen_key_paste_end {
      defer { paste = nil }
      return paste.map { .paste(String($0)) }
    }
    if paste != nil {
      if code == screen_key_scalar || code == screen_key_enter { append(press, code) }
      return nil
    }
    switch code {
    case screen_key_scalar: return Unicode.Scalar(press.scalar).flatMap { key(for: $0) }
    case screen_key_paste_begin:
      paste = String.UnicodeScalarView()
      return nil
    case screen_key_mouse: return mouse().map(KeyPress.mouse)
    case screen_key_function: return .function(Int(press.scalar))
    default: return Self.named[code.rawValue] ?? .unknown
    }
  }

  /// What a report says; nil where it says nothing that is used.
  private func mouse() -> MousePress? {
    var report = ""
    while report.utf8.count < MousePress.longestReport, let press = next() {
      guard let scalar = Unicode.Scalar(press.scalar) else { return nil }
      report.unicodeScalars.append(scalar)
      if scalar.properties.isAlphabetic { break }
    }
    return MousePress(report: report)
  }

  private mutating func append(_ press: screen_key_press, _ code: screen_key) {
    guard let count = paste?.count, count < Self.pasteLimit else { return }
    let scalar = code == screen_key_enter ? "\n" : Unicode.Scalar(press.scalar) ?? "\u{FFFD}"
    paste?.append(scalar == "\r" ? "\n" : scalar)
  }

  private func key(for scalar: Unicode.Scalar) -> KeyPress? {
    switch scalar.value {
    case 0x09: .tab
    case 0x0A, 0x0D: .enter
    case 0x1B: escape()
    // Many terminals send Ctrl-H for Backspace.
    case 0x08, 0x7F: .backspace
    case 0x01...0x1A: .control(Character(Unicode.Scalar(UInt8(scalar.value + 0x60))))
    case 0x00..<0x20, 0x80..<0xA0: .unknown
    default: .character(Character(scalar))
    }
  }

  /// Escape, if nothing stands behind it; else a sequence that the terminal data base does not know,
  /// or Alt and a key. Those are taken whole, so that their letters never act as keys.
  private func escape() -> KeyPress {
    guard let following = next() else { return .escape }
    guard following.key == Int32(screen_key_scalar.rawValue) else { return .unknown }
    switch following.scalar {
    case 0x5B:
      // ECMA-48: parameters and intermediates up to a final byte.
      while let press = next(), (0x20...0x3F).contains(press.scalar) {}
    case 0x4F: _ = next()
    case 0x5D:
      // A string, such as an answer that comes late: up to BEL, or to Escape and a backslash.
      while let press = next(), press.scalar != 0x07 {
        guard press.scalar != 0x1B else {
          _ = next()
          break
        }
      }
    default: break
    }
    return .unknown
  }

  private static let named: [UInt32: KeyPress] = [
    screen_key_enter.rawValue: .enter, screen_key_backspace.rawValue: .backspace,
    screen_key_delete.rawValue: .delete, screen_key_insert.rawValue: .insert,
    screen_key_back_tab.rawValue: .backTab, screen_key_up.rawValue: .up,
    screen_key_down.rawValue: .down, screen_key_left.rawValue: .left,
    screen_key_right.rawValue: .right, screen_key_page_up.rawValue: .pageUp,
    screen_key_page_down.rawValue: .pageDown, screen_key_home.rawValue: .home,
    screen_key_end.rawValue: .end,
  ]
}
