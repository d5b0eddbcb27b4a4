/// Instants as ISO 8601 writes them, exact to the millisecond: `2026-11-22T06:50:00.125Z`.
///
/// Between days and dates by the algorithms of Howard Hinnant, "chrono-Compatible Low-Level Date
/// Algorithms" (https://howardhinnant.github.io/date_algorithms.html): in the proleptic Gregorian
/// calendar, without leap seconds.
public enum ISO8601 {
  private static let millisecondsPerDay: Int64 = 86_400_000
  /// Days from 1 March of the year 0, where its count begins, to 1 January 1970.
  private static let daysBefore1970: Int64 = 719_468
  private static let daysPerEra: Int64 = 146_097

  /// The instant in UTC with three digits behind the second.
  public static func text(millisecondsSince1970: Int64) -> String {
    let (day, millisecond) = millisecondsSince1970.flooredDivision(by: millisecondsPerDay)
    let (era, dayOfEra) = (day + daysBefore1970).flooredDivision(by: daysPerEra)
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let date = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(date, 2))"
      + "T\(padded(millisecond / 3_600_000, 2)):\(padded(millisecond / 60_000 % 60, 2))"
      + ":\(padded(millisecond / 1000 % 60, 2)).\(padded(millisecond % 1000, 3))Z"
  }

  /// The instant that `text` names, or nil where it is not a date, `T`, a time with seconds, and
  /// `Z` or an offset such as `+02:00`. Digits behind the millisecond are cut off.
  public static func milliseconds(_ text: String) -> Int64? {
    var scanner = Scanner(rest: text.utf8[...])
    guard let year = scanner.digits(4), scanner.take("-"), let month = scanner.digits(2),
      scanner.take("-"), let date = scanner.digits(2), scanner.take("T"),
      let hour = scanner.digits(2), scanner.take(":"), let minute = scanner.digits(2),
      scanner.take(":"), let second = scanner.digits(2), let fraction = scanner.fraction(),
      let offset = scanner.offsetInMinutes(), scanner.rest.isEmpty,
      (1...12).contains(month), (1...daysInMonth(month, year: year)).contains(date),
      hour < 24, minute < 60, second < 60
    else { return nil }
    let seconds = (hour * 60 + minute - offset) * 60 + second
    return day(year: year, month: month, date: date) * millisecondsPerDay
      + seconds * 1000 + fraction
  }

  /// Days since 1970.
  private static func day(year: Int64, month: Int64, date: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = shifted.flooredDivision(by: 400)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + date - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * daysPerEra + dayOfEra - daysBefore1970
  }

  private static func daysInMonth(_ month: Int64, year: Int64) -> Int64 {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }

  private static func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value.magnitude)
    return (value < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count))
      + digits
  }

  private struct Scanner {
    var rest: Substring.UTF8View

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard rest.first == UInt8(ascii: character) else { return false }
      rest.removeFirst()
      return true
    }

    mutating func digits(_ count: Int) -> Int64? {
      var value: Int64 = 0
      for _ in 0..<count {
        guard let digit = digit() else { return nil }
        value = value * 10 + digit
      }
      return value
    }

    /// Milliseconds behind the second; 0 where there is no fraction, nil where it has no digit.
    mutating func fraction() -> Int64? {
      guard take(".") else { return 0 }
      guard var value = digit() else { return nil }
      var count = 1
      while let digit = digit() {
        if count < 3 { value = value * 10 + digit }
        count += 1
      }
      return count == 1 ? value * 100 : count == 2 ? value * 10 : value
    }

    mutating func offsetInMinutes() -> Int64? {
      if take("Z") { return 0 }
      let sign: Int64
      if take("+") {
        sign = 1
      } else if take("-") {
        sign = -1
      } else {
        return nil
      }
      guard let hours = digits(2), take(":"), let minutes = digits(2), hours < 24, minutes < 60
      else { return nil }
      return sign * (hours * 60 + minutes)
    }

    private mutating func digit() -> Int64? {
      guard let byte = rest.first, (0x30...0x39).contains(byte) else { return nil }
      rest.removeFirst()
      return Int64(byte - 0x30)
    }
  }
}

extension Int64 {
  /// Quotient and remainder with a remainder that is never negative.
  fileprivate func flooredDivision(by divisor: Int64) -> (Int64, Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
