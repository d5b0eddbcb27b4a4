import Foundation
import Glibc
import Testing

/// A program that reads a Parquet file for us does not outlive us.
@Suite("Killed while another program works")
struct KilledWithDuckDBTests {
  @Test("whatever ends it, DuckDB ends with it", arguments: [SIGKILL, SIGTERM])
  func killed(signal: Int32) throws {
    let sandbox = try Sandbox()
    // It says that it is DuckDB, and then works for ever.
    try sandbox.write(
      """
      #!/bin/sh
      if [ "$1" = --version ]; then echo v1.4.0; exit; fi
      echo $$ > started.tmp
      mv started.tmp started
      exec sleep 100000

      """, to: "duckdb")
    try sandbox.setMode(0o700, of: "duckdb")
    sandbox.environment["DEMUR_DUCKDB"] = sandbox.path(of: "duckdb")
    try sandbox.write("PAR1 and what follows PAR1", to: "rows.parquet")
    let interface = try Interface(sandbox, ["rows.parquet"])
    let worker = try Deadline.standard.wait(for: "DuckDB to be started") { () -> pid_t? in
      interface.terminal.read(waiting: 2)
      guard sandbox.exists("started") else { return nil }
      let text = String(decoding: try sandbox.bytes("started"), as: UTF8.self)
      return pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines))
    }
    #expect(isRunning(worker))
    interface.process.signal(signal)
    _ = try interface.waitForEnding()
    _ = try Deadline(after: .seconds(20)).wait(for: "the end of DuckDB") {
      isRunning(worker) ? nil : true
    }
  }

  /// Whether a process is there and has not ended; one that nobody has buried yet has.
  private func isRunning(_ process: pid_t) -> Bool {
    guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let name = status.lastIndex(of: ")")
    else { return false }
    return !status[name...].hasPrefix(") Z")
  }
}
