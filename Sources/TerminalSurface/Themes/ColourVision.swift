import Glibc

/// How people see colours.
public enum ColourVision: String, Hashable, Sendable, CaseIterable {
  case normal, protanopia, deuteranopia, tritanopia

  /// What becomes of red, green and blue light.
  ///
  /// - Source: Machado, Oliveira and Fernandes 2009, "A Physiologically-based Model for Simulation of Color
  ///   Vision Deficiency", doi:10.1109/TVCG.2009.113, the matrices of severity 1.0.
  private var matrix: [[Double]] {
    switch self {
    case .normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    case .protanopia:
      [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ]
    case .deuteranopia:
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    case .tritanopia:
      [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
      ]
    }
  }

  /// How far apart two colours are for this vision: the Euclidean distance in CIELAB (CIE 1976, white
  /// point D65).
  ///
  /// - Returns: From 0, the same, to 100 for black and white and more for strong colours; nil where one of
  ///   them is the terminal's own.
  public func distance(_ one: Colour, _ other: Colour) -> Double? {
    guard let first = lab(one), let second = lab(other) else { return nil }
    return zip(first, second).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }

  /// CIELAB of `colour` as it is seen.
  private func lab(_ colour: Colour) -> [Double]? {
    guard let (red, green, blue) = colour.components else { return nil }
    let light = [red, green, blue].map(Colour.linear)
    let seen = matrix.map { row in
      min(1, max(0, zip(row, light).reduce(0) { $0 + $1.0 * $1.1 }))
    }
    // IEC 61966-2-1: linear sRGB to XYZ, and its white.
    let toXYZ = [
      [0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
      [0.0193339, 0.1191920, 0.9503041],
    ]
    let white = [0.95047, 1, 1.08883]
    let f = zip(toXYZ, white).map { row, white -> Double in
      let value = zip(row, seen).reduce(0) { $0 + $1.0 * $1.1 } / white
      return value > 216.0 / 24389 ? cbrt(value) : (24389.0 / 27 * value + 16) / 116
    }
    return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]
  }
}
