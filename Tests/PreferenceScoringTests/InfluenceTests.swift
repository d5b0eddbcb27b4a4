import Foundation
import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite struct InfluenceTests {
  /// The head without a row, or with its label swapped.
  private func refit(_ evidence: SignalEvidence, row: Int, isSwapped: Bool) throws
    -> BradleyTerryHead
  {
    var design = DesignMatrix(columnCount: evidence.design.columnCount)
    for other in 0..<evidence.rowCount where other != row || isSwapped {
      let values = Array(evidence.design.row(other))
      design.append(other == row ? values.map { -$0 } : values)
    }
    return try SignalCase.head(design, penalty: 1)
  }

  private func loss(_ head: BradleyTerryHead, _ evidence: SignalEvidence, _ rows: [Int]) -> Double {
    rows.reduce(0) { $0 + softplus(-head.margin(of: evidence.design.row($1))) }
  }

  @Test("effects on a target agree with refits: correlation at least .999")
  func refits() throws {
    let evidence = try SignalCase(
      rows: 400, columns: 8, scale: 4, flipRate: 0.15, seed: 1
    ).evidence
    let target = Array(stride(from: 0, to: 400, by: 5))
    var work = Influence(evidence, target: target.map { .init(row: $0) })
    let found = work.finished(evidence)
    var (flips, removals): ([Double], [Double]) = ([], [])
    for row in 0..<400 {
      let others = target.filter { $0 != row }
      let before = loss(evidence.head, evidence, others)
      flips.append(
        loss(try refit(evidence, row: row, isSwapped: true), evidence, others) - before)
      removals.append(
        loss(try refit(evidence, row: row, isSwapped: false), evidence, others) - before)
    }
    let flipEffects = found[.influence]?.compactMap(\.self) ?? []
    let removalEffects = found[.influenceOfRemoval]?.compactMap(\.self) ?? []
    #expect(correlation(flipEffects, flips) > 0.999)
    #expect(correlation(removalEffects, removals) > 0.999)
  }

  @Test("leverages add up to less than the number of columns, and self-influence is a square")
  func leverages() throws {
    let evidence = try SignalCase(
      rows: 300, columns: 10, scale: 3, flipRate: 0.1, seed: 4
    ).evidence
    var work = Influence(evidence, target: nil)
    let found = work.finished(evidence)[.selfInfluence]?.compactMap(\.self) ?? []
    var freedom = 0.0
    for (row, leverage) in work.leverages.enumerated() {
      let wrong = sigmoid(-evidence.margins[row])
      #expect(leverage > 0 && wrong * (1 - wrong) * leverage < 1)
      #expect(abs(found[row] - wrong * wrong * leverage) < 1e-12)
      freedom += wrong * (1 - wrong) * leverage
    }
    #expect(freedom <= 10)
  }

  @Test("pushes add up to what the penalty holds back, and self-influence is their diagonal")
  func pushes() throws {
    let evidence = try SignalCase(
      rows: 250, columns: 6, scale: 3, flipRate: 0.2, seed: 9
    ).evidence
    var work = Influence(evidence, target: nil)
    let own = work.finished(evidence)[.selfInfluence]?.compactMap(\.self) ?? []
    for row in stride(from: 0, to: 250, by: 25) {
      let pushes = Influence.pushes(on: row, in: evidence)
      let x = evidence.design.rows(row..<row + 1)
      let held = zip(evidence.head.hessian.solve(x), evidence.head.theta).reduce(0) {
        $0 + $1.0 * $1.1
      }
      // At the optimum sum (1 - p) x = penalty * theta, and the penalty is 1.
      #expect(abs(pushes.reduce(0, +) - held) < 1e-5)
      let wrong = sigmoid(-evidence.margins[row])
      #expect(abs(pushes[row] * wrong - own[row]) < 1e-9)
    }
  }

  @Test("a duplicate lowers the leverage of its row, swapping a label does not change it")
  func leverageLaws() throws {
    let plain = try SignalCase(rows: 200, columns: 5, scale: 0, flipRate: 0, seed: 3).evidence
    func leverage(_ design: DesignMatrix) throws -> Double {
      let head = try SignalCase.head(design, penalty: 1)
      let x = design.rows(0..<1)
      return zip(head.hessian.solve(x), x).reduce(0) { $0 + $1.0 * $1.1 }
    }
    var doubled = plain.design
    doubled.append(Array(plain.design.row(0)))
    #expect(try leverage(doubled) < leverage(plain.design))
    let x = plain.design.rows(0..<1)
    let negated = x.map { -$0 }
    let one = plain.head.hessian.whiten(x).reduce(0) { $0 + $1 * $1 }
    let other = plain.head.hessian.whiten(negated).reduce(0) { $0 + $1 * $1 }
    #expect(one == other)
    // A penalty that outweighs the data leaves |x|^2 / penalty.
    let silent = try SignalCase.head(plain.design, penalty: 1e9)
    let square = x.reduce(0) { $0 + $1 * $1 }
    let small = zip(silent.hessian.solve(x), x).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(small * 1e9 - square) < 1e-5 * square)
  }

  @Test("labels swapped where the longer answer lost are found by a target, better than by margin")
  func targetedBias() throws {
    // Column 0 is length. The reward ignores it, but the annotator swaps labels against it: half of
    // the pairs whose chosen side is shorter are swapped, and none of the others.
    var generator = SeededGenerator(seed: 21)
    func normal() -> Double {
      (-2 * log(1 - generator.unit())).squareRoot() * cos(2 * .pi * generator.unit())
    }
    var design = DesignMatrix(columnCount: 6)
    var isWrong: [Bool] = []
    var gold: [Int] = []
    for row in 0..<3000 {
      var x = (0..<6).map { _ in normal() }
      if generator.unit() > sigmoid(2 * x[1] - x[2]) { x = x.map { -$0 } }
      let isGold = row < 300
      isWrong.append(!isGold && x[0] < 0 && generator.unit() < 0.5)
      if isGold && x[0] < 0 { gold.append(row) }
      design.append(x.map { Float(isWrong[row] ? -$0 : $0) })
    }
    let evidence = try SignalCase.evidence(design, penalty: 1, seed: 0)
    var work = Influence(evidence, target: gold.map { .init(row: $0) })
    let effects = try #require(work.finished(evidence)[.influence])
    func quality(_ values: [Double]) -> Double {
      DetectionQuality(
        suspicion: values.map { -$0 }, margins: evidence.margins, isWrong: isWrong, seed: 0
      )?.auroc.value ?? 0
    }
    #expect(
      quality(effects.compactMap(\.self)) > quality(evidence.leftOutMargins) + 0.03)
  }

  @Test("leaving out a group by its rows is leaving it out by factorising anew", arguments: 0..<4)
  func groupRemovalBothWays(seed: UInt64) throws {
    let evidence = try SignalCase(rows: 300, columns: 40, scale: 3, flipRate: 0.1, seed: seed)
      .evidence
    var generator = SeededGenerator(seed: seed)
    for count in [1, 2, 9, 60] {
      let rows = generator.sample(count, below: 300).sorted()
      let byRows = GroupRemoval.changeByRows(without: rows, evidence)
      let byFactor = GroupRemoval.changeByFactor(without: rows, evidence)
      for (one, other) in zip(byRows, byFactor) { #expect(abs(one - other) < 1e-9) }
      #expect(GroupRemoval.change(without: rows, evidence) == (count < 10 ? byRows : byFactor))
    }
  }

  @Test("leaving out a whole group agrees with refits: correlation at least .999", arguments: 0..<2)
  func groupRemovals(seed: UInt64) throws {
    var evidence = try SignalCase(
      rows: 600, columns: 8, scale: 3, flipRate: 0.2, seed: seed
    ).evidence
    // Thirty annotators of 4 to 36 pairs, and some pairs of nobody.
    evidence.annotators = (0..<600).map { row in
      row < 20 ? nil : Int((Double(row) * 1.5).squareRoot())
    }
    let target = (0..<600).map { Influence.TargetPair(row: $0, isSwapped: $0.isMultiple(of: 50)) }
    var work = Influence(evidence, target: target)
    let effects = try #require(work.finished(evidence)[.influenceOfAnnotator])
    #expect(effects.prefix(20).allSatisfy { $0 == nil })
    var (found, refitted): ([Double], [Double]) = ([], [])
    for group in Set(evidence.annotators.compactMap(\.self)).sorted() {
      var design = DesignMatrix(columnCount: 8)
      for row in 0..<600 where evidence.annotators[row] != group {
        design.append(Array(evidence.design.row(row)))
      }
      let without = try SignalCase.head(design, penalty: 1)
      func loss(_ head: BradleyTerryHead) -> Double {
        target.reduce(0) { sum, pair in
          guard evidence.annotators[pair.row] != group else { return sum }
          let margin = head.margin(of: evidence.design.row(pair.row))
          return sum + softplus(pair.isSwapped ? margin : -margin)
        }
      }
      let row = try #require(evidence.annotators.firstIndex(of: group))
      found.append(try #require(effects[row]))
      refitted.append(loss(without) - loss(evidence.head))
    }
    #expect(found.count > 20)
    #expect(correlation(found, refitted) > 0.999)
  }

  @Test("an exchanged target pair counts as its mirror image")
  func exchangedTarget() throws {
    let evidence = try SignalCase(
      rows: 200, columns: 6, scale: 3, flipRate: 0.1, seed: 5
    ).evidence
    // Seen from pairs outside the target, which have no part of their own in it.
    func effects(_ target: [Influence.TargetPair], _ evidence: SignalEvidence) throws -> [Double] {
      var work = Influence(evidence, target: target)
      return try #require(work.finished(evidence)[.influence]).dropFirst(50).compactMap(\.self)
    }
    let swapped = try effects((0..<50).map { .init(row: $0, isSwapped: true) }, evidence)
    let kept = try effects((0..<50).map { .init(row: $0) }, evidence)
    // r(-m) (-x) - ( -r(m) x ) = -x, whatever the margin: the two gradients differ by the sum of x.
    var sum = [Double](repeating: 0, count: 6)
    for row in 0..<50 {
      for (column, value) in evidence.design.row(row).enumerated() { sum[column] += Double(value) }
    }
    let direction = evidence.head.hessian.solve(sum)
    for (place, row) in (50..<200).enumerated() {
      let product = zip(direction, evidence.design.row(row)).reduce(0) { $0 + $1.0 * Double($1.1) }
      #expect(abs(kept[place] - swapped[place] - product) < 1e-9)
    }
  }

  @Test("counsel is given on harmful pairs alone, and is what the ten strongest pushes say")
  func counsel() throws {
    let evidence = try SignalCase(
      rows: 300, columns: 8, scale: 3, flipRate: 0.2, seed: 7
    ).evidence
    let target = (0..<300).map { Influence.TargetPair(row: $0) }
    var influence = Influence(evidence, target: target)
    let flips = try #require(influence.finished(evidence)[.influence]).compactMap(\.self)
    var work = InfFeed(evidence, target: target)
    let counsel = try #require(work.finished(evidence)[.infFeed])
    for row in 0..<300 {
      let isHarmful = evidence.leftOutMargins[row] < 0 && flips[row] < 0
      #expect((counsel[row] != nil) == isHarmful)
      guard let vote = counsel[row] else { continue }
      var pushes = Influence.pushes(on: row, in: evidence)
      pushes[row] = 0
      let strongest = pushes.sorted { abs($0) > abs($1) }.prefix(10)
      let expected = strongest.reduce(0, +) / strongest.reduce(0) { $0 + abs($1) }
      #expect(abs(vote - expected) < 1e-4)
    }
    #expect(counsel.contains { $0 != nil })
    var silent = InfFeed(evidence, target: [])
    #expect(silent.finished(evidence).isEmpty)
    var nobody = Influence(evidence, target: [])
    #expect(nobody.finished(evidence).isEmpty)
  }

  @Test("targets mean the rows they name")
  func targets() throws {
    var pairs = GeneratedPairs(seed: 2)
    var rows = pairs.rows(150)
    for row in rows.indices { rows[row].annotator = ["ann", "bob"][row % 2] }
    rows[3].sides[1] = rows[3].sides[0]
    let artefacts = try finishedScan(of: RowList(rows))
    func fileRows(_ target: InfluenceTarget) -> [Int] {
      artefacts.targetPairs(target).map { artefacts.pairs.fileRows[$0.row] }.sorted()
    }
    let scored = rows.indices.filter { $0 != 3 }
    #expect(fileRows(.allPairs) == scored)
    #expect(fileRows(.group("bob")) == scored.filter { !$0.isMultiple(of: 2) })
    #expect(fileRows(.group("eve")) == [])
    #expect(fileRows(.rows(kept: [3, 5], swapped: [8])) == [5, 8])
    #expect(
      artefacts.targetPairs(.rows(kept: [5], swapped: [8])).map(\.isSwapped) == [false, true])
    let shorter = scored.filter { row in
      let lengths = rows[row].sides.map { $0.text.unicodeScalars.count }
      let preferred = rows[row].label.preferred ?? 0
      return lengths[preferred] < lengths[1 - preferred]
    }
    #expect(fileRows(.shorterChosen) == shorter)
  }

  @Test("a result keeps its target, and a kept result of another target lends its ranking alone")
  func keptTargets() throws {
    var pairs = GeneratedPairs(seed: 6)
    let rows = RowList(pairs.rows(150))
    func settings(_ target: InfluenceTarget) -> ScanSettings {
      ScanSettings(sketchWidth: 16, signals: [.influence], influenceTarget: target)
    }
    for target in [
      InfluenceTarget.allPairs, .shorterChosen, .rows(kept: [4, 9], swapped: [2]), .group("none"),
    ] {
      let result = try finishedScan(of: rows, settings: settings(target)).result
      #expect(ScanResult(encoded: result.encoded()) == result)
      #expect((result.signals[.influence] == nil) == (target == .group("none")))
      let other = try finishedScan(of: rows, settings: settings(.allPairs), keeping: result).result
      #expect(other == (try finishedScan(of: rows, settings: settings(.allPairs)).result))
    }
  }
}
