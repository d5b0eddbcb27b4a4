import PreferenceData
import PreferenceScoring
import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Prompts and dialogs")
struct PromptTests {
  @Test("while text is typed no label key fires")
  func noLabelWhileTyping() {
    for opening in ["i", "#", "/", "gn", "gi", "?", "E"] {
      var script = ReviewScript()
      script.go(to: 0)
      script.press(opening)
      script.type("abABtxdu-q")
      #expect(script.events.isEmpty && !script.hasQuit, "after \(opening)")
      #expect(script.position == 0)
      script.press("Esc")
      #expect(script.session.overlay == nil)
    }
  }

  @Test("a row's number is made of digits: keys meant for the view do not pile up in the line")
  func rowsAreNumbers() {
    var script = ReviewScript()
    script.go(to: 0)
    script.press("gn")
    script.type("J]j2bb")
    guard case .prompt(let prompt) = script.session.overlay else {
      Issue.record("the prompt has closed")
      return
    }
    #expect(prompt.field.text == "2")
    script.press("Enter")
    #expect(script.position == 2)
  }

  @Test("a note given before the decision is saved together with it")
  func noteBefore() {
    var script = ReviewScript()
    script.go(to: 0)
    script.press("i")
    script.type("odd label")
    script.press("Enter #")
    script.type("safety, math safety")
    script.press("Enter")
    #expect(script.events.isEmpty)
    script.press("b")
    #expect(script.decision(on: 0)?.note == "odd label")
    #expect(script.decision(on: 0)?.tags == ["safety", "math"])
    #expect(script.session.review.drafts.isEmpty)
  }

  @Test("a note given afterwards is a step of its own, and the view stays")
  func noteAfter() {
    var script = ReviewScript()
    script.go(to: 0)
    script.press("b K i")
    script.type("why")
    script.press("Enter")
    #expect(script.position == 0)
    #expect(script.decision(on: 0)?.note == "why")
    #expect(script.decision(on: 0)?.verdict == script.events.first?.verdict)
    script.press("u")
    #expect(script.decision(on: 0)?.note == "")
  }

  @Test("quitting asks only where something would be lost")
  func quitting() {
    var script = ReviewScript()
    script.press("q")
    #expect(script.hasQuit)
    var noted = ReviewScript()
    noted.go(to: 0)
    noted.press("i")
    noted.type("x")
    noted.press("Enter Q")
    #expect(!noted.hasQuit)
    noted.press("n")
    #expect(!noted.hasQuit)
    noted.press("Q y")
    #expect(noted.hasQuit)
    var scanning = ReviewScript()
    scanning.press("R Q")
    #expect(!scanning.hasQuit)
    scanning.press("y")
    #expect(scanning.hasQuit)
  }

  @Test("with a journal that never answers, Ctrl-C still leads out")
  func journalHangs() {
    var script = ReviewScript()
    script.go(to: 0)
    script.journal = .waits
    script.press("a b Ctrl-C")
    #expect(script.screen.contains("still being saved"))
    script.press("y")
    #expect(script.hasQuit)
  }

  @Test("Ctrl-C stops the scan, and R resumes it")
  func scanning() {
    var script = ReviewScript()
    script.press("R")
    #expect(script.screen.contains("[scan 10% eta 2m]"))
    script.press("Ctrl-C")
    #expect(script.commands.contains(.cancelScan))
    #expect(script.screen.contains("[paused 10%: R resumes]"))
    script.press("R")
    #expect(script.commands.count { $0 == .startScan } == 2)
  }

  @Test("search finds in the order of the queue, goes round, and marks what it found")
  func searching() {
    var script = ReviewScript()
    script.press("/")
    script.type("AUSTRALIA")
    script.press("Enter")
    #expect(script.position == 8)
    script.press("Enter")
    #expect(script.session.frame().cells.contains { $0.role == .match })
    script.press("n")
    #expect(script.position == 9)
    script.press("n n")
    #expect(script.position == 8)
    script.press("N")
    #expect(script.position == 10)
    script.press("a")
    #expect(script.standing(on: 10)?.serving.route == .search)
    script.press("/")
    for _ in 0..<9 { script.press("Backspace") }
    script.type("nowhere at all")
    script.press("Enter")
    #expect(script.screen.contains("no row holds"))
  }

