public import PreferenceData

/// A question about the rows of a data set, and the order in which to list what it finds.
///
/// As a person writes it:
/// ```text
/// susp>.8 why:P words(a)>2*words(b) tag:safety -status:done OR prompt~/refund|money/i sort:-susp
/// ```
/// Terms beside each other have to hold together and bind closer than `OR`; `-` before a term denies it;
/// a word or text alone is looked for in prompts and responses. `description` writes a query so that
/// reading it gives the same query.
public struct Query: Hashable, Sendable {
  /// What a row has to be; nil asks for all rows.
  public var condition: Condition?
  /// The first key counts most; where there is none the order stays what it is.
  public var order: [SortKey]

  public init(condition: Condition? = nil, order: [SortKey] = []) {
    self.condition = condition
    self.order = order
  }

  public indirect enum Condition: Hashable, Sendable {
    /// Two or more, none of them `all`.
    case all([Condition])
    /// Two or more, none of them `any`.
    case any([Condition])
    case not(Condition)
    /// False where a side of it has no value.
    case comparison(Expression, Comparison, Expression)
    /// One of the values is the field's.
    case equals(Number, [Double])
    case property(Property, [String])
    /// One of the values is that of a column of the file.
    case column(FieldPath, [String])
    /// Letter case ignored.
    case contains(TextName, String)
    case matches(TextName, pattern: String, ignoresCase: Bool)
  }

  /// One place of the order.
  public struct SortKey: Hashable, Sendable {
    public var number: Number
    public var isFalling: Bool

    public init(_ number: Number, isFalling: Bool = false) {
      self.number = number
      self.isFalling = isFalling
    }
  }

  /// A number, worked out from left to right with `*` and `/` before `+` and `-`.
  public indirect enum Expression: Hashable, Sendable {
    case number(Double)
    /// A day, from its first moment on, in milliseconds since 1970.
    case day(Int64)
    case field(Number)
    case measure(Measure, TextName)
    case operation(Expression, Operation, Expression)
  }

  public enum Operation: String, Hashable, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case over = "/"
  }

  public enum Comparison: String, Hashable, Sendable, CaseIterable {
    case atLeast = ">="
    case atMost = "<="
    case unequal = "!="
    case above = ">"
    case below = "<"
    case equal = "="
  }

  /// Something of a row that is a number.
  public enum Number: Hashable, Sendable {
    case suspicion
    /// The place in the queue, 1 = most suspicious.
    case rank
    /// The place in the file, from 0.
    case row
    /// How many other rows hold the same pair.
    case copies
    /// The words of the longer side over those of the shorter one: says nothing of which is which.
    case ratio
    /// The words of all sides.
    case length
    /// How long the decision took.
    case seconds
    /// What was decided: 1 better, 2 much better, 3 beyond doubt.
    case strength
    /// When it was decided.
    case time
    case signal(SignalID)
    /// A column of the file that holds numbers.
    case column(FieldPath)
  }

  /// What can be counted of a text.
  public enum Measure: String, Hashable, Sendable, CaseIterable {
    /// Stretches between blanks.
    case words
    /// Unicode scalars.
    case chars
    /// Line feeds, and one more; 0 of an empty text.
    case lines
  }

  /// A text of a row.
  public enum TextName: String, Hashable, Sendable, CaseIterable {
    /// The side that stands as A, and B, on this annotator's screen.
    case a, b
    case chosen, rejected, prompt
    /// What the annotator wrote of the decision.
    case note
    /// Prompt and responses.
    case any
  }

  /// Something of a row that is one or more words.
  public enum Property: String, Hashable, Sendable, CaseIterable {
    case status, why, tag, source
    /// Who labelled the row, as the file says.
    case annotator = "ann"
    /// Who has decided it in this review.
    case reviewer = "by"
    /// Why the label was wrong.
    case reason
    /// What the criteria of a rubric say: `helpful` or `helpful=a`.
    case criterion
    case conflict
    /// What makes it ambiguous, whatever its suspicion.
    case ambiguous
    /// Near a row that is named: alike, or bearing on it (`ScanArtefacts.near`).
    case near
    case id
  }
}
