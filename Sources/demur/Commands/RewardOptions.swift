import ArgumentParser
import CurationEngine
import CurationInterface
import DatasetFiles
import PreferenceData

/// What else than the texts a scan may learn from: columns of the file, and files of scores.
struct RewardOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The fields of a reward model's numbers for the chosen and the rejected side (in a file of "
        + "two unnamed sides: the first and the second); may be given several times.",
      valueName: "chosen,rejected"),
    transform: Self.rewardFields)
  var rewardFields: [NamedColumns.RewardFields] = []

  @Option(
    help: ArgumentHelp(
      "The field that names the row's source, domain or task.", valueName: "field"),
    completion: .custom(CompletionWords.fields),
    transform: Self.path)
  var groupField: FieldPath?

  @Option(
    help: ArgumentHelp("The field that names who labelled the row.", valueName: "field"),
    completion: .custom(CompletionWords.fields),
    transform: Self.path)
  var annotatorField: FieldPath?

  @Option(
    help: ArgumentHelp(
      "A file of scores, one JSON object a line (see 'demur help scan'); may be given several "
        + "times.", valueName: "file"),
    completion: .file())
  var scores: [String] = []

  @Option(
    help: ArgumentHelp(
      "By what a line of scores says which row it means: 'id' as 'ls --flat' writes it (the "
        + "default), 'row' counted from 0, or a field of both files.", valueName: "id|row|field"),
    transform: Self.key)
  var key: ScoreKey?

  @Option(
    help: ArgumentHelp(
      "Whether columns called logprob are sums over the tokens or means.", valueName: "sum|mean"))
  var logprobs: LogProbabilityUnit?

  /// How the lines of a score file look, for the help of a command.
  static let scoreFileHelp = """
    SCORES FROM ELSEWHERE
      --scores FILE reads one JSON object a line: the key (--key) and any of
        reward of each side     reward_chosen, reward_rejected;
                                score_chosen ...; chosen_reward ...;
                                chosen_score ...; or just chosen, rejected
        their difference        margin or reward_margin
        reward of one side      side with reward or score; side is chosen,
                                rejected, its number in the row from 0, or the
                                hash that 'ls --flat --sides' writes, which no
                                relabelling moves
        reward of every side    a list rewards or scores, in the row's order
        a judge's verdict       winner or verdict: chosen, rejected, tie; A or
                                1, B or 2 for the row's first and second side
        log-probabilities       sum_logprob_chosen, sum_logprob_rejected (or
                                chosen_logps ...) with those of the reference
                                model, ref_sum_logprob_chosen ...; or means,
                                mean_logprob_chosen ..., for which no reference
                                is needed; columns called logprob_chosen need
                                --logprobs sum or mean
        of single tokens        lists token_logprobs_chosen,
                                token_logprobs_rejected, with those of the
                                reference, ref_token_logprobs_chosen ... (ld_dpo)
        of two models           strong_sum_logprob_chosen,
                                weak_sum_logprob_chosen ..., or means (cdr)
        relevance               relevance_chosen, relevance_rejected, or side
                                with relevance
      Of a ranking, rewards of sides, lists, and lines with the pair that
      'ls --flat' writes say something; differences and verdicts do not.
      Larger is better. Rewards are compared, never taken at their word: the
      head weighs each by how well it agrees with the other pairs' labels, and
      the summary says so. A row without a number counts as if its rewards were
      equal.
    """

  func validate() throws {
    if scores.isEmpty, key != nil || logprobs != nil {
      throw ValidationError("--key and --logprobs say how --scores is read, which is not given")
    }
  }

  var columns: NamedColumns {
    NamedColumns(rewards: rewardFields, group: groupField, annotator: annotatorField)
  }

  /// The score files, read.
  func readScores() throws -> [ScoreFile] {
    try scores.map { path in
      do throws(ScoreFile.Failure) {
        return try ScoreFile(
          path: path, key: key ?? .id, unit: logprobs, settings: FileOptions.readSettings())
      } catch {
        throw Failure(error, file: path)
      }
    }
  }

  /// `opened` with what the score files say, and a line on standard error on how they fit.
  func scored(_ opened: IndexedDataset) throws -> IndexedDataset {
    var opened = opened
    for file in try readScores() {
      do throws(ScoreProblem) {
        let (scored, match) = try opened.scored(by: file)
        opened = scored
        StandardError.line(match.text)
      } catch {
        throw Failure(error, scores: file.name)
      }
    }
    return opened
  }

  private static func rewardFields(_ text: String) throws -> NamedColumns.RewardFields {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 2, let first = FieldPath(String(parts[0])),
      let second = FieldPath(String(parts[1]))
    else {
      throw ValidationError("--reward-fields takes two fields with a comma between them")
    }
    return NamedColumns.RewardFields(first: first, second: second)
  }

  private static func path(_ text: String) throws -> FieldPath {
    guard let path = FieldPath(text) else {
      throw ValidationError("'\(text)' is no field: a step between its dots is empty")
    }
    return path
  }

  private static func key(_ text: String) throws -> ScoreKey {
    switch text {
    case "id": .id
    case "row": .row
    default: .field(try path(text))
    }
  }
}
