public import PreferenceData
import ReviewStore
import Synchronization

extension LiveEngine {
  /// What is to be exported.
  public struct ExportJob: Sendable {
    public var path: String
    public var scope: CleaningPlan.Scope
    /// The only rows that are written; nil for no such bound.
    public var selection: RowSelection?
    /// What becomes of ties; in both orders only in a conversion.
    public var ties: CleaningPlan.Ties
    /// The form into which rows are converted; nil where they stay as they are.
    public var target: (any TargetFormat)?

    public init(
      path: String, scope: CleaningPlan.Scope = .all, selection: RowSelection? = nil,
      ties: CleaningPlan.Ties = .drop, target: (any TargetFormat)? = nil
    ) {
      self.path = path
      self.scope = scope
      self.selection = selection
      self.ties = ties
      self.target = target
    }
  }

  /// What an export would come to.
  public struct ExportPlan: Sendable {
    public let plan: CleaningPlan
    public let form: ExportForm
    /// What a conversion comes to; nil where rows stay as they are.
    public let conversion: ConversionSummary?
    /// The first rows that decisions change.
    public let changes: [PlannedChange]
  }

  /// Says what an export would write, and the first `changeLimit` rows that it changes.
  public func planExport(_ job: ExportJob, changeLimit: Int) {
    export { [self] opened, flag in
      let cleaning = try cleaning(of: opened, job)
      let conversion =
        job.target == nil ? nil : try cleaning.conversionSummary { _ in !flag.isCancelled }
      report(
        .exportPlanned(
          ExportPlan(
            plan: cleaning.plan, form: cleaning.form, conversion: conversion,
            changes: cleaning.firstChanges(changeLimit))))
    }
  }

  /// Writes the cleaned data set, its review and its manifest.
  public func export(_ job: ExportJob, version: String) {
    export { [self] opened, flag in
      var throttle = Throttle()
      let written = try cleaning(of: opened, job).write(to: job.path, version: version) { share in
        if throttle.isDue() { report(.exporting(share: share)) }
        return !flag.isCancelled
      }
      report(.exported(written))
    }
  }

  public func cancelExport() { exporting.cancel() }

  private func export(
    _ work: @escaping @Sendable (IndexedDataset, CancellationFlag) throws -> Void
  ) {
    guard let opened = state.withLock({ $0.opened }) else { return }
    let flag = exporting.begin()
    exportThread.submit { [self] in
      defer { exporting.end(flag) }
      do {
        try work(opened, flag)
      } catch {
        report(.exportFailed(error))
      }
    }
  }

  private func cleaning(of opened: IndexedDataset, _ job: ExportJob) throws -> Cleaning {
    let ledger = try state.withLock { $0.review }?.journal.ledger() ?? ReviewLedger()
    return Cleaning(
      of: opened, ledger: ledger, annotator: nil, scope: job.scope, selection: job.selection,
      ties: job.ties, form: ExportForm(target: job.target, tools: readSettings))
  }
}
