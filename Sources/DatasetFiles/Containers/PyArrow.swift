/// A Python that has `pyarrow`, which reads and writes Arrow for us: found once, checked once.
///
/// Whoever has a folder of Hugging Face's `save_to_disk` has such a Python: `datasets` needs it. Its
/// programs are ours (`ArrowPrograms`); files go to them as open descriptors, and modules that lie in
/// the current folder, which may be that of a data set, are not theirs.
public struct PyArrow: Hashable, Sendable {
  /// Why it cannot be used.
  public enum Failure: Error, Hashable, Sendable {
    /// There is no Python on the search path, or not where it was named.
    case missing
    /// This Python cannot import `pyarrow`.
    case notInstalled(python: String)
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

  /// The Python.
  let path: String
  private let scratchFolder: String

  /// - Parameters:
  ///   - name: The path or name of the Python, as the person gave it.
  ///   - searchPath: The folders in which a name is looked for, parted by colons.
  ///   - scratchFolder: Where what it says is kept.
  /// - Throws: Why there is none that can be used.
  init(named name: String, searchPath: String, scratchFolder: String) throws(DatasetReadError) {
    self.scratchFolder = scratchFolder
    guard let path = executable(named: name, searchPath: searchPath) else {
      throw .pyArrow(.missing)
    }
    self.path = path
    do throws(DatasetReadError) {
      var output = try start("pass", [])
      _ = try output.all()
    } catch {
      if case .pyArrow(.failed) = error { throw .pyArrow(.notInstalled(python: path)) }
      throw error
    }
  }

  /// Starts `program` with `files`, whose paths are its arguments.
  func start(_ program: String, _ files: [OpenFile]) throws(DatasetReadError) -> ProgramOutput {
    do throws(SystemFailure) {
      return ProgramOutput(
        try ChildProgram(
          path: path,
          arguments: ["-c", ArrowPrograms.within(program)] + files.map(\.pathForChild), input: [],
          scratchFolder: scratchFolder)
      ) { .pyArrow(Failure($0)) }
    } catch {
      throw .system(error)
    }
  }

  /// Looks for the Python as reading Arrow would.
  ///
  /// - Returns: Its path.
  /// - Throws: Why there is none that can be used.
  public static func check(_ settings: DatasetReadSettings) throws(DatasetReadError) -> String {
    try PyArrow(
      named: settings.python, searchPath: settings.searchPath, scratchFolder: settings.spoolFolder
    ).path
  }
}
