/// Columns whose names differ in nothing but a mark of the side: `response_a` and `response_b`.
struct ColumnFamily: Hashable, Sendable {
  /// The names by position of the side.
  var names: [String]
  /// The marks: `a` and `b`, `1` and `2`.
  var markers: [String]
  /// The words of the names without the mark, in lower case: `human ref`.
  var stem: String

  /// Whether the stem is `words`, or ends with them.
  func ends(with words: String) -> Bool { stem == words || stem.hasSuffix(" " + words) }

  func contains(word: String) -> Bool { stem.split(separator: " ").contains { $0 == word } }

  /// The families of two members or more among `keys`, by the first member's place; a name may belong
  /// to several.
  static func all(among keys: [String]) -> [ColumnFamily] {
    var places: [Slot: Int] = [:]
    var slots: [(slot: Slot, members: [Int: String])] = []
    for key in keys {
      for (slot, position) in Slot.all(of: key) {
        if let place = places[slot] {
          slots[place].members[position] = key
        } else {
          places[slot] = slots.count
          slots.append((slot, [position: key]))
        }
      }
    }
    return slots.compactMap { slot, members in
      // Numbers from 0 are no numbers from 1 that lack a 0.
      guard
        slot.alphabet != .fromOne || places[slot.fromZero].flatMap({ slots[$0].members[0] }) == nil
      else { return nil }
      var names: [String] = []
      while let name = members[names.count] { names.append(name) }
      guard names.count >= 2 else { return nil }
      return ColumnFamily(
        names: names, markers: names.indices.map { slot.alphabet.marker($0) }, stem: slot.stem)
    }
  }
}

/// A column name with a hole where the mark of the side stands.
private struct Slot: Hashable {
  enum Alphabet: Hashable, CaseIterable {
    case lower, upper, fromZero, fromOne

    func marker(_ position: Int) -> String {
      switch self {
      case .lower: LabelValues.letter(position)
      case .upper: LabelValues.letter(position).uppercased()
      case .fromZero: String(position)
      case .fromOne: String(position + 1)
      }
    }

    func position(of mark: Character) -> Int? {
      guard let byte = mark.asciiValue else { return nil }
      switch self {
      case .lower: return byte >= 0x61 && byte <= 0x7A ? Int(byte - 0x61) : nil
      case .upper: return byte >= 0x41 && byte <= 0x5A ? Int(byte - 0x41) : nil
      case .fromZero: return byte >= 0x30 && byte <= 0x39 ? Int(byte - 0x30) : nil
      case .fromOne: return byte >= 0x31 && byte <= 0x39 ? Int(byte - 0x31) : nil
      }
    }
  }

  var before: String
  var after: String
  var alphabet: Alphabet

  var fromZero: Slot { Slot(before: before, after: after, alphabet: .fromZero) }

  /// The words of the name without the mark.
  var stem: String {
    (before + " " + after).lowercased().split { !$0.isLetter && !$0.isNumber }
      .joined(separator: " ")
  }

  /// Every way of taking one character of `key` for the mark of a side.
  static func all(of key: String) -> [(Slot, position: Int)] {
    let letters = Array(key)
    var found: [(Slot, position: Int)] = []
    for place in letters.indices {
      let mark = letters[place]
      guard mark.isASCII, mark.isLetter || mark.isNumber else { continue }
      let before = place > 0 ? letters[place - 1] : nil
      let after = place + 1 < letters.count ? letters[place + 1] : nil
      guard after.map({ !$0.isLetter && !$0.isNumber }) ?? true else { continue }
      // A letter stands apart or is the capital behind a small one; a number may follow letters.
      let stands: Bool
      if mark.isNumber {
        stands = before.map { !$0.isNumber } ?? true
      } else {
        stands = before.map { !$0.isLetter || ($0.isLowercase && mark.isUppercase) } ?? true
      }
      guard stands else { continue }
      for alphabet in Alphabet.allCases {
        guard let position = alphabet.position(of: mark) else { continue }
        let slot = Slot(
          before: String(letters[..<place]), after: String(letters[(place + 1)...]),
          alphabet: alphabet)
        found.append((slot, position))
      }
    }
    return found
  }
}
