import ArgumentParser
import CurationInterface
import Foundation
import TerminalSurface

struct ThemeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "theme", abstract: "List themes, and check whether they can be read.",
    subcommands: [List.self, Check.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print the names of all themes.")

    func run() throws {
      var output = StandardOutput()
      let library = ThemeLibrary(environment: ProcessInfo.processInfo.environment)
      for name in library.names { try output.line(Table.line(name)) }
      try output.flush()
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Measure the contrast of themes.",
      discussion: """
        Text wants a contrast of 4.5:1, borders and gauges 3:1, at every colour depth (WCAG 2.1).
        Exit status: 0 all pass, 1 some do not.

        EXAMPLES
          demur theme check
          demur theme check Themes/dark.theme --all
        """)

    @Argument(help: "Themes by name or path; all of them if none is named.")
    var themes: [String] = []
    @Flag(help: "Print every role, not only those that fail.") var all = false

    func run() throws {
      let library = ThemeLibrary(environment: ProcessInfo.processInfo.environment)
      var output = StandardOutput()
      var passed = true
      for name in themes.isEmpty ? library.names : themes {
        let (theme, warnings) = try library.theme(name)
        for warning in warnings { StandardError.line("warning: \(warning.text)") }
        let audit = ThemeAudit(theme)
        for finding in audit.findings where all || !finding.isPassed {
          try output.line(line(theme, finding))
        }
        let lowest = audit.findings.compactMap(\.contrast).min()
        let measure = lowest.map { "lowest contrast \(Numbers.fixed($0))" } ?? "no colours"
        try output.line(
          "\(Table.line(theme.name)): \(audit.isPassed ? "passes" : "FAILS"), \(measure)")
        passed = passed && audit.isPassed
      }
      try output.flush()
      if !passed { throw ExitCode(ExitStatus.no.rawValue) }
    }

    private func line(_ theme: Theme, _ finding: ThemeAudit.Finding) -> String {
      let contrast = finding.contrast.map { Numbers.fixed($0) } ?? "-"
      return [
        Table.cell(theme.name, 14), Table.cell(finding.depth.name, 6),
        Table.cell(finding.role.rawValue, 18), Table.cell(contrast, 6, alignedRight: true),
        "of \(Numbers.fixed(finding.required, decimals: 1))", finding.isPassed ? "ok" : "LOW",
      ].joined(separator: "  ")
    }
  }
}

extension ColourDepth {
  /// The depth as `--color` names it.
  var name: String {
    switch self {
    case .mono: "never"
    case .sixteen: "16"
    case .twoFiftySix: "256"
    case .direct: "direct"
    }
  }
}
