import ArgumentParser
import CurationInterface
import Foundation
import Glibc
import TerminalSurface

struct ThemeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "theme", abstract: "List themes, show them, and measure whether they can be read.",
    subcommands: [List.self, Show.self, Check.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print the names of all themes.")

    func run() throws {
      var output = StandardOutput()
      let library = ThemeLibrary(environment: ProcessInfo.processInfo.environment)
      for name in library.names { try output.line(Table.line(name)) }
      try output.flush()
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print how every role of a theme looks, in colour on a terminal.",
      discussion: "EXAMPLE\n  demur theme show light --color 256")

    @Argument(
      help: "A theme by name or path.", completion: .custom(CompletionWords.themes))
    var theme: String
    @Option(help: "For how many colours: auto, never, 16, 256 or direct.")
    var color: ColourChoice = Settings.ofRun.color
    @OptionGroup var configurationOption: ConfigurationOption

    func run() throws {
      let environment = ProcessInfo.processInfo.environment
      let (theme, warnings) = try ThemeLibrary(environment: environment).theme(theme)
      for warning in warnings { StandardError.line("warning: \(warning.text)") }
      let depth = color.depth(environment)
      var output = StandardOutput()
      for role in ThemeRole.allCases {
        let appearance = theme.appearance(of: role, at: depth)
        let name = Table.cell(role.rawValue, 18)
        try output.line(
          (isatty(1) == 1 ? appearance.shown(name) : name) + "  " + appearance.text)
      }
      try output.flush()
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Measure the contrast of themes, and for the colour-blind what tells the sides apart.",
      discussion: """
        Text wants a contrast of 4.5:1, borders and gauges 3:1, at every colour depth
        (WCAG 2.1). The sides of a pair have to be 40 apart in CIELAB, also as
        protanopia, deuteranopia and tritanopia see them (simulated after Machado et
        al. 2009). Exit status: 0 all pass, 1 some do not.

        EXAMPLES
          demur theme check
          demur theme check Themes/dark.theme --all
        """)

    @Argument(
      help: "Themes by name or path; all of them if none is named.",
      completion: .custom(CompletionWords.themes))
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
        let separation = ThemeSeparation(theme)
        for finding in separation.findings where all || !finding.isPassed {
          try output.line(line(theme, finding))
        }
        let passes = audit.isPassed && separation.isPassed
        let lowest = audit.findings.compactMap(\.contrast).min()
        let measure = lowest.map { "lowest contrast \(Numbers.fixed($0))" } ?? "no colours"
        let least =
          separation.findings.compactMap(\.distance).min()
          .map { ", sides at least \(Numbers.fixed($0, decimals: 0)) apart" } ?? ""
        try output.line(
          "\(Table.line(theme.name)): \(passes ? "passes" : "FAILS"), \(measure)\(least)")
        passed = passed && passes
      }
      try output.flush()
      if !passed { throw ExitCode(ExitStatus.no.rawValue) }
    }

    private func line(_ theme: Theme, _ finding: ThemeSeparation.Finding) -> String {
      let distance = finding.distance.map { Numbers.fixed($0, decimals: 1) } ?? "-"
      return [
        Table.cell(theme.name, 14), Table.cell(finding.depth.name, 6),
        Table.cell("\(finding.first.rawValue)/\(finding.second.rawValue.suffix(1))", 18),
        Table.cell(distance, 6, alignedRight: true),
        "of \(Numbers.fixed(ThemeSeparation.required, decimals: 0)) apart, \(finding.vision)",
        finding.isPassed ? "ok" : "CLOSE",
      ].joined(separator: "  ")
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
