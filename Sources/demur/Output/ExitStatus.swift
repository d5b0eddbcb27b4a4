/// What a script learns from Demur's exit status.
enum ExitStatus: Int32 {
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
}
