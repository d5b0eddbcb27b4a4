import CNcurses
import Glibc
public import TerminalSurface

/// The terminal: shows frames, reads keys, and is given back as it was found.
///
/// It belongs to the main thread, which waits in `wait` and in nothing else. While it is open, the
/// signals of `TerminalEvent` come as events, and a fatal signal gives the terminal back before the
/// process dies.
@MainActor
public final class CursesTerminal {
  /// The columns and rows as they were last reported.
  public private(set) var size: Size
  /// What is used of the colours that the terminal has.
  public let colourDepth: ColourDepth

  private let input: Int32
  private var keys = CursesKeys()
  private var styles: CursesStyles
  private var shown: (frame: Frame, theme: Theme)?
  private var hasGone = false
  private var isOpen = true

  /// Opens the terminal for drawing.
  ///
  /// - Parameters:
  ///   - input: Where keys come from: standard input, or `/dev/tty` where that is data.
  ///   - output: Where the screen is.
  ///   - types: Terminal types (TERM) in the order in which they are tried.
  ///   - colours: The most colours to use; at `mono`, no colour code is ever sent.
  ///   - reportsMouse: Whether the mouse is Demur's; otherwise it selects text as ever.
  /// - Throws: `TerminalError` before anything has been written.
  public init(
    input: Int32, output: Int32, types: [String], colours: ColourDepth,
    reportsMouse: Bool = false
  ) throws(TerminalError) {
    for descriptor in [input, output] where isatty(descriptor) == 0 {
      throw .notATerminal(descriptor: descriptor)
    }
    let foreground = tcgetpgrp(input)
    if foreground > 0, foreground != getpgrp() { throw .inBackground }
    guard guard_start(input, output) == 0 else { throw .system(errno) }
    do throws(TerminalError) {
      try Self.open(types.filter { !$0.isEmpty }, input, output)
    } catch {
      guard_stop()
      throw error
    }
    self.input = input
    size = Self.reportedSize
    colourDepth = min(colours, Self.availableDepth)
    if colourDepth > .mono { screen_start_colour() }
    styles = CursesStyles(depth: colourDepth)
    if reportsMouse { screen_report_mouse() }
  }

  private static func open(
    _ types: [String], _ input: Int32, _ output: Int32
  ) throws(TerminalError) {
    var failure = TerminalError.noType
    for type in types {
      switch screen_result(UInt32(unsafe screen_open(type, input, output))) {
      case screen_opened: return
      case screen_unknown_type: failure = .unknownType(type)
      case screen_unusable_type: failure = .unusableType(type)
      default: failure = .system(errno)
      }
    }
    throw failure
  }

  private static var reportedSize: Size {
    Size(columns: Int(screen_columns()), rows: Int(screen_rows()))
  }

  private static var availableDepth: ColourDepth {
    switch screen_colours() {
    case ..<8: .mono
    case ..<256: .sixteen
    case 256: .twoFiftySix
    default: screen_has_direct_colour() == 1 ? .direct : .twoFiftySix
    }
  }

  /// Shows `frame`; only what has changed since the last one is sent.
  public func show(_ frame: Frame, theme: Theme) {
    precondition(isOpen, "shown after it was closed")
    if shown?.theme != theme { styles.use(theme) }
    let old = shown?.theme == theme ? shown?.frame : nil
    for run in FrameDifference(from: old, to: frame).runs {
      screen_move(Int32(run.row), Int32(run.column))
      var role: ThemeRole?
      for cell in run.cells where cell.width > 0 {
        if cell.role != role {
          let style = styles[cell.role]
          screen_style(style.attributes, style.pair)
          role = cell.role
        }
        put(cell)
      }
    }
    screen_show(Int32(frame.cursor?.row ?? -1), Int32(frame.cursor?.column ?? 0))
    shown = (frame, theme)
  }

  /// Sends the whole screen with the next frame, whatever the terminal shows.
  public func redraw() {
    shown = nil
    screen_forget()
  }

  private func put(_ cell: Cell) {
    var scalars = cell.text.unicodeScalars.makeIterator()
    func following() -> UInt32 { scalars.next()?.value ?? 0 }
    screen_put(
      Int32(cell.width), following(), following(), following(), following(), following())
  }

  /// Waits until a key, a signal, or one of `descriptors` has come, or `timeout` has passed; without
  /// a timeout, for as long as it takes. Says which descriptors can be read.
  @discardableResult
  public func wait(for descriptors: [Int32] = [], timeout: Duration? = nil) -> Set<Int32> {
    let own = hasGone ? [guard_descriptor()] : [guard_descriptor(), input]
    let ready = EventLoop.wait(for: own + descriptors, timeout: timeout)
    if ready.gone.contains(input) { hasGone = true }
    return ready.readable
  }

  /// Everything that the terminal and its user have sent, in order as far as it is known: signals
  /// first, then keys.
  public func readEvents() -> [TerminalEvent] {
    var events: [TerminalEvent] = []
    while case let signal = guard_next_signal(), signal != 0 {
      switch signal {
      case SIGWINCH:
        // One size is reported, however often it has changed.
        events.removeAll { if case .resized = $0 { true } else { false } }
        updateSize()
        events.append(.resized(size))
      case SIGTSTP: events.append(.stopRequested)
      case SIGCONT:
        // A shell that continues us may have changed the terminal's modes.
        resume()
        events.append(.continued)
      default: events.append(.quit(signal: signal))
      }
    }
    if hasGone { return events + [.quit(signal: SIGHUP)] }
    return events + keys.read().map(TerminalEvent.key)
  }

  private func updateSize() {
    screen_resize()
    size = Self.reportedSize
    // Terminals move what they show when their size changes, each in its own way: ncurses cannot
    // know what is where, so the next frame is sent whole.
    redraw()
  }

  /// Gives the terminal back, stops the process as Ctrl-Z does in a shell, and takes the terminal
  /// again when the process is continued. The next frame is sent whole.
  public func suspend() {
    screen_suspend()
    guard_stop_process()
    resume()
  }

  private func resume() {
    screen_resume()
    size = Self.reportedSize
    shown = nil
  }

  /// Gives the terminal to the program that `words` name for as long as it runs.
  /// - Throws: Why it has not ended well; the terminal is this program's again.
  public func run(_ words: [String]) throws(ForegroundProgram.Problem) {
    screen_suspend()
    defer { resume() }
    try ForegroundProgram.run(words, input: input)
  }

  /// Gives the terminal back as it was. A second call does nothing.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    screen_close()
    guard_stop()
  }
}
