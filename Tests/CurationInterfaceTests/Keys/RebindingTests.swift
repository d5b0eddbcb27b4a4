import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Keys of one's own")
struct RebindingTests {
  private func read(_ source: String) throws -> (settings: Settings, problems: [SettingProblem]) {
    Settings.read(try TOMLFile(source), environment: [:])
  }

  /// Whether two things are asked for in a view by one sequence, or one is hidden by another: worked
  /// out by what is looked up, not by comparing sequences.
  private func everyKeyIsReached(in keymap: Keymap) -> Bool {
    KeyScope.allCases.allSatisfy { scope in
      keymap.bindings(in: scope).allSatisfy { binding in
        binding.sequences.allSatisfy { sequence in
          (1..<sequence.keys.count).allSatisfy {
            keymap.lookup(Array(sequence.keys.prefix($0)), in: scope) == .prefix
          } && Set(actions(of: sequence, in: scope, keymap)) == [binding.action]
        }
      }
    }
  }

  private func actions(
    of sequence: KeySequence, in scope: KeyScope, _ keymap: Keymap
  ) -> [Action] {
    keymap.bindings(in: scope).filter { $0.sequences.contains(sequence) }.map(\.action)
  }

  @Test(
    "a table is refused exactly where a key asks for two things or is never reached",
    arguments: 0..<128 as Range<UInt64>)
  func clashesOfGeneratedTables(seed: UInt64) {
    var generator = SplitMix(seed: seed)
    let letters = ["a", "b", "g", "q", "u", "Tab", "gg", "g Tab", "gu", "Ctrl-R", "ga", "Z"]
    let rebindings = (0..<Int.random(in: 1...4, using: &generator)).compactMap { _ in
      Keymap.standard.bindings.randomElement(using: &generator).map { binding in
        Keymap.Rebinding(
          binding.action, binding.scope,
          letters.shuffled(using: &generator).prefix(Int.random(in: 1...2, using: &generator))
            .compactMap { KeySequence($0) })
      }
    }
    let keymap = Keymap.standard.rebound(rebindings)
    #expect(keymap.clashes.isEmpty == everyKeyIsReached(in: keymap))
  }

  @Test("the table as a file says is the table")
  func fileRoundTrips() throws {
    let source = Keymap.standard.configurationLines.joined(separator: "\n")
    let (settings, problems) = try read(source)
    #expect(problems.isEmpty)
    #expect(settings.rebindings.count == Keymap.standard.bindings.count)
    #expect(settings.keymap == .standard)
  }

  @Test("several keys for an action, and none")
  func rebinds() throws {
    let source = """
      [keys.pair]
      swap-preference = ["S", "g Tab"]
      decide-drop = []
      [keys.everywhere]
      toggle-blind = "F9"
      """
    let (settings, problems) = try read(source)
    #expect(problems.isEmpty)
    let keymap = settings.keymap
    #expect(keymap.lookup([.character("S")], in: .pair) == .action(.swapPreference))
    #expect(keymap.lookup([.character("g"), .tab], in: .pair) == .action(.swapPreference))
    #expect(keymap.lookup([.character("s")], in: .pair) == .nothing)
    #expect(keymap.lookup([.character("d")], in: .pair) == .nothing)
    #expect(keymap.lookup([.function(9)], in: .queue) == .action(.blind))
    #expect(keymap.markdownTable.contains { $0.contains("`S` `g Tab`") })
  }

