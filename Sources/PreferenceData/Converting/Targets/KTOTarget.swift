/// Unpaired data for KTO and BCO (TRL, "Dataset formats and types": unpaired preference): a pair becomes
/// two rows, the chosen response with `true` and the rejected one with `false`.
struct KTOTarget: TargetWriting {
  let name = "kto"
  let summary = "KTO, BCO: two rows a pair, label true and false"
  var reader: any RowFormat { Unpaired() }

  func objects(for example: TrainingExample) throws(Inexpressible) -> [[JSONValue.Member]] {
    var objects: [[JSONValue.Member]] = []
    for rating in try ratings(example) {
      guard !rating.context.isEmpty else { throw .noContext }
      guard rating.surroundings.media.isEmpty else { throw .media }
      let dialect = MessageDialect.template
      let members: [JSONValue.Member] = [
        .init("prompt", try dialect.messages(rating.context)),
        .init("completion", try dialect.messages(rating.response)),
        .init("label", .bool(rating.isGood)),
      ]
      objects.append(members + (try TRLConversation.columns(rating.surroundings, turns: [])))
    }
    return objects
  }

  func isSame(_ rows: [PreferenceRow], as example: TrainingExample) -> Bool {
    let ratings: [Rating]
    do throws(Inexpressible) {
      ratings = try self.ratings(example)
    } catch {
      return false
    }
    return rows.count == ratings.count
      && zip(rows, ratings).allSatisfy { row, rating in
        row.context == rating.context && row.sides.map(\.turns) == [rating.response]
          && row.label == (rating.isGood ? .desirable : .undesirable)
      }
  }

  private func ratings(_ example: TrainingExample) throws(Inexpressible) -> [Rating] {
    switch example {
    case .rating(let rating): return [rating]
    case .comparison(let pair):
      switch pair.kind {
      case .pair: break
      case .tie: throw .tie
      case .ranking: throw .ranking
      }
      return [(pair.chosen, true), (pair.rejected, false)].map { response, isGood in
        Rating(
          context: pair.context, response: response, isGood: isGood,
          surroundings: pair.surroundings)
      }
    }
  }
}
