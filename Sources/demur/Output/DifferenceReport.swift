import CurationEngine
import CurationInterface
import DatasetFiles
import PreferenceData

/// A comparison of two data sets, put into words and into JSON.
struct DifferenceReport {
  let difference: DatasetDifference
  let old: IndexedDataset
  let new: IndexedDataset
  let oldRows: [ComparedRow]
  let newRows: [ComparedRow]
  /// The rows that decisions stand on, and how many.
  let decisions: [(row: RowID, count: Int)]

  /// The kinds of change, as scripts and people call them.
  private var kinds: [(name: String, matches: [DatasetDifference.Match])] {
    [
      ("flipped", difference.flipped), ("relabelled", difference.relabelled),
      ("edited", difference.edited), ("touched", difference.touched),
    ]
  }

  private var lost: [(row: RowID, count: Int)] {
    decisions.filter { new.index.position(of: $0.row) == nil }
  }

  var lines: [String] {
    var lines = [
      "old         \(Table.line(old.dataset.name)): \(Numbers.count(oldRows.count, "row"))",
      "new         \(Table.line(new.dataset.name)): \(Numbers.count(newRows.count, "row"))", "",
      line("unchanged", difference.unchanged.count, "same bytes"),
      line("flipped", difference.flipped.count, "another response is preferred"),
      line("relabelled", difference.relabelled.count, "a preference became a tie or none, or back"),
      line("edited", difference.edited.count, "another prompt or response"),
      line("touched", difference.touched.count, "only other fields or the spelling differ"),
      line("removed", difference.removed.count, "only in old"),
      line("added", difference.added.count, "only in new"),
    ]
    if difference.isReordered { lines.append("order       the rows stand in another order") }
    let decided = decisions.reduce(0) { $0 + $1.count }
    if decided > 0 {
      let gone = lost.reduce(0) { $0 + $1.count }
      lines.append(
        "decisions   \(Numbers.grouped(decided)), "
          + (gone == 0 ? "all have their row in new" : "\(Numbers.grouped(gone)) lost their row"))
    }
    return lines + groupLines
  }

  private func line(_ name: String, _ count: Int, _ meaning: String) -> String {
    Table.cell(name, 10) + "  " + Table.cell(Numbers.grouped(count), 10, alignedRight: true) + "  "
      + meaning
  }

  /// A line a group, where the rows name groups.
  private var groupLines: [String] {
    let groups = countsByGroup
    guard !groups.isEmpty else { return [] }
    let header = ["flipped", "relabelled", "edited", "removed", "added"]
    return ["", Table.cell("GROUP", 24) + header.map { cell($0.uppercased()) }.joined()]
      + groups.map { group in
        Table.cell(group.name, 24) + group.counts.map { cell(Numbers.grouped($0)) }.joined()
      }
  }

  private func cell(_ text: String) -> String { Table.cell(text, 12, alignedRight: true) }

  /// By group, by name: how many were flipped, relabelled, edited, removed, added.
  private var countsByGroup: [(name: String, counts: [Int])] {
    let changes: [[String?]] = [
      difference.flipped.map { oldRows[$0.old].content?.group },
      difference.relabelled.map { oldRows[$0.old].content?.group },
      difference.edited.map { oldRows[$0.old].content?.group },
      difference.removed.map { oldRows[$0].content?.group },
      difference.added.map { newRows[$0].content?.group },
    ]
    var counts: [String: [Int]] = [:]
    for (kind, groups) in changes.enumerated() {
      for case let group? in groups {
        counts[group, default: Array(repeating: 0, count: changes.count)][kind] += 1
      }
    }
    return counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("old_rows", .integer(oldRows.count)), .init("new_rows", .integer(newRows.count)),
      .init("unchanged", .integer(difference.unchanged.count)),
    ]
    for (name, matches) in kinds {
      members.append(
        .init(
          name,
          .array(
            matches.map {
              [
                "old": .integer($0.old), "new": .integer($0.new),
                "id": .string(new.name(of: $0.new)),
              ]
            })))
    }
    members.append(.init("removed", .array(difference.removed.map { row($0, in: old) })))
    members.append(.init("added", .array(difference.added.map { row($0, in: new) })))
    members.append(.init("reordered", .bool(difference.isReordered)))
    members.append(
      .init(
        "lost_decisions",
        .array(
          lost.map { ["id": .string($0.row.description), "decisions": .integer($0.count)] })))
    members.append(
      .init(
        "groups",
        .object(
          countsByGroup.map { group in
            .init(
              group.name,
              [
                "flipped": .integer(group.counts[0]), "relabelled": .integer(group.counts[1]),
                "edited": .integer(group.counts[2]), "removed": .integer(group.counts[3]),
                "added": .integer(group.counts[4]),
              ])
          })))
    return .object(members)
  }

  private func row(_ position: Int, in opened: IndexedDataset) -> JSONValue {
    ["row": .integer(position), "id": .string(opened.name(of: position))]
  }
}
