/// Why a terminal cannot be used.
public enum TerminalError: Error, Hashable, Sendable {
  /// The descriptor for keys or for the screen is no terminal.
  case notATerminal(descriptor: Int32)
  /// TERM is unset or empty, so nobody knows what the terminal understands.
  case noType
  /// The terminal data base does not know this type.
  case unknownType(String)
  /// The type cannot place the cursor (`dumb`).
  case unusableType(String)
  /// The process is in the background of its terminal: the first key would stop it.
  case inBackground
  /// A system call failed with this errno.
  case system(Int32)
}
