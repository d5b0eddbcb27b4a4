extension UInt8 {
  var asciiLowercased: UInt8 { (0x41...0x5a).contains(self) ? self | 0x20 : self }
}

extension Unicode.Scalar {
  /// A letter or a number.
  var isWordCharacter: Bool {
    if isASCII {
      return switch value {
      case 0x30...0x39, 0x41...0x5a, 0x5f, 0x61...0x7a: true
      default: false
      }
    }
    return switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber:
      true
    default: false
    }
  }

  /// A mark that joins the letter before it.
  var isMark: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }

  /// Han, Hiragana, Katakana and Thai: a run of them is a sentence, not a word.
  var isWrittenWithoutSpaces: Bool {
    switch value {
    case 0x0e01...0x0e2e, 0x3041...0x30ff, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xf900...0xfaff,
      0x2_0000...0x3_ffff:
      true
    default: false
    }
  }
}

extension Span<UInt8> {
  /// The scalar that starts at `offset`, and how many bytes it has; the text is valid UTF-8.
  func scalar(at offset: Int) -> (scalar: Unicode.Scalar, length: Int) {
    let first = self[offset]
    let length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
    var value = length == 1 ? UInt32(first) : UInt32(first) & (0x7f >> UInt32(length))
    for index in 1..<Swift.max(length, 1) {
      value = value << 6 | UInt32(self[offset + index]) & 0x3f
    }
    return (Unicode.Scalar(value) ?? "\u{fffd}", length)
  }

  func hasWordCharacter(at offset: Int) -> Bool {
    offset < count && scalar(at: offset).scalar.isWordCharacter
  }
}
