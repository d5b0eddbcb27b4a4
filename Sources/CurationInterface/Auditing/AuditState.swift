import PreferenceScoring

/// How the random audit goes on in this session.
struct AuditState: Sendable {
  enum Mode: Hashable, Sendable {
    case off
    /// Its rows come between those of the queue, at random places, and look like them.
    case mixed
    /// Its rows come one after another.
    case alone
  }

  /// So many rows are audited where nobody says how many.
  static let usualCount = 100

  var mode = Mode.off
  var plannedCount = usualCount
  /// All rows in the order in which they are drawn; nil until they are first needed.
  var sample: AuditSample?
  /// The rows that this session has shown without moving the queue.
  var shown: Set<Int> = []
  /// Whether the audit that was asked for at the start has begun.
  var hasBegun = false
}
