import ArgumentParser
import CurationEngine
import CurationInterface
import DatasetFiles
import Dispatch
import Foundation
import Glibc
import PreferenceData
import PreferenceScoring
import TerminalDriver
import TerminalSurface

struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Open the terminal UI (the default).",
    discussion: """
      One key decides about a pair and saves it; 'u' takes it back, also after a
      restart; '?' lists all keys.

      EXAMPLES
        demur train.jsonl
        demur review train.jsonl --annotator kim --theme light
        demur train.jsonl --audit 100         random rows first: how many are wrong
        demur train.jsonl --keys "gd" --size 160x48       print a screen
        demur train.jsonl --script steps.txt  keys and expectations, no terminal
      """)

  @OptionGroup var options: FileOptions
  @OptionGroup var scanOptions: ScanOptions
  @OptionGroup var scriptOptions: ScriptOptions
  @Option(
    help: ArgumentHelp(
      "A rubric (TOML): criteria to answer, reasons and tags; FILE.demur/rubric.toml is found by "
        + "itself.", valueName: "file"),
    completion: .file())
  var rubric: String?
  @Option(
    help: ArgumentHelp(
      "How the screen looks: dark, light, high-contrast, mono, auto (asks the terminal), or a file.",
      valueName: "name"),
    completion: .custom { CompletionWords.themes($0, $1, $2) + ["auto"] })
  var theme = Settings.ofRun.text(.theme) ?? "dark"
  @Option(
    help: ArgumentHelp(
      "How many colours: auto, never, 16, 256 or direct; auto obeys NO_COLOR.", valueName: "when"))
  var color: ColourChoice = Settings.ofRun.color
  @Flag(inversion: .prefixedNo, help: "Name the usual keys in the last row.")
  var hints = Settings.ofRun.isOn(.hints)
  @Flag(
    inversion: .prefixedNo,
    help: "Scroll with the wheel and select with a click; the mouse no longer selects text.")
  var mouse = Settings.ofRun.isOn(.mouse)
  @Flag(
    inversion: .prefixedNo,
    help: "Tell what happens line by line, for screen readers; always so with TERM=dumb.")
  var linear = Settings.ofRun.isOn(.linear)
  @Flag(inversion: .prefixedNo, help: "Draw with ASCII only.")
  var ascii = Settings.ofRun.isOn(.ascii)
  @Flag(
    inversion: .prefixedNo,
    help: "Show the label from the start instead of only after the decision.")
  var open = Settings.ofRun.isOn(.open)
  @Option(
    help: ArgumentHelp(
      "Begin with a random audit of so many rows, one after another.", valueName: "n"))
  var audit: Int?
  @Option(
    help: ArgumentHelp(
      "Show rows that were decided before once more, this share of the time, to measure yourself.",
      valueName: "share"))
  var repeats = Settings.ofRun.number(.repeats) ?? 0
  @Option(
    help: ArgumentHelp(
      "Go over the evidence after every so many decisions, and at the end; 0 for never.",
      valueName: "n"))
  var batch = Settings.ofRun.wholeNumber(.batch).flatMap { Int(exactly: $0) } ?? 0

  func validate() throws {
    if let audit, audit < 1 {
      throw ValidationError("--audit takes a number from 1 on, got \(audit)")
    }
    if audit != nil, open {
      throw ValidationError("an audit is blind: --audit excludes --open (--no-open takes it back)")
    }
    guard (0...0.5).contains(repeats) else {
      throw ValidationError("--repeats takes a share from 0 to 0.5, got \(repeats)")
    }
    guard batch >= 0 else {
      throw ValidationError("--batch takes a number from 0 on, got \(batch)")
    }
    for (option, isGiven) in [
      ("--influence-on", scanOptions.influenceOn != nil),
      ("--deadline", scanOptions.deadline != nil),
    ] where isGiven {
      throw ValidationError("\(option) is for commands without a screen, such as demur scan")
    }
  }

  func run() throws {
    let status = try MainActor.assumeIsolated { try runOnMainThread() }
    if status != 0 { throw ExitCode(status) }
  }

  @MainActor
  private func runOnMainThread() throws -> Int32 {
    // Said before anything about the terminal: a misspelt command is a file that is not there.
    guard options.file == "-" || FileManager.default.fileExists(atPath: options.file) else {
      throw Failure(DatasetReadError.missing, file: options.file)
    }
    let script = try scriptOptions.read()
    guard isatty(1) == 1 || script != nil else {
      throw Failure(
        .usage, what: "the UI needs a terminal", why: "standard output is none",
        remedy: "use a subcommand, such as 'demur scan \(options.file)'; see demur --help")
    }
    let known = try options.knownFields()
    do {
      return try review(known, script)
    } catch let unclear as UnclearLabel {
      switch try ask(unclear.ambiguity, known) {
      case .answer(.left): return 0
      case .signal(let signal): return 128 + signal
      case .answer(.reading(let values)):
        var answered = known
        answered.mapping = known.mapping ?? FieldMapping()
        answered.mapping?.labelValues = values
        try options.keep(answered.mapping)
        return try review(answered, nil)
      }
    }
  }

  /// The file's label has several readings, and nobody has said which is meant.
  private struct UnclearLabel: Error {
    let ambiguity: LabelAmbiguity
  }

  /// Asks what the label means, with the example rows.
  @MainActor
  private func ask(
    _ ambiguity: LabelAmbiguity, _ known: KnownFields
  ) throws -> LabelQuestionLoop.Ending {
    // The texts of the examples are the same in every reading.
    var mapping = known.mapping ?? FieldMapping()
    mapping.labelValues = ambiguity.readings.first?.values
    let examples: [LabelQuestion.Example]
    do throws(DatasetReadError) {
      let dataset = try Dataset.open(
        options.input, mapping: mapping, settings: options.readSettings)
      examples = ambiguity.examples.map { example in
        .init(row: example.row, value: example.value, content: dataset.row(at: example.row))
      }
    } catch {
      throw Failure(error, file: options.file)
    }
    func question(_ size: Size, _ display: DisplayText) -> LabelQuestion {
      LabelQuestion(
        fileName: name(of: options.file), ambiguity: ambiguity, examples: examples, size: size,
        display: display)
    }
    let display = makeDisplay()
    guard !isLinear else {
      let terminal = try openLinearTerminal()
      defer { terminal.close() }
      var loop = LinearLabelQuestionLoop(
        terminal: terminal, question: question(LinearReader.size, display))
      return loop.run()
    }
    let environment = ProcessInfo.processInfo.environment
    let look = try ThemeLibrary(environment: environment).theme(themeName(environment))
    let terminal = try openTerminal(environment)
    defer { terminal.close() }
    var loop = LabelQuestionLoop(
      terminal: terminal, theme: look.theme, question: question(terminal.size, display))
    return loop.run()
  }

  /// How stored text becomes drawable text on this terminal.
  @MainActor
  private func makeDisplay() -> DisplayText {
    let isUnicode = CharacterSet.useLocale()
    return DisplayText(
      glyphs: isUnicode && !ascii ? .unicode : .ascii, doubtful: CharacterSet.doubtfulScalars())
  }

  @MainActor
  private func review(
    _ known: KnownFields, _ script: (script: KeyScript, name: String)?
  ) throws -> Int32 {
    let environment = ProcessInfo.processInfo.environment
    let library = ThemeLibrary(environment: environment)
    let look = try library.theme(themeName(environment))
    let annotator = try options.chosenAnnotator
    let asked = try RubricFile.read(named: rubric, beside: options.filePlaces)
    let mailbox = try Failure.wrapping { () throws(TerminalError) in
      try Mailbox<LiveEngine.Report>()
    }
    let arrived = DispatchSemaphore(value: 0)
    // One core stays free for the screen and for saving.
    let engine = LiveEngine(
      input: options.input, mapping: known.mapping, described: known.described,
      columns: scanOptions.rewards.columns,
      scores: try scanOptions.rewards.readScores(), readSettings: options.readSettings,
      settings: scanOptions.settings(showing: SignalID.evidence),
      jobs: max(1, scanOptions.jobs - 1),
      request: { [options] dataset in try options.reviewRequest(for: dataset) },
      report: { report in
        // Of progress and of rescored rankings only the newest counts.
        switch report {
        case .scanning: mailbox.post(report) { if case .scanning = $0 { true } else { false } }
        case .querying: mailbox.post(report) { if case .querying = $0 { true } else { false } }
        case .rescored: mailbox.post(report) { if case .rescored = $0 { true } else { false } }
        default: mailbox.post(report)
        }
        arrived.signal()
      })
    engine.start()
    // However this ends: a process that ends under its threads may crash in the last moment.
    defer { engine.stop() }
    let (reports, seed) = try waitForReview(mailbox, arrived, known)
    if options.saveMapping { try options.keep(options.mapping) }
    let display = makeDisplay()
    let terminal: (any ReviewScreen)? =
      if script != nil {
        nil
      } else if isLinear {
        LinearScreen(try openLinearTerminal())
      } else {
        try openTerminal(environment)
      }
    defer { terminal?.close() }
    var configuration = SessionConfiguration(
      annotator: annotator, seed: seed, isBlind: !open,
      fileName: options.file == "-" ? "(standard input)" : name(of: options.file),
      exportPath: SessionConfiguration.cleanedName(of: options.file),
      size: terminal?.size ?? scriptOptions.size.size, display: display,
      keymap: Settings.ofRun.keymap)
    configuration.auditCount = audit
    configuration.repeatShare = repeats
    configuration.batchSize = batch
    configuration.showsHints = hints
    configuration.hasClipboard = !isLinear
    configuration.rubric = asked
    configuration.theme = look.theme
    configuration.themes = library.choices(with: look.theme)
    let running = RunningSession(
      engine: engine, terminal: terminal, file: options.file,
      folder: options.session ?? "\(options.file).demur",
      session: Session(configuration: configuration), environment: environment)
    if let terminal {
      var loop = TerminalLoop(terminal: terminal, mailbox: mailbox, running: running)
      return try loop.run(reports)
    }
    if let script {
      var loop = ScriptLoop(mailbox: mailbox, running: running, name: script.name)
      try loop.run(script.script, reports)
    }
    return ExitStatus.done.rawValue
  }

  /// Waits until the review is open, so that a file that is none fails before there is a screen.
  @MainActor
  private func waitForReview(
    _ mailbox: Mailbox<LiveEngine.Report>, _ arrived: DispatchSemaphore, _ known: KnownFields
  ) throws -> (reports: [LiveEngine.Report], seed: UInt64) {
    var reports: [LiveEngine.Report] = []
    while true {
      arrived.wait()
      for report in mailbox.drain() {
        reports.append(report)
        switch report {
        case .openFailed(let error as DatasetReadError):
          // Standard input is read once: it cannot be opened anew with the answer.
          if case .unclearFormat(let evidence) = error, let ambiguity = evidence.ambiguity,
            options.file != "-", known.mapping?.labelValues == nil, !scriptOptions.isGiven
          {
            throw UnclearLabel(ambiguity: ambiguity)
          }
          throw Failure(error, file: options.file, known: known)
        case .openFailed(let error), .reviewFailed(let error):
          throw Failure(
            describing: error, file: options.file,
            folder: options.session ?? "\(options.file).demur")
        default: break
        }
      }
      for case .reviewOpened(_, _, _, let seed) in reports { return (reports, seed) }
    }
  }

  @MainActor
  private func openTerminal(_ environment: [String: String]) throws -> CursesTerminal {
    let type = environment["TERM"] ?? ""
    let colours = color.depth(environment)
    let types = colours == .direct ? ["\(type)-direct", type] : [type]
    return try Failure.wrapping { () throws(TerminalError) in
      try CursesTerminal(
        input: keyboard(), output: 1, types: type.isEmpty ? [] : types, colours: colours,
        reportsMouse: mouse)
    }
  }

  /// Whether the review is told line by line.
  private var isLinear: Bool { linear || ProcessInfo.processInfo.environment["TERM"] == "dumb" }

  @MainActor
  private func openLinearTerminal() throws -> LinearTerminal {
    try Failure.wrapping { () throws(TerminalError) in
      try LinearTerminal(input: keyboard(), output: 1)
    }
  }

  /// Standard input may be the data: then keys come from the terminal itself.
  private func keyboard() -> Int32 {
    isatty(0) == 1 ? 0 : unsafe Glibc.open("/dev/tty", O_RDWR | O_CLOEXEC)
  }

  /// The theme that was asked for; with `auto`, the one that suits the terminal's ground.
  @MainActor
  private func themeName(_ environment: [String: String]) -> String {
    guard theme == "auto" else { return theme }
    guard !isLinear else { return "dark" }
    let variant = TerminalQuestion.background(
      input: keyboard(), output: 1, type: environment["TERM"] ?? "")
    return variant == .light ? "light" : "dark"
  }

  private func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}

/// How many colours a person wants.
enum ColourChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, never
  case sixteen = "16"
  case twoFiftySix = "256"
  case direct

  func depth(_ environment: [String: String]) -> ColourDepth {
    switch self {
    case .never: return .mono
    case .sixteen: return .sixteen
    case .twoFiftySix: return .twoFiftySix
    case .direct: return .direct
    case .auto:
      // no-color.org: set and not empty.
      if let wish = environment["NO_COLOR"], !wish.isEmpty { return .mono }
      return ["truecolor", "24bit"].contains(environment["COLORTERM"]) ? .direct : .twoFiftySix
    }
  }
}
