import Testing

/// An export that is killed at moments it cannot foresee: each file is absent, old or new.
@Suite("Killed while exporting")
struct KilledWhileExportingTests {
  private static let companions = [
    "out.jsonl", "out.jsonl.review.jsonl", "out.jsonl.manifest.json",
  ]

  /// 4 data sets, 20 kills each.
  @Test(
    "kill -9 leaves each file absent, old or new, and never hinders the next export",
    arguments: 0..<4)
  func killed(seed: Int) throws {
    var moments = SeededMoments(seed: 1000 + seed)
    let sandbox = try Sandbox()
    try sandbox.write(
      Array(try Sandbox.sampleBytes("support-chat.jsonl", times: 20 + 10 * seed)), to: "data.jsonl")
    try sandbox.done("export", "data.jsonl", "-o", "out.jsonl")
    let old = try contents(sandbox)
    try sandbox.write(
      (0..<200).map { "{\"row\":\($0 * 4),\"decision\":\"swap\"}\n" }.joined(), to: "swaps.jsonl")
    try sandbox.done("apply", "data.jsonl", "swaps.jsonl")
    let clock = ContinuousClock()
    let duration = try clock.measure {
      try sandbox.done("export", "data.jsonl", "-o", "out.jsonl")
    }
    let new = try contents(sandbox)
    #expect(old[0] != new[0])

    for kill in 0..<20 {
      let isFresh = kill.isMultiple(of: 3)
      for (name, bytes) in zip(Self.companions, old) {
        if isFresh { try sandbox.remove(name) } else { try sandbox.write(bytes ?? [], to: name) }
      }
      let process = try ChildProcess(
        [try Program.path, "export", "data.jsonl", "-o", "out.jsonl"],
        environment: sandbox.environment, folder: sandbox.path,
        streams: .init(output: "/dev/null", error: "/dev/null"))
      let end = clock.now + duration * moments.below(1200) / 1000
      while clock.now < end { Deadline.pause(milliseconds: 1) }
      process.signal(9)
      _ = try process.waitForEnding()
      for (name, (bytes, pair)) in zip(
        Self.companions, zip(try contents(sandbox), zip(old, new)))
      {
        let isWhole = bytes == pair.1 || bytes == (isFresh ? nil : pair.0)
        #expect(isWhole, "\(name) holds \(bytes?.count ?? -1) bytes")
      }
    }
    try sandbox.done("export", "data.jsonl", "-o", "out.jsonl")
    #expect(try contents(sandbox) == new)
    #expect(
      try sandbox.names()
        == (["data.jsonl", "data.jsonl.demur", "home", "swaps.jsonl"] + Self.companions).sorted())
  }

  /// The bytes of the files that an export writes; nil where there is none.
  private func contents(_ sandbox: Sandbox) throws -> [[UInt8]?] {
    try Self.companions.map { sandbox.exists($0) ? try sandbox.bytes($0) : nil }
  }
}
