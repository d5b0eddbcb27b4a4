public import PreferenceScoring

/// How numbers are written on screen. No locale: the same everywhere, and its width is known.
public enum Numbers {
  /// `160,800`.
  public static func grouped(_ number: Int) -> String {
    var text = ""
    for (place, digit) in String(number.magnitude).reversed().enumerated() {
      if place > 0, place % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return (number < 0 ? "-" : "") + String(text.reversed())
  }

  /// `1 pair`, `160,800 pairs`.
  public static func count(_ number: Int, _ noun: String) -> String {
    "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  /// `1 row`, `1,200 rows`.
  static func counted(_ number: Int, _ noun: String) -> String {
    "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  /// `61%`, rounded down, so that nothing unfinished says 100 %.
  public static func percent(_ share: Double) -> String {
    guard share.isFinite else { return "0%" }
    return "\(Int(min(1, max(0, share)) * 100))%"
  }

  /// `57%`, to the nearest whole percent, for a share that was measured.
  public static func nearestPercent(_ share: Double) -> String {
    guard share.isFinite else { return "?" }
    return "\(Int((min(1, max(0, share)) * 100).rounded()))%"
  }

  /// `55-59` for an interval of a share.
  public static func percentRange(_ estimate: Estimate) -> String {
    [estimate.lower, estimate.upper].map { String(nearestPercent($0).dropLast()) }
      .joined(separator: "-")
  }

  /// `.93` for a number in [0, 1]; `1.0` only for 1 itself.
  public static func suspicion(_ value: Double) -> String {
    guard value.isFinite else { return "  -" }
    guard value < 1 else { return "1.0" }
    return "." + twoDigits(Int(max(0, value) * 100))
  }

  /// `+0.83`, `-2.10`: always with its sign and `decimals` digits.
  public static func signed(_ value: Double, decimals: Int = 2) -> String {
    (value < 0 ? "-" : "+") + fixed(abs(value), decimals: decimals)
  }

  /// `0.83`, `-0.83`.
  public static func fixed(_ value: Double, decimals: Int = 2) -> String {
    guard value.isFinite, abs(value) < 1e12 else {
      return value.isNaN ? "?" : value < 0 ? "-inf" : "inf"
    }
    let scale = (0..<decimals).reduce(1) { scale, _ in scale * 10 }
    let units = Int((value * Double(scale)).rounded())
    let sign = units < 0 ? "-" : ""
    let whole = abs(units) / scale
    guard decimals > 0 else { return "\(sign)\(whole)" }
    let rest = String(abs(units) % scale)
    return "\(sign)\(whole)." + String(repeating: "0", count: decimals - rest.count) + rest
  }

  /// `40s`, `4m`, `2h`, for time left.
  public static func timeLeft(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 3_600_000 else { return "?" }
    switch max(0, seconds) {
    case ..<90: return "\(Int(seconds.rounded(.up)))s"
    case ..<5_400: return "\(Int((seconds / 60).rounded(.up)))m"
    default: return "\(Int((seconds / 3_600).rounded(.up)))h"
    }
  }

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : String(number)
  }
}
