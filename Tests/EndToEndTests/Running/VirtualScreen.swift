import CPseudoTerminal

/// What a terminal of a given size shows after all that was written to it.
@safe
final class VirtualScreen {
  /// The modes that a program has to give back as it found them.
  struct Modes: Hashable {
    var isAlternateScreen = false
    var isCursorVisible = true
    var hasBracketedPaste = false
    var hasApplicationCursorKeys = false
    var hasMouseReports = false
  }

  private let model: OpaquePointer
  private(set) var columns: Int
  private(set) var rows: Int

  init(columns: Int, rows: Int) {
    guard let model = unsafe vterm_model_new(Int32(rows), Int32(columns)) else {
      preconditionFailure("no memory for a screen")
    }
    unsafe self.model = unsafe model
    self.columns = columns
    self.rows = rows
  }

  deinit { unsafe vterm_model_free(model) }

  func resize(columns: Int, rows: Int) {
    unsafe vterm_model_resize(model, Int32(rows), Int32(columns))
    self.columns = columns
    self.rows = rows
  }

  /// Takes in what a program wrote.
  ///
  /// - Parameter bytes: As they came, at any boundary.
  /// - Returns: What the terminal answers.
  func write(_ bytes: [UInt8]) -> [UInt8] {
    unsafe bytes.withUnsafeBytes { buffer in
      guard let start = buffer.baseAddress else { return }
      unsafe vterm_model_write(model, start.assumingMemoryBound(to: CChar.self), buffer.count)
    }
    var answers = [CChar](repeating: 0, count: 1024)
    let count = unsafe vterm_model_answers(model, &answers, answers.count)
    return answers[..<count].map { UInt8(bitPattern: $0) }
  }

  /// The text of each row, blanks at its end cut off.
  var lines: [String] { (0..<rows).map(line) }

  /// The text of one row, blanks at its end cut off.
  func line(_ row: Int) -> String {
    var text = ""
    for column in 0..<columns {
      let first = unsafe vterm_model_scalar(model, Int32(row), Int32(column), 0)
      // The second column of a wide character.
      if first == .max { continue }
      var place: Int32 = 1
      var next: UInt32? = first
      while let scalar = next.flatMap(Unicode.Scalar.init), scalar.value != 0 {
        text.unicodeScalars.append(scalar)
        next = unsafe vterm_model_scalar(model, Int32(row), Int32(column), place)
        place += 1
      }
      if first == 0 { text.append(" ") }
    }
    while text.last == " " { text.removeLast() }
    return text
  }

  var text: String { lines.joined(separator: "\n") }

  func contains(_ text: String) -> Bool { lines.contains { $0.contains(text) } }

  /// Whether a row has a cell with a colour or an attribute.
  func isStyled(row: Int) -> Bool {
    (0..<columns).contains { unsafe vterm_model_is_plain(model, Int32(row), Int32($0)) == 0 }
  }

  var modes: Modes {
    Modes(
      isAlternateScreen: isOn(vterm_model_alternate_screen),
      isCursorVisible: isOn(vterm_model_cursor_visible),
      hasBracketedPaste: isOn(vterm_model_bracketed_paste),
      hasApplicationCursorKeys: isOn(vterm_model_application_cursor_keys),
      hasMouseReports: isOn(vterm_model_mouse_reports))
  }

  private func isOn(_ mode: vterm_model_mode) -> Bool {
    unsafe vterm_model_is_on(model, mode) == 1
  }
}
