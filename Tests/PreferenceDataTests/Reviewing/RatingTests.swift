import Foundation
import PreferenceData
import Testing

@Suite("Ratings by criterion")
struct RatingTests {
  private let sides = ["a", "b"].map { SideID(StableHash($0)) }

  @Test("a rating and its record say the same whatever the label, also when the label has changed")
  func records() {
    for side in [sides[0], sides[1], nil] {
      let rating = CriterionRating("helpful", side: side, strength: side == nil ? nil : 2)
      for preferred in [0, 1] {
        let record = RatingRecord(rating, sides: sides, preferred: preferred)
        let expected: Outcome = side == nil ? .tie : side == sides[preferred] ? .keep : .swap
        #expect(record.outcome == expected)
        #expect(record.rating(sides: sides, preferred: preferred) == rating)
        #expect(record.rating(sides: sides, preferred: 1 - preferred) == rating)
      }
    }
  }

  @Test("without hashes, as a script writes it, keep and swap are read by the label")
  func byOutcome() {
    let record = RatingRecord("honest", outcome: .swap, strength: 1)
    #expect(
      record.rating(sides: sides, preferred: 0)
        == CriterionRating("honest", side: sides[1], strength: 1))
    #expect(record.rating(sides: sides, preferred: nil) == nil)
    let whole = DecisionRecord(row: 0, outcome: .tie, ratings: [record])
    #expect(whole.decision(sides: sides, preferred: 1)?.ratings.map(\.side) == [sides[0]])
    #expect(whole.decision(sides: sides, preferred: nil) == nil)
  }

  @Test(
    "a record with a rating that means nothing is refused",
    arguments: [
      #"[{"name":"x"}]"#, #"[{"decision":"keep"}]"#, #"[{"name":"x","decision":"drop"}]"#,
      #"[{"name":"x","decision":"keep","strength":9}]"#,
      #"[{"name":"x","decision":"tie"},{"name":"x","decision":"keep"}]"#, #"{"x":"keep"}"#,
    ])
  func refused(ratings: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(
        DecisionRecord.self, from: Data(#"{"row":1,"decision":"tie","criteria":\#(ratings)}"#.utf8))
    }
  }
}
