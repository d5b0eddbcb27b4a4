import PreferenceData
import PreferenceScoring

/// What a person can settle once for all runs. The raw value is its name in configuration files, and
/// with two dashes that of its option.
public enum Setting: String, Hashable, Sendable, CaseIterable {
  case annotator, theme, color, hints, mouse, linear, ascii, open, repeats, batch, seed, jobs
  case flagShare = "flag-share"
  case signals, duckdb, python

  /// The environment variable that gives it: `DEMUR_FLAG_SHARE`.
  public var variable: String {
    "DEMUR_" + rawValue.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
  }

  /// What it settles, in a few words.
  public var summary: String {
    switch self {
    case .annotator: "whose decisions these are"
    case .theme: "how the screen looks: a theme's name, auto, or a file"
    case .color: "how many colours are used"
    case .hints: "the last row names the usual keys"
    case .mouse: "the wheel scrolls, and a click selects"
    case .linear: "tell what happens line by line"
    case .ascii: "draw with ASCII only"
    case .open: "show the label from the start"
    case .repeats: "the share of decisions that go to rows decided before"
    case .batch: "after how many decisions their evidence comes; 0 for never"
    case .seed: "decides everything random"
    case .jobs: "how many threads to use"
    case .flagShare: "the share of the queue that is flagged"
    case .signals: "which signals to work out besides the margins"
    case .duckdb: "the DuckDB command that reads Parquet and Arrow"
    case .python: "the Python with pyarrow that Arrow takes"
    }
  }

  /// What holds where nobody says anything; nil where that depends on the machine or the command.
  public var standard: String? {
    switch self {
    case .theme: "dark"
    case .color: "auto"
    case .hints: "true"
    case .mouse, .linear, .ascii, .open: "false"
    case .repeats: "0.0"
    case .seed, .batch: "0"
    case .flagShare: "\(ScanSettings().flagShare)"
    case .annotator, .jobs, .signals, .duckdb, .python: nil
    }
  }

  /// What its value has to be.
  public enum Kind: Hashable, Sendable {
    case text
    case annotator
    case flag
    case choice([String])
    case wholeNumber(from: UInt64)
    /// A number in the range; `isOpen` leaves out its ends.
    case number(ClosedRange<Double>, isOpen: Bool)
    /// Some of these words, with commas between them.
    case words([String])
  }

  public var kind: Kind {
    switch self {
    case .annotator: .annotator
    case .theme, .duckdb, .python: .text
    case .color: .choice(["auto", "never", "16", "256", "direct"])
    case .hints, .mouse, .linear, .ascii, .open: .flag
    case .repeats: .number(0...0.5, isOpen: false)
    case .seed, .batch: .wholeNumber(from: 0)
    case .jobs: .wholeNumber(from: 1)
    case .flagShare: .number(0...1, isOpen: true)
    case .signals: .words(["all", "none"] + SignalID.selectable.map(\.rawValue))
    }
  }
}

extension Setting.Kind {
  /// `text` as it is kept, or nil where it is no value of this kind.
  func value(_ text: String) -> String? {
    switch self {
    case .text: text.isEmpty ? nil : text
    case .annotator: AnnotatorName(text).map { _ in text }
    case .flag: ["true": "true", "1": "true", "false": "false", "0": "false"][text]
    case .choice(let words): words.contains(text) ? text : nil
    case .wholeNumber(let least): UInt64(text).flatMap { $0 >= least ? String($0) : nil }
    case .number(let range, let isOpen):
      Double(text).flatMap { number in
        let isEnd = number == range.lowerBound || number == range.upperBound
        return range.contains(number) && !(isOpen && isEnd) ? "\(number)" : nil
      }
    case .words(let known):
      text.split(separator: ",").allSatisfy { known.contains(String($0)) } && !text.isEmpty
        ? text : nil
    }
  }
}
