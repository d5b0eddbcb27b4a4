import PreferenceData

/// The DuckDB command line, which reads and writes Parquet for us: found once, checked once.
///
/// Statements go to it on its standard input, never through a shell or the names of files. Files go
/// to it as open descriptors, so that it reads the file that was opened, and no path has to be
/// quoted. It is given no settings file, and fetches nothing.
public struct DuckDB: Hashable, Sendable {
  /// Why it cannot be used.
  public enum Failure: Error, Hashable, Sendable {
    /// It is nowhere on the search path, or not where it was named.
    case missing
    /// It says that it is of this version, and `oldest` is needed.
    case tooOld(version: String, oldest: String)
    /// What stands there says nothing that DuckDB would say of itself.
    case notDuckDB(path: String)
    /// It ended with an error; its own words, without quoted values.
    case failed(String)
    /// It wrote nothing for so long.
    case silent(seconds: Int)
  }

  /// The oldest version that was tried: 1.4 is the oldest that is kept up (LTS).
  static let oldestVersion = [1, 4]

  /// How long it may write nothing.
  static let patienceSeconds = 600

  let path: String
  /// Where it may put what does not fit into memory.
  let scratchFolder: String

  /// - Parameters:
  ///   - name: The path or name of the program, as the person gave it.
  ///   - searchPath: The folders in which a name is looked for, parted by colons.
  ///   - scratchFolder: Where it may put what does not fit into memory.
  /// - Throws: Why there is none that can be used.
  init(named name: String, searchPath: String, scratchFolder: String) throws(DatasetReadError) {
    self.scratchFolder = scratchFolder
    let candidates =
      name.contains("/")
      ? [name] : searchPath.split(separator: ":").map { $0 + "/" + name }
    guard let path = candidates.first(where: isExecutable) else { throw .duckDB(.missing) }
    self.path = path
    var output = try run(["--version"], input: "")
    let said = String(decoding: try output.all(), as: UTF8.self)
    guard let version = Self.version(in: said) else { throw .duckDB(.notDuckDB(path: path)) }
    guard !version.lexicographicallyPrecedes(Self.oldestVersion) else {
      throw .duckDB(
        .tooOld(
          version: version.map(String.init).joined(separator: "."),
          oldest: Self.oldestVersion.map(String.init).joined(separator: ".")))
    }
  }

  /// Starts DuckDB with statements; what they copy to `/dev/stdout` is its output.
  func start(_ statements: String) throws(DatasetReadError) -> ProgramOutput {
    let settings =
      "SET temp_directory = \(Self.literal(scratchFolder));\n"
      + "SET autoinstall_known_extensions = false;\n"
    return try run(
      ["-init", "/dev/null", "-batch", "-bail", ":memory:"], input: settings + statements + ";\n")
  }

  /// The rows that a query gives, few of them, as JSON.
  func rows(of query: String) throws(DatasetReadError) -> [JSONDocument] {
    var output = try start("COPY (\(query)) TO '/dev/stdout' (FORMAT json)")
    var rows: [JSONDocument] = []
    for line in try output.all().split(separator: UInt8(ascii: "\n")) {
      do throws(JSONSyntaxError) {
        rows.append(try JSONDocument(lenient: Array(line).span))
      } catch {
        throw .duckDB(.failed("its answer is no JSON"))
      }
    }
    return rows
  }

  /// `text` as a literal of SQL.
  static func literal(_ text: String) -> String {
    "'" + text.replacing("'", with: "''") + "'"
  }

  /// `name` as the name of a column.
  static func column(_ name: String) -> String {
    "\"" + name.replacing("\"", with: "\"\"") + "\""
  }

  private func run(
    _ arguments: [String], input: String
  ) throws(DatasetReadError) -> ProgramOutput {
    do throws(SystemFailure) {
      return ProgramOutput(
        try ChildProgram(
          path: path, arguments: arguments, input: Array(input.utf8), scratchFolder: scratchFolder))
    } catch {
      throw .system(error)
    }
  }

  /// The numbers of the first word that begins with a `v`: `v1.5.6 (Variegata) 069cc9f9b5`.
  private static func version(in text: String) -> [Int]? {
    guard let word = text.split(separator: " ").first(where: { $0.hasPrefix("v") }) else {
      return nil
    }
    let numbers = word.dropFirst().split(separator: ".").map {
      Int($0.prefix { $0.isASCII && $0.isNumber })
    }
    let known = numbers.prefix { $0 != nil }.compactMap(\.self)
    return known.isEmpty ? nil : known
  }
}

/// What DuckDB writes, to its successful end.
struct ProgramOutput {
  private let program: ChildProgram
  private var silentMilliseconds = 0

  private static let waitMilliseconds = 200

  init(_ program: ChildProgram) {
    self.program = program
  }

  /// Puts what comes next into `buffer`: how many bytes, 0 at the end. `waiting` is called while
  /// nothing comes.
  ///
  /// - Throws: Why the program failed, or what `waiting` throws.
  mutating func read(
    into buffer: inout [UInt8], waiting: () throws(DatasetReadError) -> Void
  ) throws(DatasetReadError) -> Int {
    while true {
      if let count = try readSoon(into: &buffer) {
        silentMilliseconds = 0
        return count
      }
      silentMilliseconds += Self.waitMilliseconds
      guard silentMilliseconds < DuckDB.patienceSeconds * 1000 else {
        throw .duckDB(.silent(seconds: DuckDB.patienceSeconds))
      }
      try waiting()
    }
  }

  /// All that it writes, which is little.
  mutating func all() throws(DatasetReadError) -> [UInt8] {
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try read(into: &buffer, waiting: {})
      guard count > 0 else { return text }
      text += buffer[..<count]
    }
  }

  private func readSoon(into buffer: inout [UInt8]) throws(DatasetReadError) -> Int? {
    let ending: ChildProgram.Ending
    do throws(SystemFailure) {
      let wait = Int32(Self.waitMilliseconds)
      guard let count = try program.read(into: &buffer, waitingFor: wait) else { return nil }
      guard count == 0 else { return count }
      ending = try program.finish()
    } catch {
      throw .system(error)
    }
    guard ending.status == 0 else { throw .duckDB(.failed(Self.reason(in: ending.errorText))) }
    return 0
  }

  /// The first line of what DuckDB says, without what stands in quotation marks: it may be text of
  /// the data.
  private static func reason(in text: String) -> String {
    let line = text.split(separator: "\n").first.map(String.init) ?? "no word on why"
    var plain = ""
    var quote: Character?
    for letter in line {
      if let open = quote {
        if letter == open { quote = nil }
      } else if letter == "\"" || letter == "'" {
        quote = letter
        plain += "..."
      } else {
        plain.append(letter)
      }
    }
    return String(plain.prefix(160))
  }
}
