import PreferenceData
import TerminalSurface

// The question told line by line, for those who hear it.
extension LabelQuestion {
  /// More of a text than this is not needed to tell which side is the better one.
  private static let spokenColumns = 400

  /// The whole question: what is unclear, the examples, the readings, and the keys.
  public var lines: [String] {
    var lines = [
      "demur \(fileName): what does \(field) mean?",
      "Its values can be understood in more than one way. Which one is right here?",
    ]
    for example in examples {
      lines.append("Row \(Numbers.grouped(example.row)), \(field) is \(example.value):")
      guard case .success(let content) = example.content else {
        lines.append("this row cannot be read")
        continue
      }
      lines.append("Prompt: \(content.lastRequest)")
      for (place, side) in content.sides.enumerated() {
        lines.append("\(Phrases.letter(place)): \(side.text)")
      }
    }
    lines += readings.indices.map(line)
    let keys = (1...readings.count).map(String.init).joined(separator: " or ")
    lines.append("\(keys) chooses, and it is remembered; Esc leaves")
    return lines.map { display.truncated($0, to: Self.spokenColumns) }
  }

  /// The reading under the cursor.
  public var currentLine: String {
    display.truncated(line(cursor), to: Self.spokenColumns)
  }

  private func line(_ number: Int) -> String {
    let reading = readings[number]
    return "\(number + 1): \(meaning(of: reading)). Then \(consequence(of: reading))"
  }
}
