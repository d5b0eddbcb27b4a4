import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite struct CrowdLabTests {
  /// Votes (0 = for the first side) and a model's word on eleven pairs, whose consensuses are for the
  /// first side as often as for the second: then cleanlab's E is 1/2 too.
  private static let votes: [[Int?]] = [
    [0, 0, 1, nil], [1, 1, nil, 1], [0, nil, 0, 1], [1, 0, 1, nil], [0, 0, 0, 0], [nil, 1, 1, 1],
    [1, nil, nil, 0], [0, nil, nil, nil], [nil, 1, 0, 1], [0, 0, 1, 0], [0, 0, nil, nil],
  ]
  private static let model = [0.8, 0.3, 0.6, 0.45, 0.9, 0.2, 0.35, 0.7, 0.4, 0.55, 0.65]

  private static var table: VoteTable {
    VoteTable(
      votes.enumerated().map { pair, votes in
        PairBallots(
          pair: UInt64(pair), isFirstLonger: false,
          ballots: votes.enumerated().compactMap { number, vote in
            vote.map { .init(annotator: "\(number)", isForFirst: $0 == 0) }
          })
      })
  }

  @Test("posteriors and qualities are those of cleanlab 2.9")
  func knownAnswers() throws {
    // get_label_quality_multiannotator(votes, model, consensus_method="majority_vote"), cleanlab 2.9.
    let posteriors = [
      0.7973405239968475, 0.26331495390645465, 0.5754174967213829, 0.4703045359346094,
      0.8566449223096899, 0.20256169985184125, 0.38941942567354615, 0.7167377229112798,
      0.3410811440722854, 0.6467149648897098, 0.6952070307733647,
    ]
    let qualities = [
      0.7857291873645058, 0.7609979751245158, 0.5380216584833877, 0.6667088401073672,
    ]
    let found = try #require(CrowdLab(Self.table, model: Self.model))
    for (own, theirs) in zip(found.firstBetter, posteriors) {
      #expect(abs(try #require(own) - theirs) < 1e-12)
    }
    for (own, theirs) in zip(found.qualities, qualities) {
      #expect(abs(try #require(own) - theirs) < 1e-12)
    }
  }

  @Test("without a word of the model on a pair there is none of CROWDLAB")
  func withoutModel() throws {
    var model: [Double?] = Self.model
    model[3] = nil
    let found = try #require(CrowdLab(Self.table, model: model))
    #expect(found.firstBetter[3] == nil && found.firstBetter.compactMap(\.self).count == 10)
    let none = [Double?](repeating: nil, count: model.count)
    #expect(CrowdLab(Self.table, model: none) == nil)
  }
}
