import CurationEngine
import CurationInterface
import DatasetFiles
import PreferenceData

// The one place where what is wrong with score files becomes sentences.

extension Failure {
  init(_ error: ScoreFile.Failure, file: String) {
    switch error {
    case .read(let error): self.init(error, file: file)
    case .problem(let problem): self.init(problem, scores: file)
    case .repeatedKeys(let key, let count, let line):
      self.init(
        .badData, what: "the scores in \(file) do not fit",
        why:
          "\(Numbers.count(count, "line")) repeat the \(key) of a line before, the first in line "
          + Numbers.grouped(line),
        remedy: "write one line a row, or one a side with the side's name")
    }
  }

  init(_ problem: ScoreProblem, scores file: String) {
    let what = "the scores in \(file) do not fit"
    switch problem {
    case .noKnownColumn(let found):
      self.init(
        .badData, what: what,
        why: "no column that is known holds a number; the columns are \(Self.list(found))",
        remedy: "name them as 'demur help scan' says")
    case .noKey(let key, let found):
      self.init(
        .badData, what: what,
        why: "no line has \(key); the columns are \(Self.list(found))",
        remedy: "say with --key id, row or FIELD what names the row")
    case .repeatedKeys(let key, let count, _):
      self.init(
        .badData, what: what, why: "\(Numbers.count(count, "line")) repeat the \(key) of another",
        remedy: "write one line a row, or one a side with the side's name")
    case .repeatedRows(let key, let count):
      self.init(
        .badData, what: what,
        why: "\(Numbers.count(count, "row")) of the data set share their \(key) with another row",
        remedy: "use --key row, or name each side by its hash ('demur ls --flat --sides')")
    case .unknownUnit(let column):
      self.init(
        .usage, what: what, why: "\(column) may be a sum over the tokens or their mean",
        remedy: "say --logprobs sum or --logprobs mean")
    case .sumsWithoutReference(let column):
      self.init(
        .badData, what: what,
        why: "\(column) is a sum over the tokens, which mostly says which side is longer",
        remedy: "add those of the reference model as ref_\(column), or give means")
    case .noRowMatches(let key, let lines):
      self.init(
        .badData, what: what,
        why: "none of \(Numbers.count(lines, "line")) has a \(key) that names a row",
        remedy: "make them from 'demur ls --flat', or say with --key what names the row")
    }
  }

  private static func list(_ names: [String]) -> String {
    names.isEmpty ? "none" : names.prefix(8).map { Table.line($0) }.joined(separator: ", ")
  }
}

extension ScoreMatch {
  /// What was matched, and what was not, on both sides.
  var text: String {
    var parts = ["\(Numbers.count(matchedRows, "row")) matched"]
    if rowsWithoutLine > 0 {
      parts.append("\(Numbers.count(rowsWithoutLine, "row")) without a line")
    }
    if linesWithoutRow > 0 {
      parts.append("\(Numbers.count(linesWithoutRow, "line")) without a row")
    }
    if silentRows > 0 {
      parts.append("\(Numbers.count(silentRows, "matched row")) without a number for both sides")
    }
    if unreadableLines > 0 {
      parts.append("\(Numbers.count(unreadableLines, "line")) without a key")
    }
    return "\(Table.line(name)): \(parts.joined(separator: ", "))"
  }
}
