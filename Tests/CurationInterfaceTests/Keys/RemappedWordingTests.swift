import PreferenceData
import TerminalSurface
import Testing

@testable import CurationInterface

/// What sentences on screen say of keys, where every key is another one.
@Suite("Sentences under other keys")
struct RemappedWordingTests {
  /// The standard table with `~` before every sequence: no key is what it was.
  private static let keymap = Keymap.standard.rebound(
    Keymap.standard.bindings.map { binding in
      Keymap.Rebinding(
        binding.action, binding.scope,
        binding.sequences.map { KeySequence([.character("~")] + $0.keys) })
    })

  /// A sentence, how to have it said, and whose keys it names.
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var actions: [Action]
    var named: [Action]
    var isScanned = true
    var isBlind = true
    var isInPair = true
    var row = 0

    init(
      _ name: String, _ actions: [Action], names named: [Action], isScanned: Bool = true,
      isBlind: Bool = true, isInPair: Bool = true, row: Int = 0
    ) {
      testDescription = name
      self.actions = actions
      self.named = named
      self.isScanned = isScanned
      self.isBlind = isBlind
      self.isInPair = isInPair
      self.row = row
    }
  }

  static let cases: [Case] = [
    Case("no range", [.markRange], names: [.mark, .markRange], isInPair: false),
    Case("blind bulk", [.swapMarked], names: [.blind], isInPair: false),
    Case(
      "nothing marked", [.tieMarked], names: [.mark, .markRange, .markAll, .filter],
      isInPair: false),
    Case("no scores", [.takeNewScores], names: [.engine], isScanned: false, isInPair: false),
    Case("no scan in the head", [], names: [.engine], isScanned: false),
    Case("nothing searched", [.nextMatch], names: [.searchText]),
    Case("no reason yet", [.reason], names: [.reason]),
    Case("reasons off", [.askReasons, .askReasons], names: [.reason]),
    Case("no similar yet", [.similar], names: [.similar]),
    Case(
      "no scan for similar", [.preferA, .previousPair, .similar], names: [.engine], isScanned: false
    ),
    Case("blind swap", [.swapPreference], names: [.preferA, .preferB, .blind]),
    Case(
      "no label to keep", [.keepOrPageDown], names: [.preferA, .preferB, .tie, .bothBad],
      isBlind: false, row: 14),
    Case("evidence after", [.evidenceAfter], names: [.nextUndecided]),
    Case("evidence after, off", [.evidenceAfter, .evidenceAfter], names: [.evidence]),
    Case("evidence comes", [.evidenceAfter, .preferA], names: [.nextUndecided]),
    Case("batch", [.preferA, .openBatch], names: [.nextUndecided, .jump, .undo]),
    Case("batches off", [.evidenceAfterBatch, .evidenceAfterBatch], names: [.openBatch]),
    Case("stay after deciding", [.autoNext], names: [.nextPair]),
    Case("copies", [.preferA], names: [.decideCopies], row: 8),
    Case(
      "dashboard without a scan", [.openDashboard, .bottom], names: [.engine], isScanned: false),
  ]

  @Test("every key that a sentence names is the one that does it", arguments: cases)
  func names(_ asked: Case) {
    var script = ReviewScript(
      size: Size(columns: 200, rows: 60), isBlind: asked.isBlind, isScanned: asked.isScanned,
      keymap: Self.keymap)
    if asked.isInPair {
      script.perform(.goToRow)
      script.type(String(asked.row))
      script.press(.enter)
      script.perform(.openPair)
    }
    for action in asked.actions { script.perform(action) }
    let scopes: [KeyScope] = [script.session.screen.scope] + KeyScope.allCases
    // The footer names keys too: what is looked for stands over it.
    let text = script.lines.dropLast().joined(separator: "\n")
    for action in asked.named {
      let key = scopes.lazy.compactMap { Self.keymap.key(for: action, in: $0) }.first
      #expect(key?.description.hasPrefix("~") == true)
      #expect(text.contains(key?.description ?? "?"), "\(action) in \(text.suffix(400))")
    }
  }

  @Test("a review told line by line names the keys as they are")
  func linear() throws {
    var script = ReviewScript(keymap: Self.keymap)
    script.perform(.openPair)
    var reader = LinearReader()
    let choices = try #require(reader.lines(for: script.session).last)
    for part in choices.split(separator: ", ") { #expect(part.hasPrefix("~"), "\(part)") }
  }
}
