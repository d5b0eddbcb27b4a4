import Glibc
public import TerminalSurface

/// Asks the terminal about itself, before the screen is opened.
public enum TerminalQuestion {
  /// Types that are no emulators of today: they may print the question.
  private static let oldTypes = ["", "dumb", "linux", "vt", "ansi"]

  /// Whether the terminal's ground is dark or light; what is typed while it answers is lost.
  ///
  /// - Parameters:
  ///   - input: Where keys come from.
  ///   - output: Where the screen is.
  ///   - type: The type of the terminal (TERM).
  ///   - timeout: How long to wait for the answer.
  /// - Returns: Nil where the terminal does not say so in time.
  @MainActor
  public static func background(
    input: Int32, output: Int32, type: String, timeout: Duration = .milliseconds(300)
  ) -> Theme.Variant? {
    let isOld = Self.oldTypes.contains { $0.isEmpty ? type.isEmpty : type.hasPrefix($0) }
    var settings = termios()
    guard !isOld, isatty(output) == 1, tcgetpgrp(input) == getpgrp(),
      unsafe tcgetattr(input, &settings) == 0
    else { return nil }
    var silent = settings
    silent.c_lflag &= ~tcflag_t(ICANON | ECHO)
    unsafe tcsetattr(input, TCSANOW, &silent)
    defer { unsafe tcsetattr(input, TCSANOW, &settings) }
    let question = Array(TerminalBackground.question.utf8)
    let sent = unsafe question.withUnsafeBytes { unsafe write(output, $0.baseAddress, $0.count) }
    guard sent == question.count else { return nil }
    return TerminalBackground.variant(in: answer(from: input, timeout))
  }

  private static func answer(from input: Int32, _ timeout: Duration) -> [UInt8] {
    let clock = ContinuousClock()
    let end = clock.now + timeout
    var answer: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 256)
    while !TerminalBackground.isComplete(answer), answer.count < 4_096, clock.now < end {
      guard EventLoop.wait(for: [input], timeout: end - clock.now).readable.contains(input) else {
        continue
      }
      let count = unsafe part.withUnsafeMutableBytes {
        unsafe read(input, $0.baseAddress, $0.count)
      }
      guard count > 0 else { break }
      answer += part[..<count]
    }
    return answer
  }
}
