import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite struct FindingTests {
  private func row(
    _ first: String, _ second: String, prompt: String = "Why?", prefers: Int = 0
  ) -> PreferenceRow {
    PreferenceRow(
      context: [Turn(.user, prompt)],
      sides: [first, second].map { Side(turns: [Turn(.assistant, $0)]) }, label: .prefers(prefers))
  }

  private func found(_ rows: PreferenceRow...) -> [[RowFinding]] {
    RowFindings.found(in: RowList(rows)).map(\.list)
  }

  @Test("the same pair with the other side preferred is an exact conflict, wherever it stands")
  func exactConflicts() {
    let others = row("One.", "Two.", prompt: "What?", prefers: 1)
    #expect(
      found(row("One.", "Two."), others, row("Two.", "One."), row("A day.", "A week."))
        == [[.exactConflict], [], [.exactConflict], []])
    #expect(
      found(row("One.", "Two."), row("One.", "Two.", prefers: 1))
        == [[.exactConflict], [.exactConflict]])
    #expect(found(row("One.", "Two."), row("One.", "Two.")) == [[], []])
  }

  @Test("a near-copy with the other side preferred is a near conflict, not an exact one")
  func nearConflicts() {
    #expect(
      found(row("One day", "Two days"), row("two  DAYS.", "one day", prompt: "why?"))
        == [[.nearConflict], [.nearConflict]])
    #expect(
      found(row("One day", "Two days"), row("one day.", "two days.")) == [[], []])
    // The first and the third contradict each other to the byte, both contradict the second nearly.
    #expect(
      found(
        row("One day", "Two days"), row("one day", "two days"), row("Two days", "One day"))
        == [[.exactConflict], [.nearConflict], [.exactConflict, .nearConflict]])
  }

  @Test("the same preference shown in both orders is an order duplicate, in one order it is not")
  func orderDuplicates() {
    #expect(
      found(row("One.", "Two."), row("Two.", "One.", prefers: 1))
        == [[.orderDuplicate], [.orderDuplicate]])
    #expect(found(row("One.", "Two."), row("One.", "Two.")) == [[], []])
  }

  @Test("what a row shows by itself is found: equal, nearly equal, empty, contained, parting early")
  func alone() {
    #expect(found(row("Same.", "Same.")) == [[.identicalSides]])
    #expect(found(row("Same thing", "same thing.")) == [[.nearIdenticalSides]])
    #expect(found(row("Words.", " ")) == [[.emptySide]])
    #expect(
      found(row("Take two a day.", "Listen: Take two a day. Or three.")) == [[.containedSide]])
    #expect(found(row("day", "Take it today")) == [[]])
    var early = row("One.", "Two.")
    early.sides[1].turns.insert(Turn(.user, "And then?"), at: 0)
    #expect(found(early) == [[.earlyParting]])
    let tie = PreferenceRow(context: [], sides: row("A", "A").sides, label: .tie)
    #expect(found(tie) == [[.identicalSides]])
  }

  @Test("swapping all labels changes no finding", arguments: 0..<8)
  func labelsDoNotMatter(seed: UInt64) {
    var pairs = GeneratedPairs(seed: seed)
    var generator = SeededGenerator(seed: seed)
    var rows = pairs.rows(20)
    for _ in 0..<40 {
      var copy = rows[generator.below(rows.count)]
      if generator.below(2) == 0 { copy = copy.swapped }
      if generator.below(2) == 0 { copy.sides.swapAt(0, 1) }
      rows.append(copy)
    }
    let list = RowList(rows)
    let found = RowFindings.found(in: list)
    #expect(found == RowFindings.found(in: list.swapped))
    #expect(found.contains { $0.contains(RowFindings(.exactConflict)) })
    // By hand: some other row has the same pair and prefers the other text.
    for (index, row) in rows.enumerated() {
      let preferred = row.sides[row.label.preferred ?? 0].text
      let isContradicted = rows.contains { other in
        other.pairID == row.pairID && other.sides[other.label.preferred ?? 0].text != preferred
      }
      let isIdentical = row.sides[0].text == row.sides[1].text
      #expect(
        found[index].contains(RowFindings(.exactConflict)) == (isContradicted && !isIdentical))
    }
  }

  @Test("a run inside another is found as a search by hand finds it", arguments: 0..<64)
  func containment(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    func bytes(_ count: Int) -> [UInt8] {
      (0..<count).map { _ in Array("ab.".utf8)[generator.below(3)] }
    }
    let (long, short) = (bytes(24), bytes(1 + generator.below(3)))
    func isLetter(_ byte: UInt8) -> Bool { byte != UInt8(ascii: ".") }
    let places = 0...long.count - short.count
    let isThere = places.contains { start in
      let end = start + short.count
      guard Array(long[start..<end]) == short else { return false }
      let cutsStart = start > 0 && isLetter(short[0]) && isLetter(long[start - 1])
      let cutsEnd = end < long.count && isLetter(short[short.count - 1]) && isLetter(long[end])
      return !cutsStart && !cutsEnd
    }
    let texts = [long, short].map { String(decoding: $0, as: UTF8.self) }
    #expect(RowFacts.isContained(texts[0], texts[1]) == isThere)
    #expect(RowFacts.isContained(texts[1], " \(texts[0])\n") == isThere)
  }

  @Test("texts made to be slow to search take no longer than others")
  func hostileTexts() {
    let long = String(repeating: "a", count: 400_000)
    let short = String(repeating: "a", count: 200_000) + "b"
    // Compared place by place this would be 4e10 steps.
    #expect(!RowFacts.isContained(long, short))
  }

  @Test("a scan keeps the findings of every row, scored or not, also as bytes")
  func inResult() throws {
    var pairs = GeneratedPairs(seed: 1)
    var rows = pairs.rows(80)
    rows.append(rows[3].swapped)
    rows.append(row("Same.", "Same."))
    let result = try scanned(
      RowList(rows), settings: ScanSettings(sketchWidth: 16, signals: []))
    #expect(result.findings[3].contains(RowFindings(.exactConflict)))
    #expect(result.findings[80].contains(RowFindings(.exactConflict)))
    #expect(result.findings[81].list == [.identicalSides])
    #expect(result.findings == RowFindings.found(in: RowList(rows)))
    #expect(ScanResult(encoded: result.encoded()) == result)
    let few = try scanned(RowList(Array(rows.suffix(3))))
    #expect(few.findings[2].list == [.identicalSides])
  }
}