  @Test("the help lists every key of the view, finds by typing, and runs what is chosen")
  func help() {
    var script = ReviewScript()
    script.go(to: 0)
    script.press("?")
    script.type("turn the sides")
    #expect(script.screen.contains(",s") && script.screen.contains("turn-sides"))
    script.press("Enter")
    #expect(script.session.pair?.isTurned == true)
    #expect(
      HelpState().entries(in: .standard, scope: .pair).count
        == Keymap.standard.bindings(in: .pair).count)
  }

  @Test("after a prefix every key that may follow shows, at every size")
  func whichKey() {
    for size in [Size(columns: 40, rows: 10), Size(columns: 80, rows: 24)] {
      var script = ReviewScript(size: size)
      script.press("Enter g")
      let box = script.lines.filter { $0.contains("|") }.joined()
      for entry in Keymap.standard.continuations(of: [.character("g")], in: .pair) {
        let start = entry.binding.summary.prefix(4)
        #expect(box.contains("\(entry.rest) \(start)"))
      }
      script.press("Esc")
      #expect(script.session.overlay == nil)
    }
  }

  @Test("an export is written only after its counts have been seen")
  func exporting() {
    var script = ReviewScript()
    script.press("E")
    #expect(script.screen.contains("pairs.clean.jsonl"))
    script.press("Enter")
    #expect(script.commands.last == .planExport(ExportRequest(path: "pairs.clean.jsonl")))
    #expect(script.screen.contains("2 labels swapped"))
    script.type("2")
    #expect(!script.screen.contains("2 labels swapped"))
    script.press("Enter Enter")
    #expect(script.commands.last == .export(ExportRequest(path: "pairs.clean.jsonl2")))
    #expect(script.screen.contains("[export 25%]"))
    script.press("Esc Q")
    #expect(script.screen.contains("An export is running"))
    script.press("n")
    script.send(.exported(["written: 15 rows"]))
    #expect(script.screen.contains("written: 15 rows"))
  }

  @Test("rows and form are chosen below the path, and another choice is another plan")
  func exportChoices() {
    var script = ReviewScript()
    script.press("E Enter")
    #expect(script.screen.contains("row 3: swapped"))
    #expect(script.screen.contains("+ ^[[2Jhostile"))
    script.press("Down")
    #expect(!script.screen.contains("row 3: swapped") && script.screen.contains("row 7: left out"))
    script.press("Tab Space")
    #expect(!script.screen.contains("2 labels swapped"))
    script.press("Tab Tab Right Enter")
    let form = TargetFormats.all[0].name
    #expect(
      script.commands.last
        == .planExport(ExportRequest(path: "pairs.clean.jsonl", rows: .reviewed, form: form)))
    // Without a filter there is nothing but all rows and the decided ones.
    script.press("Shift-Tab Shift-Tab Right Tab Tab Left Enter Enter")
    #expect(script.commands.last == .export(ExportRequest(path: "pairs.clean.jsonl")))
  }

  @Test("ties are left out or kept, and written in both orders only in another form")
  func exportTies() {
    var script = ReviewScript()
    func planned(_ ties: ExportRequest.Ties, form: String? = nil) -> Command {
      .planExport(ExportRequest(path: "pairs.clean.jsonl", ties: ties, form: form))
    }
    script.press("E Tab Tab Right Enter")
    #expect(script.commands.last == planned(.keep))
    script.press("Right Enter")
    #expect(script.commands.last == planned(.drop))
    let form = TargetFormats.all[0].name
    script.press("Tab Right Shift-Tab Left Enter")
    #expect(script.commands.last == planned(.both, form: form))
    #expect(script.screen.contains("written in both orders"))
    // Back in the form in which rows stay as they are, that cannot be.
    script.press("Tab Left Enter")
    #expect(script.commands.last == planned(.drop))
  }

  @Test("rows that the filter lists no more are said, and counted anew before they are written")
  func outdatedFilter() {
    var script = ReviewScript(isScanned: true)
    script.press("f")
    script.type("status:open")
    script.press("Enter")
    script.isQueryWaiting = true
    script.press("f")
    script.type(" refund")
    script.press("Enter E Tab Left Enter")
    let number = script.session.queries.lastNumber
    script.send(.queried(number: number, QueryAnswer(positions: [0])))
    #expect(script.screen.contains("The filter lists other rows by now."))
    script.press("Enter")
    guard case .planExport(let request)? = script.commands.last,
      case .listed(let positions, _) = request.rows
    else {
      Issue.record("the rows are not counted anew: \(String(describing: script.commands.last))")
      return
    }
    #expect(positions == [0])
    #expect(!script.screen.contains("The filter lists other rows by now."))
    script.press("Enter")
    #expect(script.commands.last == .export(request))
  }

  @Test(
    "the proposed name keeps folder and endings",
    arguments: [
      ("pairs.jsonl", "pairs.clean.jsonl"),
      ("a/b.tar/pairs.jsonl.gz", "a/b.tar/pairs.clean.jsonl.gz"),
      ("v1.2.json", "v1.2.clean.json"), ("data", "data.clean"), (".hidden", ".hidden.clean"),
      ("(standard input)", "cleaned.jsonl"), ("-", "cleaned.jsonl"),
    ])
  func names(path: String, cleaned: String) {
    #expect(SessionConfiguration.cleanedName(of: path) == cleaned)
  }
}

extension ReviewEvent {
  fileprivate var verdict: Verdict? {
    guard case .decided(let decisions) = content else { return nil }
    return decisions.first?.decision.verdict
  }
}
