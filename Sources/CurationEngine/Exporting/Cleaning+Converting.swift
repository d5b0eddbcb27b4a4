public import DatasetFiles
import Foundation
public import PreferenceData

/// What a conversion comes to.
public struct ConversionSummary: Hashable, Sendable {
  /// Objects that were written: a ranking or a tie makes several of one row, KTO two of a pair.
  public internal(set) var written = 0
  /// Rows whose label stays as the file has it.
  public internal(set) var untouched = 0
  /// Rows that get another label.
  public internal(set) var relabelled = 0
  /// Ties that are written in both orders.
  public internal(set) var inBothOrders = 0
  /// Rows that are left out because the form cannot hold them.
  public internal(set) var inexpressible: [Inexpressible: Int] = [:]
  /// The columns of the form that some object has, in the order in which they appear.
  public internal(set) var columns: [String] = []
  /// What the trainer's own list of data sets has to say of the file.
  public internal(set) var registration: JSONValue?

  public init() {}

  /// The reasons that occurred, in a fixed order, with their counts.
  public var reasons: [(reason: Inexpressible, count: Int)] {
    Inexpressible.allCases.compactMap { reason in inexpressible[reason].map { (reason, $0) } }
  }

  public var inexpressibleCount: Int { reasons.reduce(0) { $0 + $1.count } }

  var inexpressibleValue: JSONValue {
    .object(
      [.init("rows", .integer(inexpressibleCount))]
        + reasons.map { .init($0.reason.rawValue, .integer($0.count)) })
  }
}

extension Cleaning {
  /// What the conversion would write.
  ///
  /// - Precondition: The form is a conversion.
  /// - Complexity: Reads all rows.
  public func conversionSummary(
    observe: (Double) -> Bool = { _ in true }
  ) throws(ExportError) -> ConversionSummary {
    try convert(observe: observe) { _ in }
  }

  /// Writes the converted rows to `path`.
  func convert(
    to path: String, observe: (Double) -> Bool
  ) throws(ExportError) -> (ConversionSummary, AtomicFile.Written) {
    var file = try ObjectFile(
      path: path, protecting: dataset.fingerprints, tools: form.tools)
    var summary = try convert(
      observe: observe, holdsHalves: !ObjectFile.isTable(path)
    ) { (object) throws(ExportError) in
      try file.write(object)
    }
    let written = try file.commit()
    guard summary.written > 0 else { return (summary, written) }
    summary.registration = form.target?.registration(
      of: URL(fileURLWithPath: path).lastPathComponent, columns: summary.columns)
    return (summary, written)
  }

  /// Converts the rows; `holdsHalves` says whether what is written can hold halves of surrogate pairs.
  private func convert(
    observe: (Double) -> Bool, holdsHalves: Bool = true,
    write: (String) throws(ExportError) -> Void
  ) throws(ExportError) -> ConversionSummary {
    guard let target = form.target else { preconditionFailure("the form is a conversion") }
    let conversion = Conversion(
      to: target, adding: form.additions, tiesInBothOrders: ties == .both)
    var summary = ConversionSummary()
    for position in 0..<dataset.rowCount {
      if position.isMultiple(of: 512), position > 0,
        !observe(Double(position) / Double(dataset.rowCount))
      {
        throw .cancelled
      }
      let fate = plan.fate(of: position)
      guard fate != .leftOut else { continue }
      let objects = dataset.convertibleRow(at: position).flatMap {
        row -> Result<[ConvertedObject], Inexpressible> in
        guard holdsHalves || !row.carriesHalves else { return .failure(.damagedText) }
        return conversion.objects(
          of: row, label: label(of: row.row, after: fate), note: note(on: row.row, at: position))
      }
      switch objects {
      case .success(let objects):
        let copies = plan.copyCount(of: position)
        for object in objects {
          for _ in 0..<copies { try write(object.text) }
          summary.columns += object.columns.filter { !summary.columns.contains($0) }
        }
        summary.written += copies * objects.count
        switch fate {
        case .untouched: summary.untouched += 1
        case .bothOrders: summary.inBothOrders += 1
        case .swapped, .preferring, .ranked, .leftOut: summary.relabelled += 1
        }
      case .failure(let reason): summary.inexpressible[reason, default: 0] += 1
      }
    }
    try dataset.checkUnchanged()
    return summary
  }

  private func label(of row: PreferenceRow, after fate: CleaningPlan.Fate) -> PreferenceLabel {
    switch fate {
    case .untouched, .leftOut: row.label
    case .bothOrders: .tie
    case .swapped:
      row.chosenAndRejected.flatMap { row.label.preferring($0.rejected, of: 2) } ?? row.label
    case .preferring(let side): row.label.preferring(side, of: row.sides.count) ?? row.label
    case .ranked(let ranking): .ranks(ranking.places)
    }
  }

  /// The members that the row at `position` gets, written as it is.
  func addedMembers(to position: Int) -> [JSONValue.Member] {
    guard case .success(let row) = dataset.row(at: position) else {
      let note = RowNote(file: dataset.fileName(of: position), row: position, id: nil)
      let empty = PreferenceRow(context: [], sides: [], label: .none)
      return form.additions.map {
        .init($0.name, $0.value(of: empty, better: nil, worse: nil, note: note))
      }
    }
    let label = label(of: row, after: plan.fate(of: position))
    let best = row.sides.count == 2 ? label.preferred : nil
    let note = note(on: row, at: position)
    return form.additions.map { column in
      .init(
        column.name, column.value(of: row, better: best, worse: best.map { 1 - $0 }, note: note))
    }
  }

  private func note(on row: PreferenceRow, at position: Int) -> RowNote {
    let id = opened.flatMap { $0.index.ids[position] }
    let decisions = (id.map { ledger.standing(on: $0) } ?? [])
      .filter { annotator == nil || $0.annotator == annotator }
      .flatMap { standing in
        // Of a ranking, the decisions about its pairs stand beside each other.
        id.map { ledger.judgments(on: $0, by: standing.annotator) } ?? []
      }
      .map(\.decision)
    let outcomes = decisions.map { $0.outcome(sides: row.sides.map(\.id), label: row.label) }
    let agreed = outcomes.first.flatMap { first in
      outcomes.allSatisfy { $0 == first } ? first : nil
    }
    return RowNote(
      file: dataset.fileName(of: position), row: position,
      id: row.fileID ?? id?.description, outcome: agreed, decisions: decisions,
      labelRight: decisions.isEmpty ? form.remainingNoise.map { 1 - $0 } : nil)
  }
}

extension Dataset {
  /// The name of the file in which a row stands.
  fileprivate func fileName(of row: Int) -> String { file(of: row) ?? name }
}
