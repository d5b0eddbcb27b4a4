import CNcurses

/// The terminal library that the program runs with.
public enum TerminalLibrary {
  /// Its name and version, in its own words.
  public static var version: String { unsafe String(cString: screen_library_version()) }
}
