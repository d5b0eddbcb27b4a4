import Foundation
import GRDB
import PreferenceData

/// A rating as the journal keeps it, in JSON.
struct StoredRating: Codable {
  var criterion: String
  /// The better side; missing where neither is.
  var prefers: String?
  var strength: Int?

  /// Nil where nothing was rated.
  static func text(of ratings: [CriterionRating]) -> String? {
    guard !ratings.isEmpty else { return nil }
    let stored = ratings.map {
      StoredRating(
        criterion: $0.criterion, prefers: $0.side?.description, strength: $0.strength)
    }
    return String(decoding: encodedJSON(stored), as: UTF8.self)
  }

  fileprivate static let decoder = JSONDecoder()
}

extension Row {
  /// The ratings of a decision; none in a journal from before there were any.
  func ratings() throws -> [CriterionRating] {
    guard hasColumn("ratings"), let text: String = try storedIfPresent("ratings") else { return [] }
    let stored = try StoredRating.decoder.decode([StoredRating].self, from: Data(text.utf8))
    return try stored.map { rating in
      let side = try rating.prefers.map { text in
        guard let hash = StableHash(hexadecimal: text) else {
          throw UnreadableColumn(name: "ratings")
        }
        return SideID(hash)
      }
      return CriterionRating(rating.criterion, side: side, strength: rating.strength)
    }
  }
}
