import Foundation
import PreferenceData
import Testing

@Suite("ISO 8601")
struct ISO8601Tests {
  @Test("an instant is written as Foundation's calendar has it, and reads back")
  func agreesWithFoundation() throws {
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
    for index in 0..<4000 {
      // From 1600 to 2900, where the calendars agree, each at another time of day.
      let instant = -11_644_473_600_000 + Int64(index) * 10_256_123_457
      let text = ISO8601.text(millisecondsSince1970: instant)
      #expect(ISO8601.milliseconds(text) == instant)
      let seconds = (Double(instant) / 1000).rounded(.down)
      let parts = calendar.dateComponents(
        [.year, .month, .day, .hour, .minute, .second], from: Date(timeIntervalSince1970: seconds))
      let numbers = text.split { "-T:.Z".contains($0) }.compactMap { Int($0) }
      #expect(
        numbers.dropLast()
          == [parts.year, parts.month, parts.day, parts.hour, parts.minute, parts.second]
          .compactMap(\.self)[...])
    }
  }

  @Test("known instants")
  func known() {
    let known: [(Int64, String)] = [
      (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
      (951_782_400_000, "2000-02-29T00:00:00.000Z"),
      (1_800_000_000_123, "2027-01-15T08:00:00.123Z"),
      (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
      (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ]
    for (instant, text) in known {
      #expect(ISO8601.text(millisecondsSince1970: instant) == text)
      #expect(ISO8601.milliseconds(text) == instant)
    }
    // Total, whatever a damaged file holds.
    for instant in [Int64.min, .max] {
      #expect(!ISO8601.text(millisecondsSince1970: instant).isEmpty)
    }
  }

  @Test("offsets and fractions of any length are understood")
  func spellings() {
    for text in [
      "2027-01-15T08:00:00.120Z", "2027-01-15T08:00:00.12Z", "2027-01-15T08:00:00.1209999Z",
      "2027-01-15T10:00:00.120+02:00", "2027-01-15T02:30:00.12-05:30",
      "2027-01-15T08:00:00.120+00:00",
    ] {
      #expect(ISO8601.milliseconds(text) == 1_800_000_000_120, "\(text)")
    }
    #expect(ISO8601.milliseconds("2027-01-15T08:00:00Z") == 1_800_000_000_000)
  }

  @Test("what is no instant is refused")
  func refused() {
    for text in [
      "", "2027", "2027-01-15", "2027-01-15T08:00Z", "2027-01-15T08:00:00", "2027-13-15T08:00:00Z",
      "2027-00-15T08:00:00Z", "2027-02-29T08:00:00Z", "1900-02-29T08:00:00Z",
      "2027-01-00T08:00:00Z",
      "2027-04-31T08:00:00Z", "2027-01-15T24:00:00Z", "2027-01-15T08:60:00Z",
      "2027-01-15T08:00:60Z",
      "2027-01-15T08:00:00.Z", "2027-01-15T08:00:00ZZ", "2027-01-15T08:00:00+2:00",
      "2027-01-15 08:00:00Z", "+027-01-15T08:00:00Z", "２０２７-01-15T08:00:00Z",
      "2027-01-15T08:00:00+24:00",
    ] {
      #expect(ISO8601.milliseconds(text) == nil, "\(text)")
    }
  }
}
