import Testing

@testable import PreferenceScoring

@Suite struct SettlingTests {
  private static let rows: RowList = {
    var pairs = GeneratedPairs(seed: 31)
    return RowList(pairs.rows(400))
  }()
  private static let settings = ScanSettings(
    sketchWidth: 64, signals: [.influence, .selfInfluence, .contradiction])

  private func scan() -> NoiseScan {
    NoiseScan(source: Self.rows, settings: Self.settings, jobs: 1)
  }

  /// The steps of a scan until `stage` is the next one.
  private func scan(until stage: ScanStage) -> NoiseScan {
    var scan = scan()
    while scan.advance().stage != stage {}
    return scan
  }

  @Test("before there is a setting, settling changes nothing")
  func tooEarly() throws {
    var settled = scan(until: .weighing)
    let isSettled = settled.settle()
    #expect(!isSettled)
    while !settled.advance().isFinished {}
    #expect(settled.shortfall.isEmpty)
    let whole = try scanned(Self.rows, settings: Self.settings)
    #expect(settled.result?.encoded() == whole.encoded())
  }

  @Test(
    "a scan that settles among its signals has the whole ranking, and of the signals what was done")
  func amongSignals() throws {
    let whole = try scanned(Self.rows, settings: Self.settings)
    var scan = scan(until: .comparing)
    var partial: [ScanResult] = []
    while scan.result == nil {
      var copy = scan
      let isSettled = copy.settle()
      #expect(isSettled)
      let result = try #require(copy.result)
      #expect(result.suspicion == whole.suspicion && result.ranks == whole.ranks)
      for (id, values) in result.signals { #expect(values == whole.signals[id]) }
      let missing = Self.settings.signals.filter { result.signals[$0] == nil }
      #expect(copy.shortfall.signals == missing)
      #expect(!copy.shortfall.isChoiceCut)
      partial.append(result)
      scan.advance()
    }
    #expect(partial.first?.signals.keys.contains(.influence) == false)
    #expect(Set(partial.map(\.signals.count)).count > 1)
  }

  @Test(
    "a scan that settles while it chooses takes the best setting so far and goes on to a ranking")
  func whileChoosing() throws {
    let whole = try scanned(Self.rows, settings: Self.settings)
    var scan = scan(until: .choosing)
    while !scan.settle() {
      let stage = scan.advance().stage
      #expect(stage == .choosing)
    }
    #expect(scan.shortfall.isChoiceCut)
    while !scan.advance().isFinished {}
    let result = try #require(scan.result)
    #expect(result.scoredCount == whole.scoredCount)
    #expect(result.quality.hasSignal)
    // The first round tries strong ridges alone, with all blocks alike.
    #expect(try #require(result.ridge) >= 10)
    #expect(result.blockWeights.allSatisfy { $0.weight == 1 })
  }

  @Test("each signal is completed once, the margins before all others")
  func completed() {
    var scan = scan()
    var order: [[SignalID]] = []
    while scan.result == nil {
      let completed = scan.advance().completed
      if !completed.isEmpty { order.append(completed) }
    }
    #expect(order.first == [.leaveOneOut, .margin])
    #expect(Set(order.joined()) == Set(scan.result?.signals.keys.map(\.self) ?? []))
    #expect(order.joined().count == Set(order.joined()).count)
  }
}
