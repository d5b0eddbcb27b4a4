/// A form of training data into which any readable data set can be converted.
///
/// A form is a value: it writes one example as one JSON object or several, or says why it cannot.
/// Adding one is a file in `Targets` and a line in `TargetFormats.all`.
public protocol TargetFormat: Sendable {
  /// The name that `demur export --format` takes.
  var name: String { get }

  /// How the form is described to a person, in a few words.
  var summary: String { get }

  /// What a trainer's own list of data sets has to say about the file `name` with the columns
  /// `columns`; nil where the trainer needs no such thing.
  func registration(of name: String, columns: [String]) -> JSONValue?
}

/// What forms do for a conversion.
protocol TargetWriting: TargetFormat {
  /// As which Demur reads the form.
  var reader: any RowFormat { get }

  /// The objects that say what `example` says.
  func objects(for example: TrainingExample) throws(Inexpressible) -> [[JSONValue.Member]]

  /// Whether `rows`, as they are read back from these objects, are `example`.
  func isSame(_ rows: [PreferenceRow], as example: TrainingExample) -> Bool
}

extension TargetFormat {
  public func registration(of name: String, columns: [String]) -> JSONValue? { nil }
}

/// A form of which every object compares two responses.
protocol PairWriting: TargetWriting {
  func object(for pair: Comparison) throws(Inexpressible) -> [JSONValue.Member]
}

extension PairWriting {
  func objects(for example: TrainingExample) throws(Inexpressible) -> [[JSONValue.Member]] {
    guard case .comparison(let pair) = example else { throw .singleResponse }
    return [try object(for: pair)]
  }

  func isSame(_ rows: [PreferenceRow], as example: TrainingExample) -> Bool {
    guard case .comparison(let pair) = example, rows.count == 1 else { return false }
    return rows[0].label.preferred == 0 && rows[0].context == pair.context
      && rows[0].sides.map(\.turns) == [pair.chosen, pair.rejected]
  }
}

/// The forms that Demur writes.
public enum TargetFormats {
  static let writing: [any TargetWriting] = [
    TRLConversation(hasPrompt: true), TRLConversation(hasPrompt: false), TRLText(hasPrompt: true),
    TRLText(hasPrompt: false), HHTarget(), OpenAITarget(), LLaMAFactoryTarget(), AxolotlTarget(),
    OpenRLHFTarget(), KTOTarget(), MSSwiftTarget(), NeMoRLTarget(),
  ]

  public static var all: [any TargetFormat] { writing }
}
