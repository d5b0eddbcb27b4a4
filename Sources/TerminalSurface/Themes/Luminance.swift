import Glibc

extension Colour {
  /// The relative luminance of an sRGB colour, 0...1 (WCAG 2.1, definition of relative luminance).
  static func luminance(red: UInt8, green: UInt8, blue: UInt8) -> Double {
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// An sRGB part as light, 0...1 (IEC 61966-2-1, with WCAG's threshold).
  static func linear(_ part: UInt8) -> Double {
    let value = Double(part) / 255
    return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
  }
}
