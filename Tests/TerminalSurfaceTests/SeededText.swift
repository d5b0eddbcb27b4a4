/// Numbers that depend on a seed alone (SplitMix64: Steele, Lea and Flood 2014).
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: Int) { state = UInt64(seed) }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

/// Text of the kinds that break terminals, beside ordinary words.
func hostileText(seed: Int, pieces: Int = 40) -> String {
  var numbers = SeededNumbers(seed)
  let kinds = [
    "word", "a", "longer-word", " ", "  ", "\n", "\r\n", "\t", "日本語", "한국어",
    "\u{1112}\u{1161}\u{11AB}",
    "e\u{301}", "\u{301}", "a\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}", "\u{1B}[31m", "\u{9B}m",
    "\u{7}", "\u{0}", "\r", "\u{202E}", "\u{2066}", "\u{200B}", "a\u{200D}b", "\u{FEFF}", "\u{AD}",
    "👨‍👩‍👧‍👦", "👍🏽", "❤️", "1️⃣", "🇩🇪", "🇩", "🏽", "\u{1FADF}", "\u{E0041}", "\u{2028}", "हिन्दी",
    "עברית", "،ه‌م", "\u{10FFFF}", "\u{E000}", "\u{3164}", "ｶﾞ", "、",
  ]
  var text = ""
  for _ in 0..<pieces {
    if Int.random(in: 0..<4, using: &numbers) == 0 {
      let scalar = Unicode.Scalar(UInt32.random(in: 0..<0x11_0000, using: &numbers))
      text.unicodeScalars.append(scalar ?? " ")
    } else {
      text += kinds[Int.random(in: kinds.indices, using: &numbers)]
    }
    if Bool.random(using: &numbers) { text += " " }
  }
  return text
}
