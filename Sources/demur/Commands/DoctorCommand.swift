import ArgumentParser
import Foundation
import PreferenceData

struct DoctorCommand: ParsableCommand, RunsUnconfigured {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Say whether terminal, settings, DuckDB and folders let Demur work.",
    discussion: """
      Every line says ok, warn (it works, with less) or blocked, and what to do.
      Exit status: 1 where something is blocked.

      EXAMPLES
        demur doctor
        demur doctor train.jsonl
      """)

  @Argument(help: "The data set whose review is meant.", completion: .file()) var file: String?
  @Flag(help: "Print one JSON object.") var json = false
  @OptionGroup var configurationOption: ConfigurationOption

  func run() throws {
    let options = try file.map { path in
      guard FileManager.default.fileExists(atPath: path) else {
        throw Failure(.file, what: "there is no file \(Table.line(path))")
      }
      return try FileOptions.parse([path])
    }
    let findings = MainActor.assumeIsolated {
      Examination(environment: ProcessInfo.processInfo.environment, options: options).findings()
    }
    var output = StandardOutput()
    for line in json ? [Self.json(findings).text] : findings.flatMap(Self.lines) {
      try output.line(line)
    }
    try output.flush()
    if findings.contains(where: { $0.state == .blocked }) { throw ExitCode(ExitStatus.no.rawValue) }
  }

  private static func lines(_ finding: Examination.Finding) -> [String] {
    let line = [
      Table.cell(finding.state.rawValue, 7), Table.cell(finding.name, 10), finding.text,
    ].joined(separator: "  ")
    return finding.remedy.isEmpty
      ? [line] : [line, String(repeating: " ", count: 21) + "-> " + finding.remedy]
  }

  private static func json(_ findings: [Examination.Finding]) -> JSONValue {
    [
      "version": .string(Version.current),
      "checks": .array(
        findings.map {
          [
            "name": .string($0.name), "state": .string($0.state.rawValue), "text": .string($0.text),
            "remedy": .string($0.remedy),
          ]
        }),
    ]
  }
}
