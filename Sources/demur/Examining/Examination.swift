import CurationEngine
import CurationInterface
import DatasetFiles
import Foundation
import Glibc
import PreferenceData
import ReviewStore
import TerminalDriver
import TerminalSurface

/// What `demur doctor` looks at: whether this machine, account and terminal let Demur work.
struct Examination {
  enum State: String {
    case ok
    /// It works, with less.
    case warning = "warn"
    /// Something that a person would expect does not work.
    case blocked
  }

  struct Finding {
    let name: String
    let state: State
    let text: String
    /// What to do; "" where nothing has to be done.
    let remedy: String

    init(_ name: String, _ state: State, _ text: String, remedy: String = "") {
      self.name = name
      self.state = state
      self.text = text
      self.remedy = remedy
    }
  }

  let environment: [String: String]
  /// The data set whose review is meant; nil looks at the account alone.
  let options: FileOptions?

  @MainActor
  func findings() -> [Finding] {
    [
      Finding("demur", .ok, "\(Version.current), with \(TerminalLibrary.version)"),
      output, terminalType, colours,
    ] + characters + [configuration, theme, parquet, arrow] + folders
  }

  private var output: Finding {
    guard isatty(1) == 1 else {
      return Finding(
        "screen", .warning, "standard output is no terminal",
        remedy: "run it where the UI is to be")
    }
    return Finding("screen", .ok, "standard output is a terminal")
  }

  private var terminalType: Finding {
    let type = environment["TERM"] ?? ""
    guard !type.isEmpty else {
      return Finding(
        "terminal", .blocked, "TERM is not set", remedy: "set it, such as TERM=xterm-256color")
    }
    guard isKnown(type) else {
      return Finding(
        "terminal", .blocked, "nothing is known of the type \(Table.line(type))",
        remedy: "install ncurses-term, or set TERM=xterm-256color")
    }
    guard type != "dumb" else {
      return Finding("terminal", .ok, "type dumb: a review is told line by line")
    }
    return Finding("terminal", .ok, "type \(Table.line(type))")
  }

  private var colours: Finding {
    let depth = Settings.ofRun.color.depth(environment)
    let type = environment["TERM"] ?? ""
    if depth == .direct, !isKnown("\(type)-direct"), !type.hasSuffix("-direct") {
      return Finding(
        "colours", .warning,
        "every colour is shown, but \(Table.line(type))-direct is not known here",
        remedy: "install ncurses-term, else the nearest of 256 are taken")
    }
    return Finding("colours", .ok, "\(depth.name) (\(Settings.ofRun[.color].source.text))")
  }

  /// Whether the terminal data base has this type, in the folders that ncurses looks through.
  private func isKnown(_ type: String) -> Bool {
    guard let first = type.unicodeScalars.first, !type.contains("/") else { return false }
    let own = environment["TERMINFO"].map { [$0] } ?? []
    let folders =
      own + [
        HomeFolder.path + "/.terminfo", "/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo",
      ]
    return folders.contains { folder in
      ["\(first)", String(first.value, radix: 16)].contains { letter in
        FileManager.default.fileExists(atPath: "\(folder)/\(letter)/\(type)")
      }
    }
  }

  @MainActor
  private var characters: [Finding] {
    guard CharacterSet.useLocale() else {
      return [
        Finding(
          "characters", .warning, "the locale is not UTF-8: boxes are drawn with ASCII",
          remedy: "set LANG=C.UTF-8")
      ]
    }
    let doubtful = CharacterSet.doubtfulScalars().ranges.reduce(0) { $0 + $1.count }
    return [
      Finding("characters", .ok, "UTF-8"),
      Finding(
        "widths", .ok,
        "\(Numbers.count(doubtful, "character")) of doubtful width, shown as placeholders"),
    ]
  }

  private var configuration: Finding {
    let configuration = Configuration.ofRun
    let problems =
      configuration.failure.map { [$0.problem.description] }
      ?? configuration.problems.map { $0.text(in: configuration.file.path) }
    if let first = problems.first {
      return Finding(
        "settings", .blocked, first, remedy: "mend it; 'demur config show' lists all problems")
    }
    let isThere = FileManager.default.fileExists(atPath: configuration.file.path)
    return Finding(
      "settings", .ok, Table.line(configuration.file.path) + (isThere ? "" : " (not there)"))
  }

  private var theme: Finding {
    let name = Settings.ofRun.text(.theme) ?? "dark"
    guard name != "auto" else {
      return Finding("theme", .ok, "auto: dark or light, as the terminal says")
    }
    do {
      let (theme, warnings) = try ThemeLibrary(environment: environment).theme(name)
      guard let first = warnings.first else { return Finding("theme", .ok, Table.line(theme.name)) }
      return Finding(
        "theme", .warning, first.text, remedy: "mend it; 'demur theme check' says more")
    } catch let failure as Failure {
      return Finding("theme", .blocked, "\(failure.problem)", remedy: "demur config set theme dark")
    } catch {
      return Finding("theme", .blocked, "it cannot be read", remedy: "demur config set theme dark")
    }
  }

  private var parquet: Finding {
    do {
      return Finding(
        "parquet", .ok, "DuckDB is \(Table.line(try DuckDB.check(FileOptions.readSettings())))")
    } catch {
      return Finding(
        "parquet", .warning, "\(Failure(error, file: "a .parquet file").problem.why)",
        remedy: "pip install duckdb-cli, or name one with DEMUR_DUCKDB; other files need none")
    }
  }

  private var arrow: Finding {
    do {
      return Finding(
        "arrow", .ok, "pyarrow is in \(Table.line(try PyArrow.check(FileOptions.readSettings())))")
    } catch {
      return Finding(
        "arrow", .warning, "\(Failure(error, file: "an .arrow file").problem.why)",
        remedy: "pip install pyarrow, or name a Python that has it with DEMUR_PYTHON; other files "
          + "need none")
    }
  }

  /// Where the review of the file would be kept, and where reviews without a place are.
  private var folders: [Finding] {
    let data: SessionPlaces? = options.flatMap(\.filePlaces)
    let places =
      data
      ?? SessionPlaces(
        of: .stream(name: "doctor"), environment: environment, home: HomeFolder.path)
    let name = data == nil ? "reviews" : "review"
    guard let folder = places.existing ?? places.candidates.first(where: \.couldBeWritten) else {
      return [
        Finding(
          name, .blocked,
          "no folder can be written: "
            + Table.line(places.candidates.map(\.path).joined(separator: ", ")),
          remedy: "name one with --session, or set XDG_STATE_HOME")
      ]
    }
    let isBesideData = data == nil || folder.place != .stateHome
    var findings = [
      Finding(
        name, isBesideData ? .ok : .warning,
        "kept in \(Table.line(folder.path))" + (folder.holdsReview ? "" : " (not there yet)"),
        remedy: isBesideData ? "" : "make the data set's folder writable to keep it beside the data"
      )
    ]
    if folder.isOnNetwork {
      findings.append(
        Finding(
          "disk", .warning, "a network file system: one process at a time, with a rollback journal",
          remedy: "keep the review on a local disk with --session"))
    }
    return findings
  }
}
