import ArgumentParser

struct ManCommand: ParsableCommand, RunsUnconfigured {
  static let configuration = CommandConfiguration(
    commandName: "man", abstract: "Print a page of the manual, for man.",
    discussion: """
      EXAMPLES
        demur man | man -l -
        demur man demur-keys > demur-keys.5
      """)

  @Argument(
    help: ArgumentHelp(
      "The page: \(ManualPages.names.joined(separator: ", ")).", valueName: "page"),
    completion: .list(ManualPages.names))
  var name = "demur"
  @Flag(help: "Print the file names of all pages instead, as demur.1.") var list = false

  func run() throws {
    var output = StandardOutput()
    let names = list ? ManualPages.names : [name]
    for name in names {
      guard let page = try ManualPages.page(named: name) else {
        throw Failure(
          .usage, what: "there is no page \(Table.line(name))",
          remedy: "there are \(ManualPages.names.joined(separator: ", "))")
      }
      for line in list ? ["\(page.name).\(page.section)"] : page.lines { try output.line(line) }
    }
    try output.flush()
  }
}
