public import PreferenceData
public import TerminalSurface

/// The question before a review whose file has a label with two meanings: three rows, the readings that
/// fit, and a key to choose one.
///
/// Like the session it is pure: keys and sizes go in, frames and the answer come out.
public struct LabelQuestion: Sendable {
  public enum Answer: Hashable, Sendable {
    case reading(LabelValues)
    /// Nothing is opened.
    case left
  }

  /// A row with one of the label's values.
  public struct Example: Sendable {
    public var row: Int
    /// The label's value as the file has it.
    public var value: String
    public var content: Result<PreferenceRow, RowProblem>

    public init(row: Int, value: String, content: Result<PreferenceRow, RowProblem>) {
      self.row = row
      self.value = value
      self.content = content
    }
  }

  /// Nil until the person has answered.
  public private(set) var answer: Answer?
  let fileName: String
  let field: String
  let readings: [LabelValues]
  let examples: [Example]
  let display: DisplayText
  private var size: Size
  private(set) var cursor = 0

  /// - Parameters:
  ///   - fileName: The data set's name, without its folder.
  ///   - ambiguity: What is unclear.
  ///   - examples: Its example rows, read in one of the readings: the texts are the same in all.
  ///   - size: The terminal's size.
  ///   - display: How stored text becomes drawable text.
  public init(
    fileName: String, ambiguity: LabelAmbiguity, examples: [Example], size: Size,
    display: DisplayText
  ) {
    self.fileName = fileName
    field = ambiguity.field.description
    readings = ambiguity.readings.map(\.values)
    self.examples = examples
    self.size = size
    self.display = display
  }

  public mutating func resize(_ size: Size) { self.size = size }

  public mutating func press(_ key: KeyPress) {
    switch key {
    case .character("j"), .down: cursor = min(cursor + 1, readings.count - 1)
    case .character("k"), .up: cursor = max(cursor - 1, 0)
    case .enter: answer = .reading(readings[cursor])
    case .escape, .character("q"), .character("Q"), .control("c"): answer = .left
    case .character(let character):
      guard let number = character.wholeNumberValue, (1...readings.count).contains(number) else {
        return
      }
      answer = .reading(readings[number - 1])
    default: break
    }
  }

  public func frame() -> Frame {
    var frame = Frame(size: size, display: display)
    let width = size.columns - 2
    func line(_ text: String, _ row: Int, _ role: ThemeRole = .text, column: Int = 1) {
      guard row < size.rows else { return }
      frame.write(
        display.truncated(text, to: max(0, size.columns - 1 - column)), column: column, row: row,
        role: role)
    }
    line("demur \(fileName): what does \(field) mean?", 0, .title)
    line("Its values can be understood in more than one way. Which one is right here?", 1)
    // Choosing has to be possible on any screen: the examples take what the readings leave.
    let readingRows = 2 * readings.count + 1
    let room = max(0, size.rows - 3 - readingRows - 1)
    let height = examples.isEmpty ? 0 : min(10, room / examples.count)
    var row = 2
    if height >= 4 {
      for example in examples {
        draw(example, row: row, rows: height - 1, width: width, in: &frame)
        row += height
      }
    } else {
      row += 1
    }
    for (number, reading) in readings.enumerated() {
      let isCurrent = number == cursor
      line("\(isCurrent ? ">" : " ") \(number + 1)  \(meaning(of: reading))", row, column: 0)
      line("then \(consequence(of: reading))", row + 1, .textMuted, column: 5)
      if isCurrent {
        frame.recolour(Rect(column: 0, row: row, columns: size.columns, rows: 1)) { _ in .cursor }
      }
      row += 2
    }
    let keys = (1...readings.count).map(String.init).joined(separator: "/")
    frame.write(
      [
        StyledRun(" \(keys)", .hintKey), StyledRun(" or ", .hintText),
        StyledRun("Enter", .hintKey), StyledRun(" choose, it is remembered  ", .hintText),
        StyledRun("j/k", .hintKey), StyledRun(" move  ", .hintText), StyledRun("Esc", .hintKey),
        StyledRun(" leave", .hintText),
      ], column: 0, row: size.rows - 1, limit: size.columns)
    return frame
  }

  /// An example in at least three rows: a rule, then prompt and sides as far as they fit.
  private func draw(
    _ example: Example, row: Int, rows: Int, width: Int, in frame: inout Frame
  ) {
    frame.rule(
      row: row, columns: size.columns,
      title: [
        StyledRun(
          display.truncated(
            "ROW \(Numbers.grouped(example.row))  \(field) is \(example.value)", to: width - 2),
          .title)
      ])
    guard case .success(let content) = example.content else {
      frame.write("this row cannot be read", column: 1, row: row + 1, role: .statusWarning)
      return
    }
    let sides = content.sides.enumerated().map { (Self.letter($0), $1.text) }
    let texts = (rows > sides.count ? [("", content.lastRequest)] : []) + sides
    let share = max(1, rows / max(1, texts.count))
    var at = row + 1
    for (name, text) in texts {
      let role: ThemeRole = name.isEmpty ? .promptHuman : .text
      let wrapped = WrappedText(
        [StyledRun(text, role)], columns: max(1, width - 3), display: display, lines: share)
      frame.write(name, column: 1, row: at, role: .title)
      for number in 0..<min(share, wrapped.lines.count) where at < row + 1 + rows {
        frame.write(wrapped.runs(ofLine: number), column: 4, row: at, limit: width - 3)
        at += 1
      }
    }
  }

  /// `0: A is better, 1: B is better, 2: a tie`.
  func meaning(of reading: LabelValues) -> String {
    reading.entries.map { "\($0.spokenValue): \(Self.phrase($0.meaning))" }.joined(separator: ", ")
  }

  /// What the reading makes of the examples.
  func consequence(of reading: LabelValues) -> String {
    examples.map { example in
      let meaning = reading.meaning(of: example.value).map(Self.phrase) ?? "not understood"
      return "row \(Numbers.grouped(example.row)): \(meaning)"
    }.joined(separator: ", ")
  }

  private static func phrase(_ meaning: LabelValues.Meaning) -> String {
    switch meaning {
    case .side(let place): "\(letter(place)) is better"
    case .tie: "a tie"
    case .bothBad: "both bad"
    case .none: "no label"
    }
  }

  private static func letter(_ place: Int) -> String { Phrases.letter(place) }
}

extension LabelValues.Entry {
  /// The value as a person says it.
  fileprivate var spokenValue: String {
    switch value {
    case LabelValues.negative: "below 0"
    case LabelValues.positive: "above 0"
    default: value
    }
  }
}
