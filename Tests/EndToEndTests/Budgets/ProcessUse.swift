import Foundation

/// Memory of a process that is its own, not a file's, in bytes.
struct MemoryUse: CustomStringConvertible {
  private(set) var anonymous = 0
  private(set) var resident = 0

  init() {}

  init(of process: pid_t) throws {
    let text = try String(contentsOfFile: "/proc/\(process)/smaps_rollup", encoding: .utf8)
    func bytes(_ name: String) -> Int {
      let line = text.split(separator: "\n").first { $0.hasPrefix(name + ":") }
      return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
    }
    anonymous = bytes("Anonymous")
    resident = bytes("Rss")
  }

  mutating func widen(_ other: MemoryUse) {
    anonymous = max(anonymous, other.anonymous)
    resident = max(resident, other.resident)
  }

  var description: String {
    "private memory \(anonymous / 1_000_000) MB, resident with mapped files "
      + "\(resident / 1_000_000) MB"
  }
}

/// What a process has had of the processor.
struct ProcessorTime {
  /// In the clock's hundredths of a second.
  let ticks: Int

  init(of process: pid_t) throws {
    let text = try String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
    // The name before it may hold blanks.
    let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
    ticks = fields.count > 13 ? (Int(fields[12]) ?? 0) + (Int(fields[13]) ?? 0) : 0
  }
}
