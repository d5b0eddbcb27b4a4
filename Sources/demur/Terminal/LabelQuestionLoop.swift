import CurationInterface
import TerminalDriver
import TerminalSurface

/// Asks what a label means, before there is a review: shows the question until it is answered.
@MainActor
struct LabelQuestionLoop {
  let terminal: CursesTerminal
  let theme: Theme
  var question: LabelQuestion

  /// How it ended: an answer, or a signal that ends the program.
  enum Ending {
    case answer(LabelQuestion.Answer)
    case signal(Int32)
  }

  mutating func run() -> Ending {
    while true {
      terminal.show(question.frame(), theme: theme)
      terminal.wait(for: [])
      for event in terminal.readEvents() {
        switch event {
        case .key(let key): question.press(key)
        case .resized(let size): question.resize(size)
        case .continued: question.resize(terminal.size)
        case .stopRequested:
          terminal.suspend()
          question.resize(terminal.size)
        case .quit(let signal): return .signal(signal)
        }
        if let answer = question.answer { return .answer(answer) }
      }
    }
  }
}

/// Asks the same line by line: the question once, then what the cursor comes to.
@MainActor
struct LinearLabelQuestionLoop {
  let terminal: LinearTerminal
  var question: LabelQuestion

  mutating func run() -> LabelQuestionLoop.Ending {
    for line in question.lines { terminal.write(line) }
    while true {
      terminal.wait()
      for event in terminal.readEvents() {
        switch event {
        case .key(let key):
          let before = question.currentLine
          question.press(key)
          if question.answer == nil, question.currentLine != before {
            terminal.write(question.currentLine)
          }
        case .stopRequested: terminal.suspend()
        case .resized, .continued: break
        case .quit(let signal): return .signal(signal)
        }
        if let answer = question.answer { return .answer(answer) }
      }
    }
  }
}
