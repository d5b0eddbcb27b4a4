public import PreferenceData
public import TerminalSurface

/// What a session is told once, at its start.
public struct SessionConfiguration: Sendable {
  public var annotator: AnnotatorName
  /// Decides, with the annotator's name, which side stands as A.
  public var seed: UInt64
  /// Whether the label stays hidden until the decision.
  public var isBlind: Bool
  /// The data set's name as the first row shows it.
  public var fileName: String
  /// Where the export dialog proposes to write.
  public var exportPath: String
  public var size: Size
  public var display: DisplayText
  public var keymap: Keymap
  /// How many rows to audit from the start; nil begins with the queue.
  public var auditCount: Int?
  /// The share of the decisions that go to rows decided before, to measure the annotator.
  public var repeatShare = 0.0
  /// After how many decisions their evidence comes by itself; 0 for never.
  public var batchSize = 0
  /// Whether the last row names the usual keys.
  public var showsHints = true
  /// Whether what is copied can be sent to the terminal; one to which nothing but lines is written takes
  /// no escape sequence.
  public var hasClipboard = true
  /// How the screen looks at first.
  public var theme = Theme.plain
  /// What can be chosen instead, in the order in which it is listed.
  public var themes: [Theme] = []
  /// What is asked about a pair besides which side is better.
  public var rubric = Rubric()

  /// - Parameters:
  ///   - annotator: under whose name decisions are recorded.
  ///   - seed: decides, with the annotator's name, which side stands as A.
  ///   - isBlind: whether the label stays hidden until the decision.
  ///   - fileName: the data set's name, without its folder.
  ///   - exportPath: what the export dialog proposes; nil proposes a name made of `fileName`.
  ///   - size: the terminal's size at the start.
  ///   - display: how stored text becomes drawable text.
  ///   - keymap: which keys ask for what.
  public init(
    annotator: AnnotatorName, seed: UInt64 = 0, isBlind: Bool = true, fileName: String,
    exportPath: String? = nil, size: Size, display: DisplayText = DisplayText(),
    keymap: Keymap = .standard
  ) {
    self.annotator = annotator
    self.seed = seed
    self.isBlind = isBlind
    self.fileName = fileName
    self.exportPath = exportPath ?? Self.cleanedName(of: fileName)
    self.size = size
    self.display = display
    self.keymap = keymap
  }

  /// The proposed name of the cleaned data set: `pairs.jsonl.gz` becomes `pairs.clean.jsonl.gz`.
  ///
  /// A folder in `path` stays; a stream without a name becomes `cleaned.jsonl`.
  public static func cleanedName(of path: String) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard let name = parts.last, !name.isEmpty, !name.hasPrefix("("), name != "-" else {
      return "cleaned.jsonl"
    }
    let pieces = name.split(separator: ".", omittingEmptySubsequences: false)
    let isPacked =
      pieces.count > 2 && ["gz", "zst", "xz", "bz2"].contains(pieces[pieces.count - 1])
    let extensionCount = pieces.count == 1 || (pieces.count == 2 && pieces[0].isEmpty) ? 0 : 1
    let suffix = pieces.suffix(isPacked ? 2 : extensionCount)
    let stem = pieces.dropLast(suffix.count).joined(separator: ".")
    let cleaned = ([stem, "clean"] + suffix.map(String.init)).joined(separator: ".")
    return (parts.dropLast().map(String.init) + [cleaned]).joined(separator: "/")
  }
}
