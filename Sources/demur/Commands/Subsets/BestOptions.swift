import ArgumentParser
import CurationEngine
import CurationInterface
import DatasetFiles
import PreferenceData
import PreferenceScoring

/// Which of the rows are best, and how many of them are taken.
struct BestOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The rows most worth keeping by FiFA's importance: their margin, their prompt's text, and how "
        + "unlike others their prompt is.", valueName: "rows"))
  var top: Int?
  @Flag(help: "With --top or --quota: the order that takes near-copies of a prompt last.")
  var greedy = false
  @Option(
    help: ArgumentHelp(
      "At least so many rows of each value of a field, the best by the same order; with --top among "
        + "the rows it takes, else no others.", valueName: "field=rows|share%"))
  var quota: QuotaArgument?

  var isAsked: Bool { top != nil || quota != nil }

  func validate() throws {
    if let top, top < 1 {
      throw ValidationError("--top \(top) leaves no row: it is a number from 1")
    }
    if greedy, !isAsked { throw ValidationError("--greedy is an order for --top or --quota") }
  }

  /// Leaves the best rows of `selection`; `plan` is what the decisions do.
  func narrow(
    _ selection: inout RowSelection, in opened: IndexedDataset, under plan: CleaningPlan,
    options: FileOptions
  ) throws {
    let signal = greedy ? SignalID.fifaGreedy : .fifa
    let scan = try ScanOptions.parse([]).scan(opened, options: options, showing: [.fifa])
    guard scan.signals[signal] != nil else {
      throw Failure(
        .no, what: "nothing is known of what is worth keeping", why: scan.quality.lines.last ?? "")
    }
    if !scan.quality.hasSignal {
      for line in scan.quality.lines { StandardError.line(line) }
    }
    let swapped = plan.fates.filter { $0.value == .swapped }.keys
    let dataset = opened.dataset
    func group(of position: Int) -> String? {
      guard let path = quota?.path, case .success(let document) = dataset.document(position)
      else { return nil }
      return ScoreKey.field(path).text(in: document.root)
    }
    if let quota, !selection.rows.contains(where: { group(of: $0) != nil }) {
      throw Failure(
        .usage, what: "no row has a value in \(Table.line(quota.value.field))",
        why: "--quota counts the rows of each of its values",
        remedy: "name a field as the rows have it, with dots for fields in fields")
    }
    let rows = selection.rows.count
    do throws(FairSubset.LimitTooSmall) {
      try selection.bound(
        toBest: top, of: RowOrder(by: signal, in: scan, swapped: Set(swapped)),
        quota: quota?.value, under: plan, group: group(of:))
    } catch {
      throw Failure(
        .usage, what: "the quotas take \(Numbers.count(error.needed, "row")) of \(rows)",
        why: "--top \(error.limit) is less",
        remedy: "raise --top, lower --quota, or leave --top out")
    }
  }
}

/// `source=100` or `source=20%`.
struct QuotaArgument: ExpressibleByArgument {
  let value: GroupQuota
  let path: FieldPath

  init?(argument: String) {
    guard let sign = argument.lastIndex(of: "="),
      let path = FieldPath(String(argument[..<sign]))
    else { return nil }
    let text = argument[argument.index(after: sign)...]
    let amount: GroupQuota.Amount
    if text.hasSuffix("%") {
      guard let percent = Double(text.dropLast()), percent > 0, percent <= 100 else { return nil }
      amount = .share(percent / 100)
    } else {
      guard let count = Int(text), count > 0 else { return nil }
      amount = .rows(count)
    }
    value = GroupQuota(field: "\(path)", amount: amount)
    self.path = path
  }
}
