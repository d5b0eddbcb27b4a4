import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Settings")
struct SettingsTests {
  private func read(
    _ source: String?, _ environment: [String: String] = [:]
  ) throws -> (settings: Settings, problems: [SettingProblem]) {
    Settings.read(try source.map { try TOMLFile($0) }, environment: environment)
  }

  /// Two different values of a setting, as an option takes them.
  private func values(of setting: Setting) -> (String, String) {
    switch setting.kind {
    case .text: ("one", "two words")
    case .annotator: ("kim", "lee")
    case .flag: ("true", "false")
    case .choice(let words): (words[0], words[1])
    case .wholeNumber: ("7", "12")
    case .number: ("0.25", "0.4")
    case .words(let words): (words[2], words[3] + "," + words[4])
    }
  }

  @Test(
    "the environment wins over the file, and the file over what Demur comes with",
    arguments: Setting.allCases)
  func precedence(setting: Setting) throws {
    let (one, two) = values(of: setting)
    let source = try #require(Settings.saying(setting, one, in: "# mine\n"))
    #expect(try read(nil).settings[setting] == .init(text: setting.standard, source: .standard))
    let file = try read(source)
    #expect(file.problems.isEmpty)
    #expect(file.settings[setting] == .init(text: one, source: .file(line: 1)))
    let both = try read(source, [setting.variable: two])
    #expect(both.problems.isEmpty)
    #expect(
      both.settings[setting] == .init(text: two, source: .environment(setting.variable)))
    #expect(try read(source, [setting.variable: ""]).settings[setting].text == one)
    // What is said of one setting changes no other.
    for other in Setting.allCases where other != setting {
      #expect(both.settings[other] == Settings.standard[other])
    }
  }

  @Test("NO_COLOR counts as a variable, and DEMUR_COLOR over it")
  func noColour() throws {
    let file = "color = 256"
    #expect(try read(file).settings.text(.color) == "256")
    let without = try read(file, ["NO_COLOR": "1"]).settings[.color]
    #expect(without == .init(text: "never", source: .environment("NO_COLOR")))
    #expect(try read(file, ["NO_COLOR": ""]).settings.text(.color) == "256")
    let both = ["NO_COLOR": "1", "DEMUR_COLOR": "direct"]
    #expect(try read(file, both).settings.text(.color) == "direct")
  }

  @Test("what cannot be meant so is named with its line and the nearest name, and changes nothing")
  func problems() throws {
    let source = """
      theme = "light"
      colour = "16"
      flag-share = 1.5
      open = "perhaps"
      [keys.pairs]
      help = "?"
      [keys.pair]
      decide-tye = "T"
      undo = "T"
      prefer-a = 3
      prefer-b = "Crtl-B"
      """
    let (settings, problems) = try read(source, ["DEMUR_SEED": "-1"])
    let expected: [SettingProblem] = [
      .init(place: .line(2), reason: .unknownName("colour", nearest: "color")),
      .init(place: .line(3), reason: .wrongValue(.flagShare, "1.5")),
      .init(place: .line(4), reason: .wrongValue(.open, "perhaps")),
      .init(place: .line(6), reason: .unknownScope("pairs", nearest: "pair")),
      .init(place: .line(8), reason: .unknownAction("decide-tye", .pair, nearest: "decide-tie")),
      .init(place: .line(9), reason: .elsewhere(.undo, .pair, [.everywhere])),
      .init(place: .line(10), reason: .noKeys(.preferA)),
      .init(
        place: .line(11),
        reason: .wrongKey(.preferB, .unknown("Crtl-B", nearest: "Ctrl-B"))),
      .init(place: .variable("DEMUR_SEED"), reason: .wrongValue(.seed, "-1")),
    ]
    #expect(problems == expected)
    #expect(settings.text(.theme) == "light")
    #expect(settings.keymap == .standard)
    var rest = settings
    rest.values[.theme] = Settings.standard[.theme]
    #expect(rest == .standard)
  }

  @Test(
    "a setting said anew is there, and every other line stays", arguments: 0..<64 as Range<UInt64>)
  func editing(seed: UInt64) throws {
    var generator = SplitMix(seed: seed)
    let lines = [
      "# what I like", "", "seed = 3", "theme = \"dark\"  # as at work", "  ascii = false",
      "'jobs' = 2",
    ]
    var source = lines.filter { _ in Bool.random(using: &generator) }
    if Bool.random(using: &generator) { source += ["# my keys", "[keys.pair]", "prefer-a = 'A'"] }
    let before = source.joined(separator: "\n") + (Bool.random(using: &generator) ? "\n" : "")
    for setting in Setting.allCases {
      let value = Bool.random(using: &generator) ? values(of: setting).0 : values(of: setting).1
      let after = try #require(Settings.saying(setting, value, in: before))
      let (old, new) = (try read(before).settings, try read(after).settings)
      #expect(new.text(setting) == value)
      for other in Setting.allCases where other != setting {
        #expect(new.text(other) == old.text(other))
      }
      #expect(
        new.rebindings.map { [$0.action.rawValue, "\($0.sequences)"] }
          == old.rebindings.map { [$0.action.rawValue, "\($0.sequences)"] })
      let kept = Set(after.split(separator: "\n"))
      for line in before.split(separator: "\n")
      where !line.contains("=") || !line.contains(setting.rawValue) {
        #expect(kept.contains(line))
      }
      if before.contains("as at work") { #expect(after.contains("# as at work")) }
      #expect(Settings.saying(setting, value, in: after) == after)
    }
  }

  @Test("texts with quotation marks, and numbers that TOML does not hold, come back as they were")
  func awkwardValues() throws {
    for value in ["a\"b\\c", "tab\there", "caf\u{E9} \u{1F600}", "'"] {
      let source = try #require(Settings.saying(.theme, value, in: ""))
      #expect(try read(source).settings.text(.theme) == value)
    }
    let source = try #require(Settings.saying(.seed, "\(UInt64.max)", in: "a = 1\r\n"))
    #expect(try read(source).settings.wholeNumber(.seed) == .max)
    #expect(source == "a = 1\r\nseed = \"18446744073709551615\"\r\n")
    #expect(Settings.saying(.seed, "x", in: "") == nil)
    #expect(Settings.saying(.flagShare, "1", in: "") == nil)
  }
}
