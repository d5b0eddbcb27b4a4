import PreferenceData
import PreferenceScoring
import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Filters under new scores")
struct FilterRefreshingTests {
  /// A scan of the same rows that calls other ones suspicious.
  private func turned(_ script: ReviewScript) -> ScanResult {
    SampleRows.turnedScan(of: script.rows)
  }

  private func filtered(_ query: String, moving keys: String) -> ReviewScript {
    var script = ReviewScript(isScanned: true)
    script.press("f")
    script.type(query)
    script.press("Enter \(keys)")
    #expect(script.session.queue.filter?.query?.text == query)
    return script
  }

  @Test(
    "new scores change what is listed below the cursor, and nothing up to it",
    arguments: ["", "j", "j j j", "G"], ["susp>.5", "susp>.3 sort:-susp", "rank<6", "why:M"])
  func belowTheCursor(keys: String, query: String) throws {
    var script = filtered(query, moving: keys)
    let cursor = script.session.queue.cursor
    let before = Array(script.session.queue.order.positions.prefix(cursor + 1))
    let top = script.session.queue.top
    script.send(.rescored(turned(script)))
    let queue = script.session.queue
    #expect(queue.cursor == cursor && queue.top == top)
    #expect(Array(queue.order.positions.prefix(cursor + 1)) == before)
    var fresh = ReviewScript(isScanned: true)
    fresh.send(.rescored(turned(fresh)))
    fresh.press("f")
    fresh.type(query)
    fresh.press("Enter")
    let found = Set(fresh.session.queue.filter?.positions ?? [])
    #expect(
      Set(queue.order.positions.dropFirst(cursor + 1)) == found.subtracting(before))
    #expect(queue.filter?.positions.count == queue.order.positions.count)
  }

  @Test("the pair in view stays in view, and the next one is of the new list")
  func pairInView() throws {
    var script = filtered("susp>.5", moving: "Enter")
    let position = try #require(script.session.pair?.position)
    script.send(.rescored(turned(script)))
    #expect(script.session.pair?.position == position)
    #expect(script.session.screen == .pair)
  }

  @Test("a query that looks into texts is asked anew by gr alone")
  func texts() {
    var script = filtered("the susp>0", moving: "")
    script.forgetCommands()
    script.send(.rescored(turned(script)))
    #expect(!script.commands.contains { if case .query = $0 { true } else { false } })
    script.press("gr")
    #expect(script.commands.contains { if case .query = $0 { true } else { false } })
  }

  @Test("what is being written in the filter line, or looked for, is not disturbed")
  func undisturbed() {
    var script = filtered("susp>.5", moving: "")
    script.press("f")
    script.forgetCommands()
    script.send(.rescored(turned(script)))
    #expect(!script.commands.contains { if case .query = $0 { true } else { false } })
  }
}
