/// A small generator that gives the same numbers for the same seed (SplitMix64, Steele et al. 2014).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x9e37_79b9_7f4a_7c15 }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }

  mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &self) < share }

  mutating func one<Value>(of values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &self)]
  }
}

/// JSON rows as odd as people have them, and files of them.
struct OddRows {
  var random: SeededGenerator

  init(seed: Int) { random = SeededGenerator(seed: seed) }

  /// The inside of a JSON string.
  mutating func text() -> [UInt8] {
    let pieces: [[UInt8]] = [
      "word", " ", "\\n", "\\\"", "\\\\", "\\/", "\\u00e9", "é", "漢字", "🙂", "\\ud83d\\ude42",
      "\u{2028}", "\u{85}", "{\\\"a\\\":[1,2]}", "]", "}", ",", "\\u0000", "-1.5e3", "שלום", "\\t",
    ].map { Array($0.utf8) }
    var text: [UInt8] = []
    for _ in 0..<Int.random(in: 0..<12, using: &random) { text += random.one(of: pieces) }
    if random.chance(0.05) { text += Array("\\ud800".utf8) }
    if random.chance(0.05) { text += [0xFF, 0xC3] }
    return text
  }

  mutating func string() -> [UInt8] { [0x22] + text() + [0x22] }

  mutating func value(depth: Int = 0) -> [UInt8] {
    switch Int.random(in: 0..<(depth > 2 ? 6 : 8), using: &random) {
    case 0: return Array("null".utf8)
    case 1: return Array(random.one(of: ["true", "false"]).utf8)
    case 2:
      return Array(
        random.one(of: ["0", "-0", "1E400", "12345678901234567890123", "0.10", "-7e-2"]).utf8)
    case 3: return Array(random.one(of: ["NaN", "Infinity", "-Infinity"]).utf8)
    case 4, 5: return string()
    case 6:
      let count = Int.random(in: 0..<4, using: &random)
      var array: [UInt8] = [0x5B]
      for place in 0..<count { array += (place > 0 ? comma() : blank()) + value(depth: depth + 1) }
      return array + blank() + [0x5D]
    default:
      return object(
        (0..<Int.random(in: 0..<4, using: &random)).map { _ in
          (string(), value(depth: depth + 1))
        })
    }
  }

  mutating func blank() -> [UInt8] { Array(random.one(of: ["", "", " ", "  ", "\t"]).utf8) }

  mutating func comma() -> [UInt8] { blank() + [0x2C] + blank() }

  mutating func object(_ members: [(key: [UInt8], value: [UInt8])]) -> [UInt8] {
    var object: [UInt8] = [0x7B]
    for (place, member) in members.enumerated() {
      object += place > 0 ? comma() : blank()
      object += member.key + blank() + [0x3A] + blank() + member.value
    }
    return object + blank() + [0x7D]
  }

  /// A row with `prompt`, `chosen` and `rejected` among odd columns, some of them twice.
  mutating func row() -> [UInt8] {
    func quoted(_ key: String) -> [UInt8] { Array("\"\(key)\"".utf8) }
    var members = ["prompt", "chosen", "rejected"].map { (key: quoted($0), value: string()) }
    if random.chance(0.5) {
      members.append((quoted("score_chosen"), Array("0.50".utf8)))
      members.append((quoted("score_rejected"), value()))
    }
    if random.chance(0.3) {
      members.append((quoted("chosen-model"), string()))
      members.append((quoted("rejected-model"), string()))
    }
    if random.chance(0.3) {
      let margins = ["1.50", "-2", "0", "-0.0", "1e2"]
      members.append((quoted("margin"), Array(random.one(of: margins).utf8)))
    }
    for _ in 0..<Int.random(in: 0..<4, using: &random) { members.append((string(), value())) }
    if random.chance(0.2) { members += [(quoted("twice"), value()), (quoted("twice"), value())] }
    return object(members.shuffled(using: &random))
  }

  /// A line that is no pair: broken, cut off, or of another shape.
  mutating func brokenRow() -> [UInt8] {
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return Array(row().dropLast(Int.random(in: 1..<5, using: &random)))
    case 1: return Array("nonsense".utf8)
    case 2: return Array("[1,2]".utf8)
    default:
      return Array(#"{"prompt":"p","chosen":"a","chosen":"b","rejected":"c"}"#.utf8)
    }
  }

  /// A JSONL file with a few blank and broken lines, in any line ends; and its rows.
  mutating func lines(count: Int, brokenShare: Double = 0.03) -> (file: [UInt8], rows: [[UInt8]]) {
    let byteOrderMark: [UInt8] = random.chance(0.3) ? [0xEF, 0xBB, 0xBF] : []
    let feed = random.one(of: ["\n", "\n", "\r\n"])
    var file = byteOrderMark
    var rows: [[UInt8]] = []
    for place in 0..<count {
      while random.chance(0.1) { file += Array((random.one(of: ["", "  ", "\t"]) + feed).utf8) }
      let row = random.chance(brokenShare) ? brokenRow() : row()
      rows.append(row)
      file += row
      if place < count - 1 || random.chance(0.7) { file += Array(feed.utf8) }
    }
    return (file, rows)
  }

  /// A JSON array of rows with blanks of all kinds between them.
  mutating func array(count: Int) -> (file: [UInt8], rows: [[UInt8]]) {
    var file: [UInt8] = random.chance(0.3) ? [0xEF, 0xBB, 0xBF] : []
    file += Array(random.one(of: ["[", " [ ", "[\n  ", "\r\n[\r\n"]).utf8)
    var rows: [[UInt8]] = []
    for place in 0..<count {
      if place > 0 { file += Array(random.one(of: [",", ", ", ",\n  ", "\n,\r\n"]).utf8) }
      rows.append(row())
      file += rows[place]
    }
    file += Array(random.one(of: ["]", " ]\n", "\n]", "\n]\n\n"]).utf8)
    return (file, rows)
  }
}
