public import PreferenceData
public import PreferenceScoring

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
  /// `pair`: which one of a ranking.
  case explain(position: Int, pair: RankedPair? = nil)
  /// Look for `text` (letter case ignored) in prompts and responses of the rows at `positions`, in
  /// that order; answered by `searched`. A newer search ends an older one.
  case search(text: String, positions: [Int])
  case cancelSearch
  /// Find the rows that `query` asks for; answered by `queried` with the same number. A newer query ends
  /// an older one.
  case query(Query, number: Int, marked: Set<Int>)
  case cancelQuery
  /// Count what can be asked for; answered by `valuesCounted`.
  case countValues(marked: Set<Int>)
  /// Work out what the plan does to the rows at `positions`; answered by `bulkPlanned` with the same
  /// number. A newer plan ends an older one.
  case planBulk(BulkPlan, positions: [Int], number: Int)
  case cancelBulk
  /// Keep the queries that were used and saved.
  case saveQueries(QueryLibrary)
  /// Work out the bias table, after a scan that runs; answered by `biasesSurveyed`.
  case surveyBiases
  case cancelBiasSurvey
  /// Read what the decisions mean for the labels of the file; answered by `reviewSurveyed`.
  case surveyReview
  /// Take a first look at the whole file, after a scan that runs; answered by `fileSurveyed`.
  case surveyFile
  case cancelFileSurvey
  case planExport(ExportRequest)
  case export(ExportRequest)
  case cancelExport
  /// Let the person go on with this text in an editor; answered by `edited` or `editFailed`.
  case edit(String)
  /// Write this text to the terminal's clipboard.
  case copy(String)
  /// See how large the pictures at these places are; answered by `picturesSeen`.
  case lookAtPictures([String])
  /// Show the picture at this place, a path or an address of the data set's.
  case view(String)
  /// Remember the theme for later runs; answered by `themeKept` or `themeNotKept`.
  case keepTheme(name: String)
  case redraw
  case suspend
  case quit
}
