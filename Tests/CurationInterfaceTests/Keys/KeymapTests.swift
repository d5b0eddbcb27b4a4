import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Key table")
struct KeymapTests {
  private let keymap = Keymap.standard

  @Test("no key asks for two things in one view")
  func noClashes() {
    #expect(keymap.clashes == [])
  }

  @Test("a clash is found, and so is a key that hides a longer one")
  func clashesAreFound() {
    let same = Keymap(bindings: [
      Keymap.Binding(.tie, .pair, "t", .deciding, ""),
      Keymap.Binding(.help, .everywhere, "t", .program, ""),
    ])
    #expect(same.clashes.map(\.actions) == [[.tie, .help]])
    let hidden = Keymap(bindings: [
      Keymap.Binding(.top, .queue, "gg", .moving, ""),
      Keymap.Binding(.back, .queue, "g", .views, ""),
    ])
    #expect(hidden.clashes.map(\.sequence) == [KeySequence([.character("g")])])
  }

  @Test("every action has a key, a sentence and a name that stays", arguments: Action.allCases)
  func everyActionIsBound(action: Action) {
    let bindings = keymap.bindings.filter { $0.action == action }
    #expect(!bindings.isEmpty)
    #expect(bindings.allSatisfy { !$0.sequences.isEmpty && $0.summary.count > 8 })
    #expect(action.rawValue.allSatisfy { $0 == "-" || ($0.isLowercase && $0.isASCII) })
  }

  @Test("what a key is called can be read back")
  func notationRoundTrips() {
    for sequence in keymap.bindings.flatMap(\.sequences) {
      #expect(KeySequence(sequence.description) == sequence)
    }
  }

  @Test("arrows never label, and keys that terminals merge or eat are free")
  func safeKeys() {
    let arrows: [KeyPress] = [
      .up, .down, .left, .right, .home, .end, .pageUp, .pageDown, .enter, .backspace, .delete,
    ]
    for binding in keymap.bindings {
      for key in binding.sequences.flatMap(\.keys) {
        if binding.group == .deciding { #expect(!arrows.contains(key)) }
        if case .control(let letter) = key { #expect(!"imjhsq[\\".contains(letter)) }
      }
    }
  }

  @Test("every footer fits 80 columns, names the help, and shows only live keys")
  func footersFit() {
    for scope in [KeyScope.queue, .pair, .evidence, .bias, .firstLook] {
      for isBlind in [true, false] {
        for columns in [39, 59, 79, 119] {
          let runs = keymap.footer(in: scope, isBlind: isBlind, columns: columns)
          let text = runs.map(\.text).joined()
          #expect(text.count <= columns)
          #expect(text.hasSuffix("? help"))
        }
        for hint in Keymap.hints(in: scope, isBlind: isBlind) {
          for action in hint.actions { #expect(keymap.key(for: action, in: scope) != nil) }
        }
      }
    }
  }

  @Test(",h leaves the help alone in the last row, and brings the other keys back")
  func hints() throws {
    var script = ReviewScript()
    let before = try #require(script.lines.last)
    script.press(",h")
    #expect(script.lines.last?.trimmingPrefix(" ").hasPrefix("? help") == true)
    script.press(",h")
    #expect(script.lines.last == before)
  }

  @Test("a prefix waits for its second key and lists what may follow")
  func prefixes() {
    #expect(keymap.lookup([.character("g")], in: .queue) == .prefix)
    #expect(keymap.lookup([.character("g"), .character("g")], in: .queue) == .action(.top))
    #expect(keymap.lookup([.character("g"), .character("z")], in: .queue) == .nothing)
    let next = keymap.continuations(of: [.character(",")], in: .pair).map(\.binding.action)
    #expect(
      Set(next) == [
        .wordDiff, .rawText, .foldReasoning, .viewPicture, .blind, .turnSides, .autoNext, .auditMix,
        .askReasons, .askCriteria, .evidenceAfter, .evidenceAfterBatch, .chooseTheme,
        .hints,
      ])
  }

  @Test("every key of the table reaches its action in its view")
  func everyKeyReachesItsAction() {
    for scope in KeyScope.allCases {
      for binding in keymap.bindings(in: scope) {
        for sequence in binding.sequences {
          #expect(keymap.lookup(sequence.keys, in: scope) == .action(binding.action))
        }
      }
    }
  }
}
