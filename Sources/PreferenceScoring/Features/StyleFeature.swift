/// The 37 hand-made features of a response's style, in the order of their columns.
///
/// Of a response y to a prompt p: length L in Unicode scalars; *words* are maximal runs of `a-z`,
/// `0-9` and `'` in the lower-cased text, n of them (1e-9 is added, so that a share of no words is
/// 0); S sentences, at least 1; ln1(x) = ln(1 + x); W(t) the set of words of t without stop words;
/// *last* the last user turn of p. A pair's row is the difference chosen - rejected, so that
/// swapping the pair negates it.
public enum StyleFeature: Int, CaseIterable, Sendable {
  /// ln1(L).
  case loglen
  /// ln1(n).
  case logwords
  /// ln1(S); a sentence is a run of `.` `!` `?` followed by white space or the end.
  case sents
  /// ln1(number of newlines).
  case lines
  /// min(number of `?`, 5).
  case q
  /// min(number of `!`, 5).
  case excl
  /// ln1(number of digit characters).
  case digits
  /// ln1(number of lines that start, after white space, with `-`, `*`, `•`, `1.` or `1)`).
  case bullets
  /// ln1(number of `"` / 2).
  case quotes
  /// ln1(number of `(`).
  case paren
  /// Upper-case letters / (L + 1).
  case caps
  /// Different words / n.
  case ttr
  /// Summed word lengths / n.
  case wlen
  /// min(count, 3) of phrases that refuse or warn (`StylePhrases`).
  case refuse
  /// ln1(count) of phrases that hedge.
  case hedge
  /// min(count, 3) of questions that ask back.
  case clarify
  /// ln1(count) of polite phrases.
  case polite
  /// Words equal to `i` / n.
  case I
  /// Words equal to `you` or `your` / n.
  case you
  /// Words equal to `not`, `no`, `never` or ending in `n't` / n.
  case neg
  /// 1 where y ends in `?`.
  case endq
  /// 1 where the last character is one of `. ! ? " ' )`; also 1 for an empty y.
  case endpunct
  /// 1 where L < 40.
  case short1
  /// 1 where L < 100.
  case short2
  /// 1 where L > 400.
  case long1
  /// 1 where L > 900.
  case long2
  /// Size of W(p) and W(y) in common / (size of both together + 1).
  case jac
  /// Size of W(last) and W(y) in common / (size of W(last) + 1).
  case contain
  /// ln1(size of W(y) without W(p)).
  case novel
  /// 1 where W(last) and W(y) have a word in common.
  case lastover
  /// 1 - different neighbouring word pairs / word pairs; 0 with fewer than two words.
  case rep
  /// Square root of L.
  case sqrtlen
  /// ln1(n / S).
  case sentlen
  /// 1 where y contains `http` or `www.`.
  case url
  /// ln1(number of `,`).
  case comma
  /// ln1(number of `:`).
  case colon
  /// ln1(L) squared.
  case loglen2

  /// How many there are.
  public static let count = allCases.count

  /// The short name of the column.
  public var name: String { String(describing: self) }

  /// Whether the feature is a function of the response's length alone.
  public var isLength: Bool {
    switch self {
    case .loglen, .logwords, .short1, .short2, .long1, .long2, .sqrtlen, .loglen2: true
    default: false
    }
  }
}
