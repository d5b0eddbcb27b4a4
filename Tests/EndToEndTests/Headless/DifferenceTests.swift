import Testing

/// What `diff` says of a data set and its cleaned copy.
@Suite("Differences between data sets")
struct DifferenceTests {
  private func counts(_ report: JSONFragment) throws -> [String: Int] {
    let object = try #require(report.object)
    var counts: [String: Int] = [:]
    for (name, value) in object {
      counts[name] = value.array?.count ?? value.integer
    }
    return counts
  }

  @Test("diff finds exactly what the review changed, and which decisions lost their row")
  func cleaned() throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample()
    for row in [3, 8, 11] { try sandbox.done("label", file, "row:\(row)", "swap") }
    for row in [5, 6] { try sandbox.done("label", file, "row:\(row)", "drop") }
    try sandbox.done("label", file, "row:7", "keep")
    try sandbox.done("export", file, "-o", "clean.jsonl")

    let same = try sandbox.done("diff", file, file, "--exit-code")
    #expect(same.text.contains("all have their row"))
    let report = try JSONFragment(
      try sandbox.done("diff", file, "clean.jsonl", "--json").output)
    let found = try counts(report)
    #expect(found["flipped"] == 3)
    #expect(found["removed"] == 2)
    #expect(found["added"] == 0 && found["edited"] == 0 && found["touched"] == 0)
    #expect(found["lost_decisions"] == 2)
    #expect(found["old_rows"] == found["new_rows"].map { $0 + 2 })
    let changed = try sandbox.demur("diff", file, "clean.jsonl", "--exit-code")
    #expect(changed.ending == .exited(1))
  }
}
