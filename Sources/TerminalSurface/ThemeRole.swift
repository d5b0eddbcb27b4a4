/// What a cell *means*; a theme decides how that looks.
///
/// Screens name roles only, so every theme and every colour depth shows the same screen, and golden
/// tests do not depend on colours.
public enum ThemeRole: String, Hashable, Sendable, CaseIterable {
  case text
  case textMuted = "text.muted"
  case textCommon = "text.common"
  case title
  case titleKey = "title.key"
  case border
  case borderFocus = "border.focus"
  case cursor
  case cursorUnfocused = "cursor.unfocused"
  case marked
  case match
  case matchCurrent = "match.current"
  case sideA = "side.a"
  case sideB = "side.b"
  case sideOnlyA = "side.only_a"
  case sideOnlyB = "side.only_b"
  case promptHuman = "prompt.human"
  case promptAssistant = "prompt.assistant"
  case code
  case codeKeyword = "code.keyword"
  case codeString = "code.string"
  case codeComment = "code.comment"
  case codeNumber = "code.number"
  case markupHeading = "markup.heading"
  case markupStrong = "markup.strong"
  /// The marks themselves: fences, bars, bullets, tags.
  case markupMark = "markup.mark"
  case labelKeep = "label.keep"
  case labelSwap = "label.swap"
  case labelTie = "label.tie"
  case labelBad = "label.bad"
  case labelDrop = "label.drop"
  case labelSkip = "label.skip"
  case suspicionHigh = "susp.high"
  case suspicionMiddle = "susp.mid"
  case suspicionLow = "susp.low"
  case gauge
  case gaugeRest = "gauge.rest"
  case histogram = "hist"
  case statusOK = "status.ok"
  case statusWarning = "status.warn"
  case statusError = "status.error"
  case hintKey = "hint.key"
  case hintText = "hint.text"
  case input
}
