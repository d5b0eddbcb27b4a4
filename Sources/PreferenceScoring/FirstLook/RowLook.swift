import PreferenceData

/// What a first look takes from one row.
struct RowLook: Sendable {
  var entry: RowIndexEntry
  var facts: RowFacts
  var troubles: EncodingTroubles
  var script: WritingScript?
  var promptLength: Int
  /// By side.
  var lengths: [Int]
  var userTurns: Int
  /// The row without its texts.
  var outline: PreferenceRow
  var meeting: EvaluationTexts.Meeting?
}

/// Looks at rows one after another; keeps its buffers.
struct RowLookReader: Sendable {
  private var reading: TextReading
  private let evaluation: EvaluationTexts?

  init(evaluation: EvaluationTexts?) {
    self.evaluation = evaluation
    reading = TextReading(keepsWords: evaluation != nil)
  }

  /// - Complexity: O(bytes).
  mutating func look(at row: PreferenceRow) -> RowLook {
    reading.begin()
    var runs: [UInt64] = []
    var promptKey: UInt64 = 0
    var promptLength = 0
    for turn in row.context {
      reading.read(turn.text)
      promptKey = WordHash.pair(promptKey, reading.key)
      promptLength += reading.length
      if let evaluation { runs += evaluation.metRuns(of: reading.words) }
    }
    var keys: [UInt64] = []
    var lengths: [Int] = []
    for side in row.sides {
      reading.read(side.text)
      keys.append(reading.key)
      lengths.append(reading.length)
      if let evaluation { runs += evaluation.metRuns(of: reading.words) }
    }
    var pairKeys: PairKeys?
    if UnscoredReason(row) == nil, let (chosen, rejected) = row.chosenAndRejected {
      pairKeys = PairKeys(prompt: promptKey, chosen: keys[chosen], rejected: keys[rejected])
    }
    let entry = RowIndexEntry(row)
    let meeting = evaluation.map {
      EvaluationTexts.Meeting(
        prompt: $0.meetsPrompt(row), pair: $0.meets(entry.pair), runs: runs)
    }
    return RowLook(
      entry: entry, facts: RowFacts(row, keys: pairKeys, entry: entry), troubles: reading.troubles,
      script: reading.mainScript, promptLength: promptLength, lengths: lengths,
      userTurns: row.context.count { $0.role == .user }, outline: row.outline, meeting: meeting)
  }
}

extension PreferenceRow {
  /// The row without what is said in it.
  fileprivate var outline: PreferenceRow {
    var row = self
    row.context = []
    for place in row.sides.indices { row.sides[place].turns = [] }
    return row
  }
}
