public import PreferenceData

/// What the application wants done in the world. Commands are values: the loop carries them out and
/// answers with messages; a test compares them.
public enum Command: Hashable, Sendable {
  /// Read these rows; they are answered before the next frame is drawn.
  case loadRows([Int])
  /// Put the event in the journal. Answered by `recorded` or `recordFailed`; until then no further
  /// key is taken in.
  case record(ReviewEvent)
  /// Remember the row as the place to come back to.
  case savePlace(RowID)
  case startScan
  /// Stops the scan and keeps what it has; `startScan` goes on from there.
  case cancelScan
  case explain(position: Int)
  /// Look for `text` (letter case ignored) in prompts and responses of the rows at `positions`, in
  /// that order; answered by `searched`. A newer search ends an older one.
  case search(text: String, positions: [Int])
  case cancelSearch
  /// Work out the bias table, after a scan that runs; answered by `biasesSurveyed`.
  case surveyBiases
  case cancelBiasSurvey
  /// Take a first look at the whole file, after a scan that runs; answered by `fileSurveyed`.
  case surveyFile
  case cancelFileSurvey
  case planExport(path: String)
  case export(path: String)
  case cancelExport
  /// Write this text to the terminal's clipboard.
  case copy(String)
  case redraw
  case suspend
  case quit
}
