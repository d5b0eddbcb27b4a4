import Foundation
import GRDB
import PreferenceData

/// Events as rows of the journal's tables, and back.
///
/// Each stored word is spelt here or is the raw value of a case: renaming a case in the program
/// must not change what old journals mean.
extension ReviewEvent {
  /// Writes this event behind the last one.
  /// - Returns: the event with its sequence number.
  func insert(into database: Database) throws -> ReviewEvent {
    precondition(sequence == 0, "an event is appended once, this one has sequence \(sequence)")
    let event = try database.cachedStatement(
      sql: "INSERT INTO event (at, annotator, kind, step) VALUES (?, ?, ?, ?)")
    try event.execute(
      arguments: [millisecondsSince1970, annotator.text, content.kind, content.step])
    var stored = self
    stored.sequence = database.lastInsertedRowID
    if case .decided(let decisions) = content {
      for (position, decision) in decisions.enumerated() {
        try decision.insert(into: database, event: stored.sequence, position: position)
      }
    }
    return stored
  }

  /// The events behind `sequence`, in order.
  static func fetch(from database: Database, after sequence: Int64) throws -> [ReviewEvent] {
    let decisions = try Row.fetchCursor(
      database,
      sql: "SELECT * FROM decision WHERE event > ? ORDER BY event, position",
      arguments: [sequence])
    var decision = try decisions.next()
    let rows = try Row.fetchCursor(
      database, sql: "SELECT * FROM event WHERE sequence > ? ORDER BY sequence",
      arguments: [sequence])
    var events: [ReviewEvent] = []
    while let row = try rows.next() {
      let number: Int64 = try row.stored("sequence")
      var step: [RowDecision] = []
      while let found = decision, try found.stored("event") == number {
        step.append(try RowDecision(stored: found))
        decision = try decisions.next()
      }
      events.append(
        ReviewEvent(
          sequence: number, millisecondsSince1970: try row.stored("at"),
          annotator: try row.annotator("annotator"),
          content: try Content(stored: row, decisions: step)))
    }
    return events
  }
}

extension ReviewEvent.Content {
  fileprivate var kind: String {
    switch self {
    case .decided: "decided"
    case .undone: "undone"
    case .redone: "redone"
    }
  }

  fileprivate var step: Int64? {
    switch self {
    case .decided: nil
    case .undone(let sequence), .redone(let sequence): sequence
    }
  }

  fileprivate init(stored row: Row, decisions: [RowDecision]) throws {
    switch try row.stored("kind") as String {
    case "decided": self = .decided(decisions)
    case "undone": self = .undone(try row.stored("step"))
    case "redone": self = .redone(try row.stored("step"))
    default: throw UnreadableColumn(name: "kind")
    }
  }
}

extension RowDecision {
  fileprivate func insert(into database: Database, event: Int64, position: Int) throws {
    // SQLite takes a value that is not a number for a missing one.
    precondition(!serving.probability.isNaN, "a serving probability that is not a number")
    precondition(serving.suspicion?.isNaN != true, "a suspicion that is not a number")
    precondition(serving.seconds?.isNaN != true, "seconds that are not a number")
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO decision (
          event, position, pair, occurrence, verdict, preferred, strength, remarks, route,
          probability, scan, rank, suspicion, first_side, label_seen, evidence_seen, seconds,
          judged_first, judged_second, ratings
        ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try statement.execute(
      arguments: [
        event, position, row.pair.description, row.occurrence, decision.verdict.word,
        decision.verdict.preferredSide?.description, decision.strength, Remarks(decision)?.text,
        serving.route.rawValue, serving.probability, serving.scan, serving.rank,
        serving.suspicion, serving.firstSide?.description, serving.labelSeen,
        serving.evidenceSeen, serving.seconds, decision.pair?.first.description,
        decision.pair?.second.description, StoredRating.text(of: decision.ratings),
      ])
  }

  fileprivate init(stored row: Row) throws {
    let remarks = try (row.storedIfPresent("remarks") as String?).map(Remarks.init(text:))
    guard let route = Serving.Route(rawValue: try row.stored("route")) else {
      throw UnreadableColumn(name: "route")
    }
    self.init(
      row: try row.rowID(),
      decision: Decision(
        try Verdict(stored: row), on: try row.judgedPair(),
        strength: try row.storedIfPresent("strength"),
        note: remarks?.note ?? "", tags: remarks?.tags ?? [], reason: remarks?.reason,
        ratings: try row.ratings()),
      serving: Serving(
        route: route, probability: try row.stored("probability"),
        scan: try row.storedIfPresent("scan"), rank: try row.storedIfPresent("rank"),
        suspicion: try row.storedIfPresent("suspicion"), firstSide: try row.side("first_side"),
        labelSeen: try row.stored("label_seen"), evidenceSeen: try row.stored("evidence_seen"),
        seconds: try row.storedIfPresent("seconds")))
  }
}

extension Verdict {
  fileprivate var word: String {
    switch self {
    case .prefers: "prefers"
    case .tie: "tie"
    case .bothBad: "both-bad"
    case .drop: "drop"
    case .skip: "skip"
    }
  }

  fileprivate init(stored row: Row) throws {
    switch try row.stored("verdict") as String {
    case "prefers":
      guard let side = try row.side("preferred") else { throw UnreadableColumn(name: "preferred") }
      self = .prefers(side)
    case "tie": self = .tie
    case "both-bad": self = .bothBad
    case "drop": self = .drop
    case "skip": self = .skip
    default: throw UnreadableColumn(name: "verdict")
    }
  }
}

/// What a person typed. Kept as JSON, because a text column ends at the first NUL.
private struct Remarks: Codable {
  var note: String?
  var tags: [String]?
  var reason: String?

  /// Nil where nothing was said.
  init?(_ decision: Decision) {
    note = decision.note.isEmpty ? nil : decision.note
    tags = decision.tags.isEmpty ? nil : decision.tags
    reason = decision.reason
    if note == nil, tags == nil, reason == nil { return nil }
  }

  init(text: String) throws {
    self = try Self.decoder.decode(Remarks.self, from: Data(text.utf8))
  }

  private static let decoder = JSONDecoder()

  var text: String { String(decoding: encodedJSON(self), as: UTF8.self) }
}
