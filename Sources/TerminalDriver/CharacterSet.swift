import CNcurses
public import TerminalSurface

/// What the process's locale says about characters.
public enum CharacterSet {
  /// Sets the process's character set from the environment, or to UTF-8 where that has another, and
  /// says whether it was UTF-8 already. To be called once, before the terminal is opened.
  @MainActor
  public static func useLocale() -> Bool { screen_use_locale() == 1 }

  /// The scalars on whose width the C library, which ncurses asks, and utf8proc disagree. It is
  /// asked after `useLocale`.
  @MainActor
  public static func doubtfulScalars() -> ScalarRanges {
    DisplayText.doubtfulScalars { Int(screen_scalar_columns($0.value)) }
  }
}
