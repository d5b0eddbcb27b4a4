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

    init(_ failure: ProgramOutput.Failure) {
      switch failure {
      case .failed(let reason): self = .failed(reason)
      case .silent(let seconds): self = .silent(seconds: seconds)
      }
    }
  }

  /// The oldest version that was tried: 1.4 is the oldest that is kept up (LTS).
  static let oldestVersion = [1, 4]

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
    guard let path = executable(named: name, searchPath: searchPath) else {
      throw .duckDB(.missing)
    }
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
          path: path, arguments: arguments, input: Array(input.utf8), scratchFolder: scratchFolder)
      ) { .duckDB(Failure($0)) }
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
