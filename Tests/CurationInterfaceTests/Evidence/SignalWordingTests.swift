import PreferenceScoring
import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("What signals are said to mean")
struct SignalWordingTests {
  private func standing(_ id: SignalID, _ value: Double) -> SignalStanding {
    SignalStanding(id: id, value: value, rank: 3, equalCount: 1, pairCount: 1_200)
  }

  private static let known = SignalFamily.allCases.flatMap(\.members)

  @Test("every signal of a family has words of its own that fit a table", arguments: known)
  func words(id: SignalID) {
    let isShare = [.peerReview, .strengthVotes, .contradiction, .orderVotes].contains(id)
    for value in isShare ? [0, 0.5, 1] : [-2.5, -0.001, 0, 0.5, 1, 1_199] {
      let meaning = standing(id, value).meaning { $0 ? "A" : "B" }
      #expect(meaning.count <= 39, "\(meaning)")
      #expect(meaning != Numbers.signed(value, decimals: 3), "a bare number says nothing")
    }
    #expect(!id.phrase.isEmpty && !id.phrase.contains("_"))
  }

  @Test("margins name the side that they put ahead", arguments: [SignalID.leaveOneOut, .strength])
  func sides(id: SignalID) {
    #expect(standing(id, 1.5).meaning { $0 ? "A" : "B" }.contains("A ahead by 1.50"))
    #expect(standing(id, -1.5).meaning { $0 ? "A" : "B" }.contains("B ahead by 1.50"))
    #expect(standing(id, 0).meaning { _ in "?" }.contains("no side ahead"))
  }

  @Test("a rank says who shares it, and a share is never rounded down to nothing")
  func ranks() {
    var standing = standing(.peerReview, 0.5)
    #expect(standing.rankText == "3 of 1,200")
    #expect(standing.shareText == "top 1%")
    standing.equalCount = 1_190
    #expect(standing.rankText == "3= of 1,200")
    #expect(standing.shareText == "top 100%")
    standing.rank = 1
    standing.equalCount = 1_200
    #expect(standing.shareText == "all alike")
  }

  @Test("what a scan does not know yet is said, with how far it is")
  func notYet() {
    var script = ReviewScript(
      size: Size(columns: 90, rows: 40), isBlind: false, isScanned: true)
    script.send(.scanning(ScanProgress(stage: .comparing, share: 0.61), secondsLeft: 9))
    script.go(to: 0)
    script.press("e s")
    #expect(script.screen.contains("strength      not worked out yet (61%)"))
    #expect(script.screen.contains("contradiction says nothing of this pair"))
    script.send(.scanCancelled)
    #expect(script.screen.contains("strength      not worked out in this scan"))
  }

  @Test("not more than three families show at first, and all on one key")
  func families() {
    var script = ReviewScript(
      size: Size(columns: 90, rows: 60), isBlind: false, isScanned: true)
    script.go(to: 8)
    script.press("e")
    let families = SignalFamily.allCases.map(\.phrase)
    func shown() -> Int {
      families.count { name in script.lines.contains { $0.hasPrefix(" \(name) ") } }
    }
    #expect(shown() == 3)
    script.press("s")
    #expect(shown() == 6)
    #expect(script.screen.contains("length only"), "and what no family knows")
    script.press("s")
    #expect(shown() == 3)
  }
}
