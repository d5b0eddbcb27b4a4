import PreferenceData

/// What of an evaluation file stands in a data set.
///
/// Three tests, from strict to lenient: the same prompt, character by character; the same pair, in any
/// order of the sides; and a run of 13 words in common, letter case and punctuation aside, between any of
/// the texts. The last is how GPT-3's makers looked for test examples in training text.
/// - Limits: texts of fewer than 13 words have no run and are only found by the first two. A script
///   written without spaces has a word a character. Hashes of 64 bits stand for the runs: among 10^8 of
///   them one or none meets another by accident.
/// - Source: Brown et al. 2020, arXiv:2005.14165, appendix C (13-grams of lower-cased words).
public struct EvaluationOverlap: Hashable, Sendable {
  /// The rows of the data set that meet the evaluation file, in file order.
  public internal(set) var promptRows: [Int] = []
  public internal(set) var pairRows: [Int] = []
  public internal(set) var runRows: [Int] = []
  /// How many rows the evaluation file has, and how many of them are met.
  public internal(set) var evaluationRows = 0
  public internal(set) var metPrompts = 0
  public internal(set) var metPairs = 0
  public internal(set) var metRuns = 0

  /// How many words make a run.
  public static let runLength = 13
}

/// The texts of an evaluation file, ready to be compared with.
public struct EvaluationTexts: Sendable {
  /// By row that can be read.
  private var prompts: [StableHash?] = []
  private var pairs: [PairID] = []
  private var runs: [[UInt64]] = []
  private var promptSet: Set<StableHash> = []
  private var pairSet: Set<PairID> = []
  private var runSet = WordSet()
  /// How many rows the file has.
  public let rowCount: Int

  /// - Complexity: O(bytes); eight bytes and more of memory a word.
  public init(of source: some PairSource, jobs: Int) {
    rowCount = source.rowCount
    let size = 128
    let read = parallelMap(
      count: (source.rowCount + size - 1) / size, jobs: jobs,
      scratch: { TextReading(keepsWords: true) }
    ) { chunk, reading in
      (chunk * size..<min((chunk + 1) * size, source.rowCount)).compactMap { index in
        guard case .success(let row) = source.row(at: index) else {
          return nil as (StableHash?, PairID, [UInt64])?
        }
        var runs: [UInt64] = []
        for text in row.context.map(\.text) + row.sides.map(\.text) {
          reading.read(text)
          Self.forEachRun(of: reading.words) { runs.append($0) }
        }
        return (Self.prompt(of: row), row.pairID, runs)
      }
    }
    for (prompt, pair, runs) in read.joined() {
      prompts.append(prompt)
      pairs.append(pair)
      self.runs.append(runs)
      if let prompt { promptSet.insert(prompt) }
      pairSet.insert(pair)
      for run in runs { _ = runSet.insert(run) }
    }
  }

  /// What one row of a data set has in common with the file.
  struct Meeting: Sendable {
    var prompt: StableHash?
    var pair: PairID?
    var runs: [UInt64] = []
  }

  func meetsPrompt(_ row: PreferenceRow) -> StableHash? {
    Self.prompt(of: row).flatMap { promptSet.contains($0) ? $0 : nil }
  }

  func meets(_ pair: PairID) -> PairID? { pairSet.contains(pair) ? pair : nil }

  /// The runs of `words` that the file has.
  func metRuns(of words: [UInt64]) -> [UInt64] {
    var found: [UInt64] = []
    Self.forEachRun(of: words) { if runSet.contains($0) { found.append($0) } }
    return found
  }

  /// What the meetings, each with its row of the data set, come to.
  func overlap(_ meetings: [(row: Int, meeting: Meeting)]) -> EvaluationOverlap {
    var overlap = EvaluationOverlap()
    overlap.evaluationRows = rowCount
    var metPrompts: Set<StableHash> = []
    var metPairs: Set<PairID> = []
    var metRuns = WordSet()
    for (row, meeting) in meetings {
      if let prompt = meeting.prompt {
        overlap.promptRows.append(row)
        metPrompts.insert(prompt)
      }
      if let pair = meeting.pair {
        overlap.pairRows.append(row)
        metPairs.insert(pair)
      }
      if !meeting.runs.isEmpty { overlap.runRows.append(row) }
      for run in meeting.runs { _ = metRuns.insert(run) }
    }
    overlap.metPrompts = prompts.count { $0.map(metPrompts.contains) ?? false }
    overlap.metPairs = pairs.count { metPairs.contains($0) }
    overlap.metRuns = runs.count { $0.contains { metRuns.contains($0) } }
    return overlap
  }

  /// What names a row's prompt; nil where it has none.
  private static func prompt(of row: PreferenceRow) -> StableHash? {
    row.context.isEmpty ? nil : StableHash(row.contextText)
  }

  /// Calls `body` with a hash of each run of `EvaluationOverlap.runLength` words: a polynomial in an odd
  /// number, rolled on from word to word.
  static func forEachRun(of words: [UInt64], _ body: (UInt64) -> Void) {
    let length = EvaluationOverlap.runLength
    guard words.count >= length else { return }
    let factor: UInt64 = 0x9e37_79b9_7f4a_7c15
    let last = (1..<length).reduce(1 as UInt64) { power, _ in power &* factor }
    var hash: UInt64 = 0
    for place in words.indices {
      if place >= length { hash = hash &- StableHash.finalMix(words[place - length]) &* last }
      hash = hash &* factor &+ StableHash.finalMix(words[place])
      if place >= length - 1 { body(hash) }
    }
  }
}
