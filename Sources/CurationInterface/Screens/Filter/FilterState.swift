import PreferenceScoring
import TerminalSurface

/// The line in which a query is written, and what is known of it.
struct FilterState: Sendable {
  enum Reading: Hashable, Sendable {
    case wrong(QueryError)
    /// Being answered under this number.
    case asked(Query, number: Int, share: Double, found: Int)
    case answered(Query, QueryAnswer)
  }

  var field: TextField
  var reading: Reading
  /// A name for the query, while one is being given.
  var name: TextField?
  /// The place in the history that is shown; nil for what was typed.
  var historyPlace: Int?
  /// What was typed before the history was looked at.
  var typed = ""
  /// The candidates that Tab goes through, and the one that stands there.
  var completion: (choices: QueryCompletion, place: Int)?

  /// The part of the line before the insertion point.
  var before: String { String(field.text.prefix(field.insertionPoint)) }
}

/// A query on its way from the line, or from the order menu, to the queue.
enum PendingQuery: Hashable, Sendable {
  case filter(text: String, Query, number: Int, share: Double)
  case order([Query.SortKey], number: Int)

  var number: Int {
    switch self {
    case .filter(_, _, let number, _), .order(_, let number): number
    }
  }
}

/// What this session knows of queries.
struct QueryState: Sendable {
  var library = QueryLibrary()
  var values = QueryValues()
  /// The number of the last query that was asked.
  var lastNumber = 0
  var pending: PendingQuery?
  /// The query of the filter while it is answered anew, and the number of that.
  var refresh: (number: Int, query: Query)?
  /// The positions of the rows marked by hand, and the one marked last.
  var marked: Set<Int> = []
  var lastMark: Int?
}
