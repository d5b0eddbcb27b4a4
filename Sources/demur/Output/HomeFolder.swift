import Foundation

/// The person's home folder: what `HOME` says, as every shell has it, else what the system knows.
enum HomeFolder {
  static var path: String {
    let wanted = ProcessInfo.processInfo.environment["HOME"] ?? ""
    return wanted.hasPrefix("/") ? wanted : NSHomeDirectory()
  }
}
