/// What has to be known of a programming language to tell its words, strings and comments apart.
///
/// This is a reader's aid, not a parser: related languages share a table, and a language that is not
/// known is shown as code without distinctions.
struct CodeLanguage: Sendable {
  var keywords: Set<String> = []
  var ignoresCase = false
  var lineComments: [String] = []
  /// Whether a comment begins only where a word may: `$#` and `a#b` are none.
  var commentsStandFree = false
  var blockComment: (opening: String, closing: String)?
  /// The marks around strings.
  var quotes = ""
  /// Marks around strings that go on over line ends.
  var longQuotes: [String] = []
  /// Whether words stand for something only inside `<...>`.
  var isTagged = false

  static let unknown = CodeLanguage()

  /// The language that the info string of a fence names.
  init(named name: String) {
    switch name.lowercased() {
    case "python", "py", "python3", "ipython", "pycon": self = .python
    case "javascript", "js", "jsx", "typescript", "ts", "tsx", "node", "mjs": self = .script
    case "json", "jsonc", "json5", "jsonl": self = .json
    case "bash", "sh", "shell", "zsh", "console", "shell-session": self = .shell
    case "c", "h", "cpp", "c++", "cc", "hpp", "java", "cs", "csharp", "c#", "go", "golang", "rust",
      "rs", "swift", "kotlin", "kt", "scala", "dart", "php", "objc", "objective-c", "solidity":
      self = .braces
    case "sql", "mysql", "postgresql", "postgres", "sqlite", "plsql", "tsql": self = .sql
    case "html", "xml", "svg", "xhtml", "vue": self = .html
    default: self = .unknown
    }
  }

  private init(
    keywords: String = "", ignoresCase: Bool = false, lineComments: [String] = [],
    commentsStandFree: Bool = false, blockComment: (String, String)? = nil, quotes: String = "",
    longQuotes: [String] = [], isTagged: Bool = false
  ) {
    self.keywords = Set(keywords.split(whereSeparator: \.isWhitespace).map(String.init))
    self.ignoresCase = ignoresCase
    self.lineComments = lineComments
    self.commentsStandFree = commentsStandFree
    self.blockComment = blockComment.map { (opening: $0.0, closing: $0.1) }
    self.quotes = quotes
    self.longQuotes = longQuotes
    self.isTagged = isTagged
  }

  static let python = CodeLanguage(
    keywords: """
      False None True and as assert async await break class continue def del elif else except finally
      for from global if import in is lambda match nonlocal not or pass raise return self try while
      with yield
      """, lineComments: ["#"], quotes: "\"'", longQuotes: ["\"\"\"", "'''"])

  static let script = CodeLanguage(
    keywords: """
      any as async await boolean break case catch class const continue debugger default delete do else
      enum export extends false finally for from function get if implements import in instanceof
      interface keyof let never new null number of private protected public readonly return set static
      string super switch this throw true try type typeof undefined unknown var void while with yield
      """, lineComments: ["//"], blockComment: ("/*", "*/"), quotes: "\"'", longQuotes: ["`"])

  static let json = CodeLanguage(keywords: "true false null", quotes: "\"")

  static let shell = CodeLanguage(
    keywords: """
      case cd declare do done echo elif else esac eval exec exit export fi for function if in local
      readonly return select set shift source sudo then trap unset until while
      """, lineComments: ["#"], commentsStandFree: true, quotes: "\"'")

  /// C and its many descendants.
  static let braces = CodeLanguage(
    keywords: """
      abstract actor any as async auto await base bool boolean break byte case catch chan char class
      companion const constexpr continue crate data decimal def default defer delete do double dyn else
      enum explicit export extends extension extern fallthrough false final finally float fn for
      foreach friend from fun func function get go goto guard if impl implements import in init inline
      inout instanceof int interface internal is lazy let lock long loop map match mod move mut mutating
      namespace native new nil noexcept null nullptr object open operator out override package params
      private protected protocol pub public range readonly ref register repeat require return sealed
      select self set short signed sizeof static string struct super switch synchronized template this
      throw throws trait transient true try type typedef typename union unless unsafe unsigned use using
      val var virtual void volatile when where while yield
      """, lineComments: ["//"], blockComment: ("/*", "*/"), quotes: "\"'")

  static let sql = CodeLanguage(
    keywords: """
      add all alter and as asc begin between bigint boolean by case cast char check column commit
      constraint create cross date default delete desc distinct drop else end exists false float foreign
      from full group having in index inner insert int integer into is join key left like limit not null
      numeric offset on or order outer over partition primary references right rollback select set table
      text then timestamp true union unique update values varchar view when where with
      """, ignoresCase: true, lineComments: ["--"], blockComment: ("/*", "*/"), quotes: "'\"")

  static let html = CodeLanguage(
    blockComment: ("<!--", "-->"), quotes: "\"'", isTagged: true)
}
