public import TerminalSurface

/// A part of the dashboard: a title and lines, some of which lead to what they count.
public struct DashboardPanel: Sendable {
  public struct Line: Sendable {
    public var runs: [StyledRun]
    var link: DashboardLink?

    /// Without colours.
    public var text: String { runs.map(\.text).joined() }
  }

  public let title: String
  public private(set) var lines: [Line] = []

  init(_ title: String) { self.title = title }

  mutating func add(_ runs: [StyledRun], link: DashboardLink? = nil) {
    lines.append(Line(runs: runs, link: link))
  }

  /// A line with a name before what is said of it.
  mutating func add(
    _ name: String, _ text: String, _ role: ThemeRole = .text, link: DashboardLink? = nil
  ) {
    let blanks = String(repeating: " ", count: max(1, Self.nameColumns - name.utf8.count))
    add([StyledRun(name + blanks, .textMuted), StyledRun(text, role)], link: link)
  }

  private static let nameColumns = 15
}

/// Where a line of the dashboard leads.
enum DashboardLink: Hashable, Sendable {
  /// The rows that it counts. Being among them tells no label that is not known already.
  case rows(title: String, [Int])
  /// A row of the bias table.
  case bias(Int)
}
