/// What a program that works for us writes, to its successful end.
struct ProgramOutput {
  /// Why there is no whole output.
  enum Failure {
    /// It ended with an error; its own words, without quoted values.
    case failed(String)
    /// It wrote nothing for so long.
    case silent(seconds: Int)
  }

  /// How long it may write nothing.
  private static let patienceSeconds = 600
  private static let waitMilliseconds = 200

  private let program: ChildProgram
  /// The failure as one of this program.
  private let error: (Failure) -> DatasetReadError
  private var silentMilliseconds = 0

  init(_ program: ChildProgram, error: @escaping (Failure) -> DatasetReadError) {
    self.program = program
    self.error = error
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
      guard silentMilliseconds < Self.patienceSeconds * 1000 else {
        throw error(.silent(seconds: Self.patienceSeconds))
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
    guard ending.status == 0 else { throw error(.failed(Self.reason(in: ending.errorText))) }
    return 0
  }

  /// The first line of what the program says, without what stands in quotation marks: it may be text
  /// of the data.
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