  @Test("a clash names both lines, and a hidden key names the one that hides it")
  func clashesNameBothLines() throws {
    let source = """
      [keys.pair]
      decide-tie = "u"
      prefer-a = ["a", "T"]
      prefer-b = "T"
      [keys.queue]
      mark-row = "g"
      """
    let (settings, problems) = try read(source)
    #expect(settings.keymap == .standard)
    let everywhere = SettingProblem.Holder(action: .undo, scope: .everywhere, line: nil)
    let tie = SettingProblem.Holder(action: .tie, scope: .pair, line: 2)
    let a = SettingProblem.Holder(action: .preferA, scope: .pair, line: 3)
    let b = SettingProblem.Holder(action: .preferB, scope: .pair, line: 4)
    let u = KeySequence([.character("u")])
    let t = KeySequence([.character("T")])
    #expect(
      problems.contains(.init(place: .line(2), reason: .clash(u, .pair, tie, everywhere))))
    #expect(problems.contains(.init(place: .line(4), reason: .clash(t, .pair, a, b))))
    let mark = SettingProblem.Holder(action: .mark, scope: .queue, line: 6)
    let others = Keymap.standard.continuations(of: [.character("g")], in: .queue).count - 1
    let hidden = problems.contains { problem in
      if case .hidden(_, others, by: KeySequence([.character("g")]), .queue, mark, _) = problem
        .reason
      {
        return problem.place == .line(6)
      }
      return false
    }
    #expect(hidden)
  }

  @Test("keys that a terminal does not tell apart, or that cancel, are refused")
  func unreachableKeys() throws {
    #expect(throws: KeySequence.Mistake.merged("Ctrl-I", with: .tab)) {
      try KeySequence.read("Ctrl-I")
    }
    #expect(throws: KeySequence.Mistake.cancels(.escape)) { try KeySequence.read("g Esc") }
    #expect(throws: KeySequence.Mistake.tooLong("g g g g")) { try KeySequence.read("g g g g") }
    #expect(throws: KeySequence.Mistake.unknown("", nearest: nil)) { try KeySequence.read("") }
    #expect(try KeySequence.read("Space").keys == [.character(" ")])
    #expect(try KeySequence.read("g.").keys == [.character("g"), .character(".")])
  }

  @Test("nobody can lose the help, or the way out")
  func indispensableActions() throws {
    let (settings, problems) = try read("[keys.everywhere]\nhelp = []\nquit = []")
    #expect(problems.map(\.reason) == [.withoutKey(.help), .withoutKey(.quit)])
    #expect(settings.keymap == .standard)
  }

  @Test("help, footer, boxes and sentences show the keys that there are")
  func screensShowOwnKeys() throws {
    let source = """
      [keys.everywhere]
      toggle-blind = "F9"
      undo = "F5"
      help = ["F2"]
      [keys.pair]
      prefer-a = "W"
      prefer-b = "Y"
      toggle-word-diff = ",x"
      """
    let (settings, problems) = try read(source)
    #expect(problems.isEmpty)
    var script = ReviewScript(keymap: settings.keymap)
    script.go(to: 0)
    #expect(script.lines.last?.contains("W/Y better") == true)
    #expect(script.lines.last?.contains("F2 help") == true)
    script.press("s")
    #expect(script.screen.contains("decide with W or Y (F9 opens the label)"))
    script.press("a")
    #expect(script.screen.contains("a does nothing here: F2 shows the keys"))
    #expect(script.events.isEmpty)
    script.press(",")
    #expect(script.screen.contains("x Mark the words"))
    script.press("Esc F2")
    script.type("better")
    #expect(script.screen.contains("W"))
    script.press("Esc W F5")
    #expect(script.events.count == 2)
    #expect(script.decision(on: 0) == nil)
  }

  @Test("no key decides while text is typed, whatever the keys are", arguments: [false, true])
  func typedTextNeverDecides(isRebound: Bool) throws {
    let own = "[keys.pair]\nprefer-a = ['x', 'Enter']\ndecide-both-bad = 'X'\nnext-pair = 'J'"
    let (settings, problems) = try read(isRebound ? own : "")
    #expect(problems.isEmpty)
    for opening in ["i", "#", "/", "gn", "gi", "f", "F1", "E"] {
      var script = ReviewScript(isScanned: true, keymap: settings.keymap)
      script.go(to: 0)
      script.press(opening)
      let deciding = settings.keymap.bindings(in: .pair).filter { $0.group == .deciding }
      for key in deciding.flatMap(\.sequences).flatMap(\.keys) {
        // Enter ends what is typed, and runs what is chosen in the help; it is no label here.
        if key != .enter { script.press(key) }
      }
      #expect(script.events.isEmpty, "\(opening)")
      #expect(script.commands.allSatisfy { if case .record = $0 { false } else { true } })
    }
  }
}
