/// What a script learns from Demur's exit status.
enum ExitStatus: Int32, CaseIterable {
  case done = 0
  /// The answer is no: a gate failed, nothing matched.
  case no = 1
  case usage = 2
  case badData = 3
  /// A file or a lock.
  case file = 4
  case engine = 5
  case notSaved = 6
  case bug = 70
  case interrupted = 130
  case terminated = 143

  /// What it says, in a few words.
  var summary: String {
    switch self {
    case .done: "done"
    case .no: "the answer is no: a gate or a check failed, or nothing was found"
    case .usage: "wrong usage or configuration, or no usable terminal"
    case .badData: "bad data"
    case .file: "a file or a lock"
    case .engine: "the engine: no ranking by the deadline"
    case .notSaved: "not saved"
    case .bug: "a bug of ours"
    case .interrupted: "ended by an interrupt (SIGINT)"
    case .terminated: "ended by SIGTERM"
    }
  }
}
