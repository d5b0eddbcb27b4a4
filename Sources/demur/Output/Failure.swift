import CurationInterface

/// A command that cannot go on: what is said on standard error, and the exit status.
struct Failure: Error {
  let status: ExitStatus
  let problem: ProblemText

  init(_ status: ExitStatus, what: String, why: String = "", remedy: String = "") {
    self.status = status
    problem = ProblemText(what: what, why: why, remedy: remedy)
  }

  init(_ status: ExitStatus, _ problem: ProblemText) {
    self.status = status
    self.problem = problem
  }
}
