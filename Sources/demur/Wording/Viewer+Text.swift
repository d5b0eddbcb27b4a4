import CurationInterface
import TerminalDriver

extension Viewer.Refusal {
  /// What a person is told.
  var problem: ProblemText {
    switch self {
    case .unknownScheme:
      ProblemText(
        what: "the picture is not shown", why: "only files and http addresses are opened",
        remedy: "")
    case .noPicture:
      ProblemText(
        what: "the picture is not shown", why: "the name is not that of a picture", remedy: "")
    case .missing:
      ProblemText(
        what: "the picture is not shown", why: "there is no such file beside the data set",
        remedy: "put it where the row says")
    case .failed(let program, let problem):
      ProblemText(
        what: "\(program) has not shown the picture", why: problem.text,
        remedy: "DEMUR_VIEWER names another program")
    }
  }
}
