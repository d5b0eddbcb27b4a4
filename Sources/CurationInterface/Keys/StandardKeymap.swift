extension Keymap {
  /// The keys that Demur comes with.
  ///
  /// Arrows never label, and nothing is bound to keys that terminals merge with others or keep for
  /// themselves (Ctrl-I, M, J, H, S, Q, Alt).
  public static let standard = Keymap(
    bindings: deciding + notes + moving + views + order + marking + evidence + display + rest)

  private static let deciding: [Binding] = [
    Binding(.preferA, .pair, "a 2", .deciding, "A is better"),
    Binding(.preferB, .pair, "b 4", .deciding, "B is better"),
    Binding(.preferAMuch, .pair, "A 1", .deciding, "A is much better"),
    Binding(.preferBMuch, .pair, "B 5", .deciding, "B is much better"),
    Binding(.tie, .pair, "t 3", .deciding, "Tie: neither is better"),
    Binding(.bothBad, .pair, "x 0", .deciding, "Both are bad"),
    Binding(.drop, .pair, "d", .deciding, "Drop the pair from the cleaned data set"),
    Binding(.skip, .pair, "-", .deciding, "Skip: unsure, come back later"),
    Binding(
      .keepOrPageDown, .pair, "Space", .deciding,
      "Open mode: keep the label; blind mode: page down, never labels"),
    Binding(
      .swapPreference, .pair, "s", .deciding, "Open mode: swap chosen and rejected"),
    Binding(.decideCopies, .pair, "c", .deciding, "Decide the copies of this pair alike"),
    Binding(.undo, .everywhere, "u", .deciding, "Undo the last decision, also after a restart"),
    Binding(.redo, .everywhere, "U Ctrl-R", .deciding, "Redo what was undone"),
  ]

  private static let notes: [Binding] = [
    Binding(.note, .pair, "i", .notes, "Write a note on this pair"),
    Binding(.tags, .pair, "#", .notes, "Give this pair tags"),
    Binding(.reason, .pair, "r", .notes, "Say why the label of the pair decided last was wrong"),
    Binding(
      .askReasons, .everywhere, ",y", .notes, "Ask for the reason after each swap, on and off"),
    Binding(.criteria, .pair, "C", .notes, "Answer the criteria of the rubric (--rubric)"),
    Binding(
      .askCriteria, .everywhere, ",c", .notes,
      "Ask for the criteria after each decision, on and off"),
  ]

  private static let moving: [Binding] = [
    Binding(.lineDown, .everywhere, "j Down", .moving, "Down, or scroll down"),
    Binding(.lineUp, .everywhere, "k Up", .moving, "Up, or scroll up"),
    Binding(.halfPageDown, .everywhere, "Ctrl-D", .moving, "Half a page down"),
    Binding(.halfPageUp, .everywhere, "Ctrl-U", .moving, "Half a page up"),
    Binding(.pageDown, .everywhere, "PgDn", .moving, "A page down"),
    Binding(.pageUp, .everywhere, "PgUp", .moving, "A page up"),
    Binding(.top, .everywhere, "gg Home", .moving, "To the top"),
    Binding(.bottom, .everywhere, "G gG End", .moving, "To the bottom"),
    Binding(.nextPane, .pair, "Tab", .moving, "Scroll one side alone: A, B, prompt, both"),
    Binding(.previousPane, .pair, "Shift-Tab", .moving, "Scroll one side alone, the other way"),
    Binding(.nextPair, .pair, "J Right Enter", .moving, "Next pair, without deciding"),
    Binding(.previousPair, .pair, "K Left", .moving, "Previous pair, without deciding"),
    Binding(.nextPairOfRow, .pair, ")", .moving, "Next pair of a row that ranks several responses"),
    Binding(.previousPairOfRow, .pair, "(", .moving, "Previous pair of such a row"),
    Binding(.nextUndecided, .everywhere, "] gu", .moving, "Next undecided pair"),
    Binding(.previousUndecided, .everywhere, "[", .moving, "Previous undecided pair"),
    Binding(.goToRow, .everywhere, "gn", .moving, "Go to a row by its number in the file, from 0"),
    Binding(.goToID, .everywhere, "gi", .moving, "Go to a row by its identity"),
    Binding(.lastDecided, .everywhere, "g.", .moving, "Go to the pair decided last"),
  ]

  private static let views: [Binding] = [
    Binding(.openPair, .queue, "Enter l Right gp", .views, "Open the pair under the cursor"),
    Binding(.openPair, .evidence, "gp", .views, "Back to the pair"),
    Binding(.openQueue, .everywhere, "gq", .views, "The queue"),
    Binding(.evidence, .everywhere, "e ge", .views, "Why the pair is suspected, on and off"),
    Binding(.back, .everywhere, "q", .views, "Back; from the queue: quit"),
    Binding(.openBiases, .everywhere, "gb", .views, "What wins besides being better"),
    Binding(
      .openCounterExamples, .bias, "Enter l Right", .views,
      "Open mode: list the pairs that go against the row under the cursor"),
    Binding(.filter, .everywhere, "f", .views, "List only the rows that a query finds"),
    Binding(.openDashboard, .everywhere, "gd", .views, "The dashboard: how good the data set is"),
    Binding(.drillDown, .dashboard, "Enter l Right", .views, "List the rows that the line counts"),
    Binding(.startReview, .dashboard, "r", .views, "Review: the next undecided pair of the queue"),
    Binding(.startAudit, .dashboard, "a", .views, "Audit: random rows, one after another"),
    Binding(
      .openGuidelines, .everywhere, "gh", .views, "The guidelines of the rubric (--rubric)"),
    Binding(.openFirstLook, .everywhere, "gf", .views, "What the file is: a first look at it"),
    Binding(
      .openFoundRows, .firstLook, "Enter l Right", .views,
      "List the rows of which the line under the cursor speaks"),
    Binding(.clearFilter, .everywhere, "F", .views, "List all rows of the queue again"),
    Binding(.takeNewScores, .everywhere, "gr", .views, "Sort the queue by the newest scores"),
    Binding(.searchText, .everywhere, "/", .searching, "Search prompts and responses"),
    Binding(.nextMatch, .everywhere, "n", .searching, "Next match"),
    Binding(.previousMatch, .everywhere, "N", .searching, "Previous match"),
  ]

  private static let order: [Binding] = [
    Binding(.orderBySuspicion, .queue, "os", .views, "Order: the most suspicious first"),
    Binding(.orderByMargin, .queue, "om", .views, "Order: by margin, the lowest first"),
    Binding(.orderByInfluence, .queue, "oi", .views, "Order: by influence, the lowest first"),
    Binding(.orderByValue, .queue, "ov", .views, "Order: the most valuable decision first"),
    Binding(.orderByUncertainty, .queue, "ou", .views, "Order: what the head knows least of first"),
    Binding(.orderByLength, .queue, "ol", .views, "Order: the longest responses first"),
    Binding(.orderByRatio, .queue, "or", .views, "Order: the most unequal lengths first"),
    Binding(.orderByTime, .queue, "ot", .views, "Order: decided last first"),
    Binding(.orderAsInFile, .queue, "of", .views, "Order: as in the file"),
    Binding(.reverseOrder, .queue, "O", .views, "Turn the order round"),
  ]

  private static let marking: [Binding] = [
    Binding(.mark, .queue, "m", .deciding, "Mark the row, or take its mark away"),
    Binding(.markRange, .queue, "v", .deciding, "Mark from the row marked last to this one"),
    Binding(.markAll, .queue, "V", .deciding, "Mark all rows listed, or none of them"),
    Binding(
      .keepMarked, .queue, "Mk", .deciding,
      "Keep: marked rows, else all that the filter lists (open mode)"),
    Binding(
      .swapMarked, .queue, "Ms", .deciding,
      "Swap: marked rows, else all that the filter lists (open mode)"),
    Binding(
      .tieMarked, .queue, "Mt", .deciding,
      "Tie: marked rows, else all that the filter lists"),
    Binding(
      .bothBadMarked, .queue, "Mx", .deciding,
      "Both bad: marked rows, else all that the filter lists"),
    Binding(
      .dropMarked, .queue, "Md", .deciding, "Drop: marked rows, else all that the filter lists"),
    Binding(
      .skipMarked, .queue, "M-", .deciding, "Skip: marked rows, else all that the filter lists"),
    Binding(
      .tagMarked, .queue, "M#", .notes, "Tag: marked rows, else all that the filter lists"),
    Binding(.clearMarks, .queue, "Mc", .deciding, "Take all marks away"),
  ]

  private static let evidence: [Binding] = [
    Binding(.jump, .evidence, "Enter", .views, "Jump to the selected pair"),
    Binding(.nextRelated, .evidence, "Tab", .moving, "Select the next pair that bears on this one"),
    Binding(.previousRelated, .evidence, "Shift-Tab", .moving, "Select the pair before"),
    Binding(.jumpBack, .everywhere, "H", .moving, "Back to where the last jump came from"),
    Binding(.jumpForward, .everywhere, "L", .moving, "Forward again, after going back"),
    Binding(.allSignals, .evidence, "s", .views, "Show every signal, or the first three"),
    Binding(.epochs, .evidence, "t", .views, "The pair through the epochs of peer review"),
    Binding(.epochs, .epochs, "t", .views, "Back to the evidence"),
    Binding(.openPair, .epochs, "gp", .views, "Back to the pair"),
    Binding(
      .evidenceAfter, .everywhere, ",e", .views,
      "Show the evidence after each decision, on and off"),
    Binding(
      .evidenceAfterBatch, .everywhere, ",E", .views,
      "Go over the evidence of every 20 decisions (--batch), on and off"),
    Binding(
      .openBatch, .everywhere, "gv", .views,
      "Go over the decisions since the last look, with what the signals say"),
    Binding(.jump, .batch, "Enter l Right", .views, "All evidence of the decision"),
    Binding(
      .similar, .pair, "*", .views,
      "List the pairs near this one: copies, alike, or bearing on it"),
    Binding(.similar, .evidence, "*", .views, "List the pairs near this one"),
  ]

  private static let display: [Binding] = [
    Binding(.foldPrompt, .pair, "p", .display, "Unfold the whole prompt, or fold it"),
    Binding(.zoom, .pair, "z", .display, "Give the whole screen to the focused side"),
    Binding(
      .wordDiff, .pair, "= ,d", .display, "Mark the words that only one side has, on and off"),
    Binding(
      .rawText, .pair, ",r", .display, "Raw text, or code, tables and reasoning made readable"),
    Binding(.foldReasoning, .pair, ",f", .display, "Unfold the reasoning of a model, or fold it"),
    Binding(
      .viewPicture, .pair, ",v", .display,
      "Open the next picture that the pair names, with DEMUR_VIEWER or xdg-open"),
    Binding(.blind, .everywhere, ",b", .display, "Blind or open mode: hide or show the label"),
    Binding(.turnSides, .pair, ",s", .display, "Turn the sides on screen; this is no label"),
    Binding(
      .autoNext, .everywhere, ",n", .display, "Go to the next pair after a decision, or stay"),
    Binding(
      .auditMix, .everywhere, ",a", .display, "Mix random audit rows into the queue, on and off"),
    Binding(.chooseTheme, .everywhere, ",t", .display, "Choose a theme; moving shows it"),
    Binding(
      .hints, .everywhere, ",h", .display, "Show the usual keys in the last row, on and off"),
    Binding(.copyID, .pair, "yi", .copying, "Copy the row's identity to the clipboard"),
    Binding(.copyPrompt, .pair, "yp", .copying, "Copy the prompt"),
    Binding(.copyA, .pair, "ya", .copying, "Copy side A"),
    Binding(.copyB, .pair, "yb", .copying, "Copy side B"),
  ]

  private static let rest: [Binding] = [
    Binding(
      .help, .everywhere, "? F1 :", .program, "All keys of this view; type to find, Enter runs"),
    Binding(.export, .everywhere, "E", .program, "Write the cleaned data set"),
    Binding(.engine, .everywhere, "R", .program, "Start, resume or stop the scan"),
    Binding(.cancel, .everywhere, "Esc", .program, "Close what is open, cancel"),
    Binding(.redraw, .everywhere, "Ctrl-L", .program, "Draw the screen anew"),
    Binding(.suspend, .everywhere, "Ctrl-Z", .program, "Suspend Demur; fg comes back"),
    Binding(.interrupt, .everywhere, "Ctrl-C", .program, "Stop the running job, else quit"),
    Binding(.quit, .everywhere, "Q", .program, "Quit; asks only if a job runs"),
  ]
}
